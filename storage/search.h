#ifndef GISA_STORAGE_SEARCH_H_
#define GISA_STORAGE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "storage/article.h"
#include "storage/base/sha256.h"

namespace gisa {

// A longer query is refused.
inline constexpr size_t kMaxQueryBytes = 1024;

// kRelevance of a query without a word to score is kNewest. Ties are in the order of keys.
enum class SearchOrder { kRelevance, kNewest, kOldest };

// Whether words side by side must all occur, or any of them.
enum class SearchMatch { kAll, kAny };

// What a hit must be beside matching the query. Every condition given must hold.
struct SearchFilter {
  std::vector<std::string> oids = {};        // one of these; empty: any
  std::vector<std::string> publishers = {};  // one of these, letter by letter; empty: any
  std::vector<std::string> categories = {};
  std::optional<absl::Time> published_after = {};   // inclusive
  std::optional<absl::Time> published_before = {};  // exclusive
  std::optional<absl::Time> crawled_after = {};     // inclusive
  std::optional<absl::Time> crawled_before = {};    // exclusive
  std::optional<Sha256Digest> content_hash = {};

  bool empty() const {
    return oids.empty() && publishers.empty() && categories.empty() && !published_after && !published_before &&
           !crawled_after && !crawled_before && !content_hash;
  }
};

// What hits can be counted by.
enum class FacetField { kPublisher, kCategory, kDay, kMonth };

// How many hits have each value of a field.
struct Facet {
  struct Count {
    std::string value;  // a name, YYYY-MM-DD or YYYY-MM in Korean time; empty for hits without
    uint64_t hits = 0;
  };

  FacetField field = FacetField::kPublisher;
  std::vector<Count> counts;  // names by their hits, days and months the latest first
  uint64_t other_hits = 0;    // with a value that is not among these
};

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
  ArticleKey last_key;
  uint32_t last_doc_id = 0;
};

struct SearchQuery {
  // What the user typed, in the language of gisa.v1.SearchRequest.query. May be empty, or have nothing but exclusions,
  // beside a filter.
  std::string text;
  SearchMatch match = SearchMatch::kAll;
  SearchFilter filter;
  SearchOrder order = SearchOrder::kRelevance;
  size_t limit = 20;
  bool with_body = false;
  size_t max_snippets = 1;  // of each hit
  // Of hits with the same body show the first only, with the number of them.
  bool collapse_duplicates = false;
  // Count the hits by these, each with so many values. On a first page only.
  std::vector<FacetField> facets;
  size_t max_facet_values = 20;
  // Hits need not be counted beyond: SearchPage::total_hits is then a lower bound.
  uint64_t max_exact_hits = std::numeric_limits<uint64_t>::max();
  // Go on after this hit; nullopt for the first page.
  std::optional<SearchCursor> after;
};

// When to give a search up; asked from inside its loops.
struct SearchControl {
  absl::Time deadline = absl::InfiniteFuture();
  std::function<bool()> cancelled;  // may be empty; asked by several threads at a time
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
  size_t body_code_point_offset = 0;  // the same in code points
  std::vector<TextRange> highlights;  // within `text`
};

struct SearchHit {
  StoredArticle article;
  double score = 0;
  uint64_t copies = 1;  // hits with this body, this one counted; only when collapsed
  std::vector<TextRange> title_highlights;
  std::vector<Snippet> snippets;  // the best first
};

struct SearchPage {
  std::vector<SearchHit> hits;
  uint64_t total_hits = 0;
  bool total_is_lower_bound = false;
  std::vector<Facet> facets;         // in the order asked for
  std::optional<SearchCursor> next;  // nullopt at the end
};

}  // namespace gisa

#endif  // GISA_STORAGE_SEARCH_H_
