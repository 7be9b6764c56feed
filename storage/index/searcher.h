#ifndef GISA_STORAGE_INDEX_SEARCHER_H_
#define GISA_STORAGE_INDEX_SEARCHER_H_

#include "absl/status/statusor.h"
#include "storage/index/index_page.h"
#include "storage/index/index_view.h"
#include "storage/index/search_helpers.h"
#include "storage/search.h"

namespace gisa {

// A query that walks so many documents, as QueryCompiler::OpenTerms counts them, is shared: that takes some 0.3 ms, and
// to begin the parts and to wake a helper up to a tenth of it.
inline constexpr uint64_t kMinSharedCost = 4096;

// Finds one page of a query's hits. Pages of one query neither repeat nor leave out a document, whatever is added in
// between: later pages see the documents and statistics of the first, and order is total. (A document removed in
// between is left out of what follows.) A query with much to walk is shared with `helpers`, unless that is null; what
// is found is the same. INVALID_ARGUMENT INVALID_REQUEST as ParseQuery; CANCELLED and
// DEADLINE_EXCEEDED; INTERNAL DATA_CORRUPTED.
absl::StatusOr<IndexPage> FindPage(IndexView* view, const SearchQuery& query, const SearchControl& control,
                                   SearchHelpers* helpers = nullptr, uint64_t min_shared_cost = kMinSharedCost);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_SEARCHER_H_
