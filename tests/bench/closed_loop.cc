#include "tests/bench/closed_loop.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"

namespace gisa {
namespace {

class ClosedLoop {
 public:
  ClosedLoop(uint64_t count, int in_flight, const StartOperation& start)
      : start_(start), latencies_(count), ended_(in_flight), in_flight_(in_flight) {}

  LoadResult Run() {
    LoadResult result;
    result.operations = latencies_.size();
    const absl::Time begin = absl::Now();
    for (int i = 0; i < in_flight_; ++i) StartNext();
    ended_.Wait();
    result.elapsed = absl::Now() - begin;
    std::sort(latencies_.begin(), latencies_.end());
    result.latencies_micros = std::move(latencies_);
    return result;
  }

 private:
  void StartNext() {
    const uint64_t index = next_.fetch_add(1);
    if (index >= latencies_.size()) return ended_.DecrementCount(), void();
    const absl::Time begin = absl::Now();
    start_(index, [this, index, begin](const absl::Status& status) {
      if (!status.ok()) {
        std::fprintf(stderr, "operation %lu: %s\n", static_cast<unsigned long>(index), status.ToString().c_str());
        std::abort();
      }
      latencies_[index] = static_cast<float>(absl::ToDoubleMicroseconds(absl::Now() - begin));
      StartNext();
    });
  }

  const StartOperation& start_;
  std::vector<float> latencies_;
  absl::BlockingCounter ended_;
  const int in_flight_;
  std::atomic<uint64_t> next_ = 0;
};

}  // namespace

double LoadResult::PercentileMicros(double percent) const {
  if (latencies_micros.empty()) return 0;
  const auto rank = static_cast<size_t>(std::ceil(percent / 100 * static_cast<double>(latencies_micros.size())));
  return latencies_micros[std::clamp<size_t>(rank, 1, latencies_micros.size()) - 1];
}

LoadResult RunClosedLoop(uint64_t count, int in_flight, const StartOperation& start) {
  return ClosedLoop(count, in_flight, start).Run();
}

}  // namespace gisa
