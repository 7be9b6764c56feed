#ifndef GISA_TESTS_BENCH_RELEVANCE_ENGINE_H_
#define GISA_TESTS_BENCH_RELEVANCE_ENGINE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gisa {

// A search engine as the bench asks it.
class RelevanceEngine {
 public:
  virtual ~RelevanceEngine() = default;

  virtual std::string name() const = 0;

  // Indexes the texts; called once.
  virtual absl::Status Add(const std::vector<std::string>& texts) = 0;

  // Returns the places of the `limit` texts that rank first for any of the words of `headline`, best first.
  virtual absl::StatusOr<std::vector<size_t>> Search(const std::string& headline, size_t limit) = 0;
};

// Makes an engine whose files are in `dir`, an empty folder.
std::unique_ptr<RelevanceEngine> NewGisaEngine(const std::string& dir);
std::unique_ptr<RelevanceEngine> NewXapianEngine(const std::string& dir);   // n-grams for CJK, BM25
std::unique_ptr<RelevanceEngine> NewGroongaEngine(const std::string& dir);  // TokenBigram, TF-IDF

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_RELEVANCE_ENGINE_H_
