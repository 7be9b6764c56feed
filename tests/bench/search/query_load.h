#ifndef GISA_TESTS_BENCH_SEARCH_QUERY_LOAD_H_
#define GISA_TESTS_BENCH_SEARCH_QUERY_LOAD_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/bench/closed_loop.h"

namespace gisa {

// Runs query number `query` and returns how many hits it has.
using RunQuery = std::function<absl::StatusOr<uint64_t>(size_t query)>;

// Opens what one thread runs its queries with.
using OpenSession = std::function<absl::StatusOr<RunQuery>()>;

// How quick an engine is when everything that its queries need has been read before.
struct QuerySpeed {
  LoadResult one_thread;
  LoadResult two_threads;
  std::vector<uint64_t> hits;  // of each query
};

// Runs queries 0 to `queries` - 1, `rounds` times each, on so many threads, each of which takes the next one when it is
// done with the last. Returns the error of a query or an opening.
absl::StatusOr<LoadResult> RunQueries(size_t queries, size_t rounds, int threads, const OpenSession& open);

// Runs all queries once to count the hits, then in several rounds to have in memory what they read, and then in as many
// on one thread and on two.
absl::StatusOr<QuerySpeed> MeasureQueries(size_t queries, const OpenSession& open);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_SEARCH_QUERY_LOAD_H_
