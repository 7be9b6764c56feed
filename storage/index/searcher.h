#ifndef GISA_STORAGE_INDEX_SEARCHER_H_
#define GISA_STORAGE_INDEX_SEARCHER_H_

#include "absl/status/statusor.h"
#include "storage/index/index_page.h"
#include "storage/index/index_view.h"
#include "storage/search.h"

namespace gisa {

// Finds one page of a query's hits. Pages of one query neither repeat nor leave out a document, whatever is added in
// between: later pages see the documents and statistics of the first, and order is total. (A document removed in
// between is left out of what follows.) INVALID_ARGUMENT INVALID_REQUEST as ParseQuery; CANCELLED and
// DEADLINE_EXCEEDED; INTERNAL DATA_CORRUPTED.
absl::StatusOr<IndexPage> FindPage(IndexView* view, const SearchQuery& query, const SearchControl& control);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_SEARCHER_H_
