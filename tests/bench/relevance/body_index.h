#ifndef GISA_TESTS_BENCH_RELEVANCE_BODY_INDEX_H_
#define GISA_TESTS_BENCH_RELEVANCE_BODY_INDEX_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/leveldb/search_index.h"

namespace gisa {

// gisa's own index of texts, which are the bodies of articles that have nothing else.
class BodyIndex {
 public:
  // Indexes the texts in `dir`, a folder that need not exist.
  static absl::StatusOr<BodyIndex> Build(const std::string& dir, const std::vector<std::string>& texts);

  // Returns the places of the `limit` texts that rank first for any of the words, best first.
  absl::StatusOr<std::vector<size_t>> FindAny(const std::string& words, size_t limit) const;

 private:
  explicit BodyIndex(std::unique_ptr<SearchIndex> index) : index_(std::move(index)) {}

  std::unique_ptr<SearchIndex> index_;
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_RELEVANCE_BODY_INDEX_H_
