#ifndef GISA_TESTS_BENCH_STAGES_H_
#define GISA_TESTS_BENCH_STAGES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/bench/article_generator.h"

namespace gisa {

// What a stage of an ingest takes of one core's time, an article.
struct StageCost {
  std::string stage;
  double cpu_micros = 0;
};

// Runs articles 0 to `count` - 1 through the stages of an ingest, each stage by itself: what they cost without gRPC,
// without waiting and without each other.
absl::StatusOr<std::vector<StageCost>> MeasureStages(const ArticleGenerator& generator, uint64_t count);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_STAGES_H_
