#ifndef GISA_SERVER_MEMORY_BUDGET_H_
#define GISA_SERVER_MEMORY_BUDGET_H_

#include <atomic>
#include <cstddef>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"

namespace gisa {

// How the memory of --memory-budget is divided. Requests and replies are apart, so that clients who do not read their
// replies cannot stop the ingests, nor the other way round.
struct MemoryParts {
  explicit constexpr MemoryParts(size_t budget)
      : received(budget / 8 * 5), requests(budget / 4), replies(budget / 4), queue(budget / 8) {}

  // What gRPC has received, the requests that calls hold among it. Beyond it gRPC ends calls to get memory back, so it
  // has to be well above what our own limits let in.
  size_t received;
  size_t requests;  // of it read and not answered
  size_t replies;   // not yet sent
  size_t queue;     // articles analyzed and compressed that wait for the committer
};

// Counts the bytes that calls hold, and makes them wait or fail when there are too many.
//
// Thread-safe.
class MemoryBudget {
 public:
  // Who waits until there is room.
  class Waiter {
   public:
    // There is room, or was a moment ago. Called once for each wait, on a thread that gave bytes back, under the
    // budget's lock: must not call back, nor block.
    virtual void OnRoom() = 0;

   protected:
    ~Waiter() = default;
  };

  explicit MemoryBudget(size_t limit) : limit_(limit) {}
  MemoryBudget(const MemoryBudget&) = delete;
  MemoryBudget& operator=(const MemoryBudget&) = delete;

  // Takes `bytes`; false when they are not free. No bytes are always free, and of a budget of which nothing is taken,
  // any number.
  bool TryTake(size_t bytes);
  // Takes bytes that are there already, if need be over the limit.
  void Take(size_t bytes) { taken_.fetch_add(bytes, std::memory_order_relaxed); }
  void Return(size_t bytes);

  // More than half is taken: each holder should make do with little, so that all get some.
  bool IsScarce() const { return taken() > limit_ / 2; }

  // Whether anything is free. If not, `waiter` is told once a part of the budget is.
  bool HasRoomOrWait(Waiter* waiter);
  // Ends a wait, if there is one. When it returns, `waiter` will not be told any more.
  void Forget(Waiter* waiter);

  size_t limit() const { return limit_; }
  size_t taken() const { return taken_.load(std::memory_order_relaxed); }

 private:
  // Waiters are told below this, not at the first free byte: they would only queue up again.
  size_t low_mark() const { return limit_ / 8 * 7; }

  const size_t limit_;
  std::atomic<size_t> taken_ = 0;
  std::atomic<bool> anyone_waits_ = false;
  absl::Mutex mutex_;
  absl::flat_hash_set<Waiter*> waiters_ ABSL_GUARDED_BY(mutex_);
};

// Bytes taken of a budget, given back at the end.
class MemoryShare {
 public:
  MemoryShare() = default;
  ~MemoryShare() { Reset(); }
  MemoryShare(const MemoryShare&) = delete;
  MemoryShare& operator=(const MemoryShare&) = delete;

  // Takes `bytes`, once; false when they are not free.
  bool TryTake(MemoryBudget* budget, size_t bytes) {
    if (!budget->TryTake(bytes)) return false;
    budget_ = budget;
    bytes_ = bytes;
    return true;
  }

  void Reset() {
    if (budget_ != nullptr) std::exchange(budget_, nullptr)->Return(bytes_);
  }

 private:
  MemoryBudget* budget_ = nullptr;
  size_t bytes_ = 0;
};

}  // namespace gisa

#endif  // GISA_SERVER_MEMORY_BUDGET_H_
