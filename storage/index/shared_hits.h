#ifndef GISA_STORAGE_INDEX_SHARED_HITS_H_
#define GISA_STORAGE_INDEX_SHARED_HITS_H_

#include <atomic>
#include <cstdint>

namespace gisa {

// No document ranks below.
inline constexpr int64_t kLeastRank = INT64_MIN;

// What threads that search for one page tell each other of their hits: how many they are, and which others need no
// look. It may lag behind. Thread-safe.
class SharedHits {
 public:
  void Count(uint64_t hits) { total_.fetch_add(hits, std::memory_order_relaxed); }
  uint64_t total() const { return total_.load(std::memory_order_relaxed); }

  // Says that somebody has more hits than a page takes, and keeps a page of them that rank no lower.
  void RaiseMinRank(int64_t rank) {
    int64_t last = min_rank();
    while (last < rank && !min_rank_.compare_exchange_weak(last, rank, std::memory_order_relaxed)) {
    }
  }
  // The highest such rank; kLeastRank when there is none.
  int64_t min_rank() const { return min_rank_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> total_ = 0;
  std::atomic<int64_t> min_rank_ = kLeastRank;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_SHARED_HITS_H_
