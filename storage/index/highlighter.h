#ifndef GISA_STORAGE_INDEX_HIGHLIGHTER_H_
#define GISA_STORAGE_INDEX_HIGHLIGHTER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/search.h"
#include "storage/text/word_matcher.h"

namespace gisa {

// Finds where the words of one query occur in texts, by the rules of the index, and cuts out the passage that shows
// them best.
//
// Thread-compatible: the const methods may run at the same time.
class Highlighter {
 public:
  // `query` is a SearchQuery::text that the query parser accepts.
  explicit Highlighter(absl::string_view query);

  // Returns the occurrences in valid UTF-8 `text`, by begin, overlapping ones joined; at most `limit`.
  std::vector<TextRange> Find(absl::string_view text, size_t limit = 100) const;

  // Returns the passage of at most about `max_bytes` with the most distinct words of the query, cut at white space
  // where possible and always at a code point; empty text when no word occurs. An occurrence that is longer than
  // `max_bytes` is cut short.
  Snippet BestPassage(absl::string_view body, size_t max_bytes = 360) const;

 private:
  std::vector<WordMatcher> words_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_HIGHLIGHTER_H_
