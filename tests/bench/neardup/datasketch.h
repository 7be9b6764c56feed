#ifndef GISA_TESTS_BENCH_NEARDUP_DATASKETCH_H_
#define GISA_TESTS_BENCH_NEARDUP_DATASKETCH_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace gisa {

// What datasketch's MinHashLSH (tests/bench/neardup/datasketch_lsh.py) did with the same texts.
struct DatasketchRun {
  double seconds = 0;
  std::vector<std::pair<uint32_t, uint32_t>> candidates;  // first < second; sorted
};

// Runs it with `python`, an interpreter that has datasketch. UNAVAILABLE when it fails.
absl::StatusOr<DatasketchRun> RunDatasketch(const std::string& python, absl::Span<const std::vector<char32_t>> texts,
                                            double threshold);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_DATASKETCH_H_
