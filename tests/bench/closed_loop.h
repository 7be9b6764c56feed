#ifndef GISA_TESTS_BENCH_CLOSED_LOOP_H_
#define GISA_TESTS_BENCH_CLOSED_LOOP_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace gisa {

// What a load showed.
struct LoadResult {
  uint64_t operations = 0;
  absl::Duration elapsed;
  std::vector<float> latencies_micros;  // ascending once the load is over
  double client_cpu_seconds = 0;        // of this program

  double rate() const { return static_cast<double>(operations) / absl::ToDoubleSeconds(elapsed); }
  double PercentileMicros(double percent) const;
};

// Starts operation `index`; `done` is called once, on any thread.
using StartOperation = std::function<void(uint64_t index, std::function<void(absl::Status)> done)>;

// Runs operations 0 to `count` - 1 with `in_flight` of them at a time: one that ends starts the next. Ends the program
// with a message when an operation fails.
LoadResult RunClosedLoop(uint64_t count, int in_flight, const StartOperation& start);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_CLOSED_LOOP_H_
