#ifndef GISA_STORAGE_INDEX_HIGHLIGHTER_H_
#define GISA_STORAGE_INDEX_HIGHLIGHTER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/index/query.h"
#include "storage/search.h"
#include "storage/text/word_matcher.h"

namespace gisa {

// Finds where the words of one query occur in an article, by the rules of the index, and cuts out the passages that
// show them best. Words that are excluded are not shown, nor those of a field in the other.
//
// Thread-compatible: the const methods may run at the same time.
class Highlighter {
 public:
  explicit Highlighter(const QueryNode& query) { AddWords(query); }

  // Returns the occurrences in a valid UTF-8 title, by begin, overlapping ones joined; at most `limit`.
  std::vector<TextRange> FindInTitle(absl::string_view title, size_t limit = 100) const;

  // Returns up to `max_passages` passages of at most about `max_bytes` each: the one with the most distinct words of
  // the query, then the most occurrences, first, then the best of what is apart from it, and so on. Each is cut at
  // white space where possible and always at a code point. None when no word occurs. An occurrence that is longer than
  // `max_bytes` is cut short.
  std::vector<Snippet> BestPassages(absl::string_view body, size_t max_passages, size_t max_bytes = 360) const;

 private:
  void AddWords(const QueryNode& node);

  std::vector<WordMatcher> title_words_;
  std::vector<WordMatcher> body_words_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_HIGHLIGHTER_H_
