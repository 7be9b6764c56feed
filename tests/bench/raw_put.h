#ifndef GISA_TESTS_BENCH_RAW_PUT_H_
#define GISA_TESTS_BENCH_RAW_PUT_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "tests/bench/article_generator.h"

namespace gisa {

// The ceiling of an ingest: puts the bodies of articles 0 to `count` - 1, and nothing else, into a LevelDB with the
// server's own options, in synced batches of 100. Returns articles a second; making the articles does not count.
absl::StatusOr<double> RawPutRate(const ArticleGenerator& generator, uint64_t count);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_RAW_PUT_H_
