#ifndef GISA_TESTS_BENCH_NEARDUP_SERVER_LOAD_H_
#define GISA_TESTS_BENCH_NEARDUP_SERVER_LOAD_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "tests/bench/article_generator.h"
#include "tests/bench/report.h"

namespace gisa {

// Measures gisad itself. Keeps, under `name`, the rate of four streams of `articles` articles that ask for near copies
// over that of the same that do not: medians of four each, in turn, each with a gisad of its own.
absl::Status MeasureIngest(const ArticleGenerator& generator, uint64_t articles, const std::string& name,
                           Report* report);

// Stores `articles` articles and asks for the duplicates of 2,000 of them, one after the other. Keeps find_p99_ms_1m
// when they are a million. Then adds an edited copy of a thousand, and lists the clusters: all at once, again, and
// after each of twenty revisions.
absl::Status MeasureFind(const ArticleGenerator& generator, uint64_t articles, Report* report);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_SERVER_LOAD_H_
