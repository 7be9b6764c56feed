#ifndef GISA_STORAGE_SEARCH_H_
#define GISA_STORAGE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "storage/article.h"

namespace gisa {

enum class SearchOrder { kRelevance, kNewest, kOldest };

// Where a page of hits left off, and the corpus as the first page saw it: later documents are not seen, and the
// statistics stay, so that scores do not move between pages. A plain value: nothing is held for it.
struct SearchCursor {
  uint32_t doc_id_limit = 0;  // documents from here on came later
  uint64_t document_count = 0;
  uint64_t total_length = 0;  // of these documents, in tokens
  // By relevance: in how many documents each word of the query was, in the order of the query.
  std::vector<uint64_t> document_frequencies;
  double last_score = 0;
  int64_t last_published_micros = 0;
  uint32_t last_doc_id = 0;
};

struct SearchQuery {
  // What the user typed: words, all of which must occur in the title or the body.
  std::string text;
  SearchOrder order = SearchOrder::kRelevance;
  size_t limit = 20;
  bool with_body = false;
  // Go on after this hit; nullopt for the first page.
  std::optional<SearchCursor> after;
};

// When to give a search up; asked from inside its loops.
struct SearchControl {
  absl::Time deadline = absl::InfiniteFuture();
  std::function<bool()> cancelled;  // may be empty
};

// A half-open range of bytes in a UTF-8 text, on code point boundaries.
struct TextRange {
  size_t begin = 0;
  size_t end = 0;

  friend bool operator==(const TextRange& a, const TextRange& b) { return a.begin == b.begin && a.end == b.end; }
};

// A passage cut out of a body unchanged.
struct Snippet {
  std::string text;
  size_t body_offset = 0;             // in bytes
  std::vector<TextRange> highlights;  // within `text`
};

struct SearchHit {
  StoredArticle article;
  double score = 0;
  std::vector<TextRange> title_highlights;
  Snippet snippet;
};

struct SearchPage {
  std::vector<SearchHit> hits;
  uint64_t total_hits = 0;
  bool total_is_lower_bound = false;
  std::optional<SearchCursor> next;  // nullopt at the end
};

}  // namespace gisa

#endif  // GISA_STORAGE_SEARCH_H_
