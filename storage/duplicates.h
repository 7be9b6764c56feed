#ifndef GISA_STORAGE_DUPLICATES_H_
#define GISA_STORAGE_DUPLICATES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "storage/article.h"
#include "storage/base/sha256.h"

namespace gisa {

// What another body is to the one that was asked about; docs/near_duplicates.md says how that is measured.
enum class DuplicateRelation {
  kExact,      // the same
  kNear,       // alike as wholes
  kContained,  // one is a part of the other
};

struct DuplicateMatch {
  ArticleKey key;
  DuplicateRelation relation = DuplicateRelation::kExact;
  double similarity = 0;   // Jaccard: shared shingles among all; 1 when exact
  double containment = 0;  // shared shingles among those of the shorter; 1 when exact
  // In shingles; 0 when exact, for there is nothing to compare.
  uint64_t shared = 0;
  uint64_t only_here = 0;   // in the body asked about
  uint64_t only_there = 0;  // in that of `key`
};

struct Duplicate {
  StoredArticle article;  // without its body
  DuplicateMatch match;
};

inline constexpr double kDefaultMinSimilarity = 0.8;
// Below, candidates are not found reliably.
inline constexpr double kLeastMinSimilarity = 0.5;

// Where a duplicate stands in an answer: the same bodies come first, by key; then those alike, by similarity; then
// those contained, by containment; of equals by key. A plain value, to go on after: nothing is held for it.
struct DuplicateCursor {
  DuplicateRelation relation = DuplicateRelation::kExact;
  double score = 0;  // by which the relation is in order; 0 for kExact
  ArticleKey key;

  static DuplicateCursor At(const DuplicateMatch& match) {
    const bool is_near = match.relation == DuplicateRelation::kNear;
    const bool is_exact = match.relation == DuplicateRelation::kExact;
    return {match.relation, is_exact ? 0 : is_near ? match.similarity : match.containment, match.key};
  }

  friend bool operator<(const DuplicateCursor& a, const DuplicateCursor& b) {
    return std::tie(a.relation, b.score, a.key) < std::tie(b.relation, a.score, b.key);
  }
};

inline bool RanksBefore(const DuplicateMatch& a, const DuplicateMatch& b) {
  return DuplicateCursor::At(a) < DuplicateCursor::At(b);
}

struct DuplicateQuery {
  // An article at its current revision, which is left out of the answer; the body with this hash; or a text.
  std::variant<ArticleKey, Sha256Digest, std::string> about;
  double min_similarity = kDefaultMinSimilarity;
  size_t limit = 20;
  // Go on after this one; nullopt for the first page.
  std::optional<DuplicateCursor> after = std::nullopt;
};

struct DuplicatePage {
  std::vector<Duplicate> duplicates;
  // Nothing was left out for being too much to look at.
  bool is_complete = true;
  std::optional<DuplicateCursor> next;  // nullopt at the end
};

}  // namespace gisa

#endif  // GISA_STORAGE_DUPLICATES_H_
