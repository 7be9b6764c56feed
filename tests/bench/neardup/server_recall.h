#ifndef GISA_TESTS_BENCH_NEARDUP_SERVER_RECALL_H_
#define GISA_TESTS_BENCH_NEARDUP_SERVER_RECALL_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "tests/bench/report.h"

namespace gisa {

// Ingests the bodies into a gisad, each asking for its near copies, and then asks for the duplicates of each.
// `alike` are all pairs of them, first < second, of a similarity of at least 0.8, which is asked for by default. Keeps
// gisad_recall_08, gisad_precision and gisad_ingest_recall_08.
absl::Status MeasureRecall(const std::vector<std::string>& bodies,
                           const std::vector<std::pair<uint32_t, uint32_t>>& alike, Report* report);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_SERVER_RECALL_H_
