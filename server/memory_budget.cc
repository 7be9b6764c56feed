#include "server/memory_budget.h"

namespace gisa {

bool MemoryBudget::TryTake(size_t bytes) {
  if (bytes == 0) return true;
  size_t taken = taken_.load(std::memory_order_relaxed);
  do {
    if (taken > 0 && (taken >= limit_ || bytes > limit_ - taken)) return false;
  } while (!taken_.compare_exchange_weak(taken, taken + bytes, std::memory_order_relaxed));
  return true;
}

// Either the waiter sees the bytes given back, or who gives them back sees the waiter: both the count and the flag are
// in one total order.
void MemoryBudget::Return(size_t bytes) {
  const size_t left = taken_.fetch_sub(bytes, std::memory_order_seq_cst) - bytes;
  if (left > low_mark() || !anyone_waits_.load(std::memory_order_seq_cst)) return;
  absl::MutexLock lock(&mutex_);
  for (Waiter* waiter : waiters_) waiter->OnRoom();
  waiters_.clear();
  anyone_waits_.store(false, std::memory_order_seq_cst);
}

bool MemoryBudget::HasRoomOrWait(Waiter* waiter) {
  if (taken() < limit_) return true;
  absl::MutexLock lock(&mutex_);
  anyone_waits_.store(true, std::memory_order_seq_cst);
  if (taken_.load(std::memory_order_seq_cst) <= low_mark()) {
    anyone_waits_.store(!waiters_.empty(), std::memory_order_seq_cst);
    return true;
  }
  waiters_.insert(waiter);
  return false;
}

void MemoryBudget::Forget(Waiter* waiter) {
  absl::MutexLock lock(&mutex_);
  waiters_.erase(waiter);
}

}  // namespace gisa
