#ifndef GISA_TESTS_BENCH_SEARCH_PEER_FILES_H_
#define GISA_TESTS_BENCH_SEARCH_PEER_FILES_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "tests/bench/article_generator.h"
#include "tests/bench/peers/peer.h"

namespace gisa {

// Returns the folder below `dir` with a peer's index of the titles and bodies of articles 0 to `articles` - 1: that
// which a former run made of as many, or else a new one. Of the same articles: they are made from the files that the
// user gives.
absl::StatusOr<std::string> BuildOnce(const Peer& peer, const std::string& dir, const ArticleGenerator& generator,
                                      uint64_t articles);

// The space that the files of a folder take on disk; holes take none.
uint64_t AllocatedBytes(const std::string& dir);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_SEARCH_PEER_FILES_H_
