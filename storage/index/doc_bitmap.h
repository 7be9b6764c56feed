#ifndef GISA_STORAGE_INDEX_DOC_BITMAP_H_
#define GISA_STORAGE_INDEX_DOC_BITMAP_H_

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "storage/index/document.h"

namespace gisa {

// A set of documents. A copy is a snapshot and costs a pointer: Add replaces what it changes and leaves copies alone.
class DocBitmap {
 public:
  void Add(absl::Span<const DocId> docs) {
    if (docs.empty()) return;
    const std::shared_ptr<const Pages> before = pages_;
    auto pages = std::make_shared<Pages>(*before);
    for (const DocId doc : docs) {
      const size_t page = doc / kPageDocs;
      if (page >= pages->size()) pages->resize(page + 1);
      std::shared_ptr<Page>& bits = (*pages)[page];
      const bool shared = page < before->size() && bits == (*before)[page];
      if (bits == nullptr) {
        bits = std::make_shared<Page>();
      } else if (shared) {
        bits = std::make_shared<Page>(*bits);
      }
      (*bits)[doc % kPageDocs / 64] |= uint64_t{1} << (doc % 64);
    }
    pages_ = std::move(pages);
  }

  bool Contains(DocId doc) const {
    const size_t page = doc / kPageDocs;
    if (page >= pages_->size() || (*pages_)[page] == nullptr) return false;
    return ((*(*pages_)[page])[doc % kPageDocs / 64] >> (doc % 64) & 1) != 0;
  }

 private:
  static constexpr size_t kPageDocs = 4096;
  using Page = std::array<uint64_t, kPageDocs / 64>;
  using Pages = std::vector<std::shared_ptr<Page>>;

  std::shared_ptr<const Pages> pages_ = std::make_shared<Pages>();
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DOC_BITMAP_H_
