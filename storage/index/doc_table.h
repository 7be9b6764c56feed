#ifndef GISA_STORAGE_INDEX_DOC_TABLE_H_
#define GISA_STORAGE_INDEX_DOC_TABLE_H_

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "storage/index/document.h"

namespace gisa {

// Stands for a missing publication time; sorts before every other.
inline constexpr int64_t kNoPublished = std::numeric_limits<int64_t>::min();

// What ranking needs to know of a document.
struct DocValues {
  int64_t published_micros = kNoPublished;
  uint32_t length = 0;        // in terms
  uint32_t title_length = 0;  // in positions
};

// The values of all documents, a column each. A copy is a snapshot and costs a pointer.
//
// Add must be called by one thread at a time; a copy made under the same lock as Add may be read by any thread, but
// only at documents that were there when it was made.
class DocTable {
 public:
  // Adds a document with an id above all before it.
  void Add(DocId doc, const DocValues& values) {
    const size_t page = doc / kPageDocs;
    if (page >= pages_->size() || (*pages_)[page] == nullptr) AddPage(page);
    Page& columns = *(*pages_)[page];
    columns.published_micros[doc % kPageDocs] = values.published_micros;
    columns.length[doc % kPageDocs] = values.length;
    columns.title_length[doc % kPageDocs] = values.title_length;
  }

  bool Contains(DocId doc) const {
    const size_t page = doc / kPageDocs;
    return page < pages_->size() && (*pages_)[page] != nullptr && length(doc) != kAbsent;
  }

  // REQUIRES: Contains(doc).
  int64_t published_micros(DocId doc) const { return PageOf(doc).published_micros[doc % kPageDocs]; }
  uint32_t length(DocId doc) const { return PageOf(doc).length[doc % kPageDocs]; }
  uint32_t title_length(DocId doc) const { return PageOf(doc).title_length[doc % kPageDocs]; }

 private:
  static constexpr size_t kPageDocs = 4096;
  static constexpr uint32_t kAbsent = UINT32_MAX;  // as a length

  struct Page {
    Page() { length.fill(kAbsent); }
    std::array<int64_t, kPageDocs> published_micros;
    std::array<uint32_t, kPageDocs> length;
    std::array<uint32_t, kPageDocs> title_length;
  };
  using Pages = std::vector<std::shared_ptr<Page>>;

  const Page& PageOf(DocId doc) const { return *(*pages_)[doc / kPageDocs]; }

  // Snapshots share the list of pages, so it is never changed in place.
  void AddPage(size_t page) {
    auto pages = std::make_shared<Pages>(*pages_);
    if (page >= pages->size()) pages->resize(page + 1);
    (*pages)[page] = std::make_shared<Page>();
    pages_ = std::move(pages);
  }

  std::shared_ptr<const Pages> pages_ = std::make_shared<Pages>();
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DOC_TABLE_H_
