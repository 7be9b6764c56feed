#ifndef GISA_TESTS_STORAGE_INDEX_INDEX_PAGE_TESTING_H_
#define GISA_TESTS_STORAGE_INDEX_INDEX_PAGE_TESTING_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/index/index_page.h"
#include "storage/search.h"

namespace gisa {

inline SearchQuery MakeQuery(absl::string_view text, SearchOrder order, size_t limit) {
  SearchQuery query;
  query.text = std::string(text);
  query.order = order;
  query.limit = limit;
  return query;
}

inline std::vector<DocId> DocsOf(const IndexPage& page) {
  std::vector<DocId> docs;
  for (const IndexHit& hit : page.hits) docs.push_back(hit.doc_id);
  return docs;
}

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_INDEX_INDEX_PAGE_TESTING_H_
