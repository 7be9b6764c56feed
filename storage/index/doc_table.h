#ifndef GISA_STORAGE_INDEX_DOC_TABLE_H_
#define GISA_STORAGE_INDEX_DOC_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/article.h"
#include "storage/index/doc_values.h"
#include "storage/index/document.h"
#include "storage/index/name_table.h"

namespace gisa {

// The values of all documents, a column each: 56 bytes a document, and the names. A copy is a snapshot and costs a few
// pointers.
//
// Add must be called by one thread at a time, on the newest copy; a copy made under the same lock as Add may be read by
// any thread, but only at documents that were there when it was made.
class DocTable {
 public:
  // Adds a document with an id above all before it.
  void Add(DocId doc, const DocValues& values);

  bool Contains(DocId doc) const {
    const size_t page = doc / kPageDocs;
    return page < pages_->size() && (*pages_)[page] != nullptr && length(doc) != kAbsent;
  }

  // Has the processor load what Contains and the lengths read while something else is done: among a million documents
  // that is not in its caches.
  void PrefetchLengths(DocId doc) const {
    const size_t page = doc / kPageDocs;
    if (page >= pages_->size() || (*pages_)[page] == nullptr) return;
    __builtin_prefetch(&(*pages_)[page]->lengths[doc % kPageDocs]);
  }

  // All below: REQUIRES Contains(doc).
  int64_t published_micros(DocId doc) const { return PageOf(doc).published_micros[doc % kPageDocs]; }
  int64_t crawled_micros(DocId doc) const { return PageOf(doc).crawled_micros[doc % kPageDocs]; }
  uint64_t content_id(DocId doc) const { return PageOf(doc).content_id[doc % kPageDocs]; }
  uint32_t length(DocId doc) const { return PageOf(doc).lengths[doc % kPageDocs].all; }
  uint32_t title_length(DocId doc) const { return PageOf(doc).lengths[doc % kPageDocs].title; }
  NameId oid(DocId doc) const { return PageOf(doc).oid[doc % kPageDocs]; }
  NameId publisher(DocId doc) const { return PageOf(doc).publisher[doc % kPageDocs]; }
  NameId category(DocId doc) const { return PageOf(doc).category[doc % kPageDocs]; }
  NameId author(DocId doc) const { return PageOf(doc).author[doc % kPageDocs]; }
  std::string aid(DocId doc) const;
  ArticleKey key(DocId doc) const { return {std::string(name(oid(doc))), aid(doc)}; }

  // Negative, 0 or positive as the key of `a` is before, the same as or after that of `b`.
  int CompareKeys(DocId a, DocId b) const;

  absl::string_view name(NameId id) const { return names_.name(id); }

 private:
  static constexpr size_t kPageDocs = 4096;
  static constexpr uint32_t kAbsent = UINT32_MAX;  // as a length
  // In an aid: what is below is the number of a name, for it does not pack.
  static constexpr uint64_t kAidIsName = uint64_t{1} << 63;

  // Together: of a document that matches both are read.
  struct Lengths {
    uint32_t all;
    uint32_t title;
  };
  struct Page {
    Page() { lengths.fill({kAbsent, 0}); }
    std::array<int64_t, kPageDocs> published_micros;
    std::array<int64_t, kPageDocs> crawled_micros;
    std::array<uint64_t, kPageDocs> content_id;
    std::array<uint64_t, kPageDocs> aid;
    std::array<Lengths, kPageDocs> lengths;
    std::array<NameId, kPageDocs> oid;
    std::array<NameId, kPageDocs> publisher;
    std::array<NameId, kPageDocs> category;
    std::array<NameId, kPageDocs> author;
  };
  using Pages = std::vector<std::shared_ptr<Page>>;

  const Page& PageOf(DocId doc) const { return *(*pages_)[doc / kPageDocs]; }
  void AddPage(size_t page);

  std::shared_ptr<const Pages> pages_ = std::make_shared<Pages>();
  NameTable names_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DOC_TABLE_H_
