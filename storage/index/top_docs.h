#ifndef GISA_STORAGE_INDEX_TOP_DOCS_H_
#define GISA_STORAGE_INDEX_TOP_DOCS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "storage/index/rank_order.h"

namespace gisa {

// Keeps the first `limit` documents, in the order of hits, of those after a place.
class TopDocs {
 public:
  TopDocs(const DocTable& docs, size_t limit, std::optional<RankedPlace> after)
      : order_(docs), limit_(limit), after_(std::move(after)) {}

  void Add(const RankedDoc& doc) {
    if (after_.has_value() && !order_.IsAfter(doc, *after_)) return;
    ++eligible_;
    if (limit_ == 0) return;
    if (heap_.size() == limit_) {
      if (!order_.Before(doc, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), HeapOrder{order_});
      heap_.pop_back();
    }
    heap_.push_back(doc);
    std::push_heap(heap_.begin(), heap_.end(), HeapOrder{order_});
  }

  // Adds what `other`, of the same limit and place, was given.
  void Join(const TopDocs& other) {
    const uint64_t eligible = eligible_ + other.eligible_;
    for (const RankedDoc& doc : other.heap_) Add(doc);
    eligible_ = eligible;
  }

  // The rank below which no document would be kept; nullopt when any would.
  std::optional<int64_t> min_rank() const {
    if (limit_ == 0 || heap_.size() < limit_) return std::nullopt;
    return heap_.front().rank;
  }

  // Whether no document of this rank or a lower one would be kept. Counts it all the same: whoever does not Add it
  // must call Skip.
  bool CanSkip(int64_t rank) const { return limit_ > 0 && heap_.size() == limit_ && rank < heap_.front().rank; }
  void Skip() { ++eligible_; }

  // Whether there were more than are kept.
  bool has_more() const { return eligible_ > heap_.size(); }

  // Returns what was kept, in order. Leaves nothing.
  std::vector<RankedDoc> Take() {
    std::sort_heap(heap_.begin(), heap_.end(), HeapOrder{order_});
    return std::move(heap_);
  }

 private:
  // The last of those kept is at the front of the heap.
  struct HeapOrder {
    const RankOrder& order;
    bool operator()(const RankedDoc& a, const RankedDoc& b) const { return order.Before(a, b); }
  };

  const RankOrder order_;
  const size_t limit_;
  const std::optional<RankedPlace> after_;
  std::vector<RankedDoc> heap_;
  uint64_t eligible_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TOP_DOCS_H_
