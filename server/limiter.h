#ifndef GISA_SERVER_LIMITER_H_
#define GISA_SERVER_LIMITER_H_

#include <atomic>

namespace gisa {

// Lets at most `limit` holders in at once.
//
// Thread-safe.
class Limiter {
 public:
  explicit Limiter(int limit) : limit_(limit) {}

  // Takes a place if one is free; who got one must Release it.
  bool TryAcquire() {
    if (holders_.fetch_add(1, std::memory_order_relaxed) < limit_) return true;
    Release();
    return false;
  }

  void Release() { holders_.fetch_sub(1, std::memory_order_relaxed); }

 private:
  const int limit_;
  std::atomic<int> holders_ = 0;
};

}  // namespace gisa

#endif  // GISA_SERVER_LIMITER_H_
