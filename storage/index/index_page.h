#ifndef GISA_STORAGE_INDEX_INDEX_PAGE_H_
#define GISA_STORAGE_INDEX_INDEX_PAGE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/index/document.h"
#include "storage/search.h"

namespace gisa {

struct IndexHit {
  DocId doc_id = kNoDoc;
  double score = 0;
  uint64_t copies = 1;
};

struct IndexPage {
  std::vector<IndexHit> hits;  // in the order asked for
  uint64_t total_hits = 0;
  bool total_is_lower_bound = false;
  std::vector<Facet> facets;
  std::optional<SearchCursor> next;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_INDEX_PAGE_H_
