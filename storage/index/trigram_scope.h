#ifndef GISA_STORAGE_INDEX_TRIGRAM_SCOPE_H_
#define GISA_STORAGE_INDEX_TRIGRAM_SCOPE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/index/term_code.h"
#include "storage/index/trigram.h"

namespace gisa {

// Of which trigrams a segment has lists of documents: of those of two frequent bigrams, but for some. One of them that
// has no list is in no document of the segment.
class TrigramScope {
 public:
  // Of none.
  TrigramScope() = default;
  // Both ascend.
  TrigramScope(std::vector<TermCode> bigrams, std::vector<Trigram> exceptions)
      : bigrams_(std::move(bigrams)), exceptions_(std::move(exceptions)) {}

  bool HasBigram(TermCode code) const;
  // Of the trigrams of its bigrams, those that have no list although they may be in documents.
  const std::vector<Trigram>& exceptions() const { return exceptions_; }
  bool Contains(const Trigram& trigram) const;

  std::string Encode() const;
  // INTERNAL DATA_CORRUPTED.
  static absl::StatusOr<TrigramScope> Decode(absl::string_view bytes);

 private:
  std::vector<TermCode> bigrams_;
  std::vector<Trigram> exceptions_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TRIGRAM_SCOPE_H_
