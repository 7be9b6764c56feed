#ifndef GISA_STORAGE_INDEX_TOP_DOCS_H_
#define GISA_STORAGE_INDEX_TOP_DOCS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "storage/index/document.h"

namespace gisa {

// A document's place in a result: greater ranks come first, the newer document among equals.
struct RankedDoc {
  int64_t rank = 0;
  DocId doc = kNoDoc;

  friend bool operator<(const RankedDoc& a, const RankedDoc& b) {
    return std::tie(a.rank, a.doc) < std::tie(b.rank, b.doc);
  }
};

// Keeps the first `limit` documents of those after a place.
class TopDocs {
 public:
  TopDocs(size_t limit, std::optional<RankedDoc> after) : limit_(limit), after_(after) {}

  void Add(RankedDoc doc) {
    if (after_.has_value() && !(doc < *after_)) return;
    ++eligible_;
    if (limit_ == 0) return;
    if (heap_.size() == limit_) {
      if (!(heap_.front() < doc)) return;
      std::pop_heap(heap_.begin(), heap_.end(), Before);
      heap_.pop_back();
    }
    heap_.push_back(doc);
    std::push_heap(heap_.begin(), heap_.end(), Before);
  }

  // Whether no document of this rank or a lower one would be kept. Counts it all the same: whoever does not Add it
  // must call Skip.
  bool CanSkip(int64_t rank) const { return limit_ > 0 && heap_.size() == limit_ && rank < heap_.front().rank; }
  void Skip() { ++eligible_; }

  // Whether there were more than are kept.
  bool has_more() const { return eligible_ > heap_.size(); }

  // Returns what was kept, in order. Leaves nothing.
  std::vector<RankedDoc> Take() {
    std::sort_heap(heap_.begin(), heap_.end(), Before);
    return std::move(heap_);
  }

 private:
  // The last of those kept is at the front of the heap.
  static bool Before(const RankedDoc& a, const RankedDoc& b) { return b < a; }

  const size_t limit_;
  const std::optional<RankedDoc> after_;
  std::vector<RankedDoc> heap_;
  uint64_t eligible_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TOP_DOCS_H_
