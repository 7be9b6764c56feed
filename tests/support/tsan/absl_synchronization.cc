// Makes absl's locks visible to ThreadSanitizer.
//
// Debian's libabsl is not built with it, so every access that one of its locks guards would look like a race. An
// executable that links this file defines their methods anew; the dynamic linker prefers its definitions, also for
// calls made by libgrpc and libabsl themselves. Each tells ThreadSanitizer what is going on and calls the real method.
// What the locks order is then known; a real race is still reported.
//
// Between `pre` and `post` ThreadSanitizer ignores the thread's accesses: those of absl's own code and those of the
// Conditions that it evaluates. Waiting (Await, CondVar::Wait) takes the mutex to be held exclusively.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <cstdlib>
#include <utility>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"

namespace {

// Finds the definition that would have been used without this file.
template <typename Function>
Function* Real(const char* mangled_name) {
  void* const symbol = dlsym(RTLD_NEXT, mangled_name);
  if (symbol == nullptr) std::abort();
  return reinterpret_cast<Function*>(symbol);
}

constexpr unsigned kExclusive = 0;
constexpr unsigned kShared = __tsan_mutex_read_lock;

// The span of one operation on a mutex. absl implements some of them by others; only the outermost is reported.
class Span {
 public:
  Span(absl::Mutex* mutex, unsigned mode) : mutex_(mutex), mode_(mode), outermost_(!std::exchange(busy_, true)) {}
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;
  ~Span() {
    if (outermost_) busy_ = false;
  }

 protected:
  void PreLock(unsigned flags = 0) const {
    if (outermost_) __tsan_mutex_pre_lock(mutex_, mode_ | flags);
  }
  void PostLock(unsigned flags = 0) const {
    if (outermost_) __tsan_mutex_post_lock(mutex_, mode_ | flags, 0);
  }
  void PreUnlock() const {
    if (outermost_) __tsan_mutex_pre_unlock(mutex_, mode_);
  }
  void PostUnlock() const {
    if (outermost_) __tsan_mutex_post_unlock(mutex_, mode_);
  }

 private:
  static inline thread_local bool busy_ = false;

  absl::Mutex* const mutex_;
  const unsigned mode_;
  const bool outermost_;
};

// An operation that acquires.
class Acquiring : Span {
 public:
  Acquiring(absl::Mutex* mutex, unsigned mode) : Span(mutex, mode) { PreLock(); }
  ~Acquiring() { PostLock(); }
};

// One that acquires if it can.
class TryAcquiring : Span {
 public:
  TryAcquiring(absl::Mutex* mutex, unsigned mode) : Span(mutex, mode) { PreLock(__tsan_mutex_try_lock); }
  ~TryAcquiring() {
    PostLock(acquired_ ? __tsan_mutex_try_lock : __tsan_mutex_try_lock | __tsan_mutex_try_lock_failed);
  }

  bool Result(bool acquired) { return acquired_ = acquired; }

 private:
  bool acquired_ = false;
};

// One that releases.
class Releasing : Span {
 public:
  Releasing(absl::Mutex* mutex, unsigned mode) : Span(mutex, mode) { PreUnlock(); }
  ~Releasing() { PostUnlock(); }
};

// One that releases, and acquires again before it returns.
class Waiting : Span {
 public:
  explicit Waiting(absl::Mutex* mutex) : Span(mutex, kExclusive) {
    PreUnlock();
    PostUnlock();
    PreLock();
  }
  ~Waiting() { PostLock(); }
};

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

Mutex::~Mutex() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35MutexD1Ev");
  __tsan_mutex_destroy(this, __tsan_mutex_not_static);
  real(this);
}

void Mutex::Lock() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35Mutex4LockEv");
  const Acquiring acquiring(this, kExclusive);
  real(this);
}

void Mutex::Unlock() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35Mutex6UnlockEv");
  const Releasing releasing(this, kExclusive);
  real(this);
}

bool Mutex::TryLock() {
  static const auto real = Real<bool(Mutex*)>("_ZN4absl7debian35Mutex7TryLockEv");
  TryAcquiring acquiring(this, kExclusive);
  return acquiring.Result(real(this));
}

void Mutex::ReaderLock() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35Mutex10ReaderLockEv");
  const Acquiring acquiring(this, kShared);
  real(this);
}

void Mutex::ReaderUnlock() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35Mutex12ReaderUnlockEv");
  const Releasing releasing(this, kShared);
  real(this);
}

bool Mutex::ReaderTryLock() {
  static const auto real = Real<bool(Mutex*)>("_ZN4absl7debian35Mutex13ReaderTryLockEv");
  TryAcquiring acquiring(this, kShared);
  return acquiring.Result(real(this));
}

void Mutex::LockWhen(const Condition& condition) {
  static const auto real = Real<void(Mutex*, const Condition&)>("_ZN4absl7debian35Mutex8LockWhenERKNS0_9ConditionE");
  const Acquiring acquiring(this, kExclusive);
  real(this, condition);
}

bool Mutex::LockWhenWithTimeout(const Condition& condition, Duration timeout) {
  static const auto real = Real<bool(Mutex*, const Condition&, Duration)>(
      "_ZN4absl7debian35Mutex19LockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE");
  const Acquiring acquiring(this, kExclusive);
  return real(this, condition, timeout);
}

bool Mutex::LockWhenWithDeadline(const Condition& condition, Time deadline) {
  static const auto real = Real<bool(Mutex*, const Condition&, Time)>(
      "_ZN4absl7debian35Mutex20LockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE");
  const Acquiring acquiring(this, kExclusive);
  return real(this, condition, deadline);
}

void Mutex::ReaderLockWhen(const Condition& condition) {
  static const auto real =
      Real<void(Mutex*, const Condition&)>("_ZN4absl7debian35Mutex14ReaderLockWhenERKNS0_9ConditionE");
  const Acquiring acquiring(this, kShared);
  real(this, condition);
}

bool Mutex::ReaderLockWhenWithTimeout(const Condition& condition, Duration timeout) {
  static const auto real = Real<bool(Mutex*, const Condition&, Duration)>(
      "_ZN4absl7debian35Mutex25ReaderLockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE");
  const Acquiring acquiring(this, kShared);
  return real(this, condition, timeout);
}

bool Mutex::ReaderLockWhenWithDeadline(const Condition& condition, Time deadline) {
  static const auto real = Real<bool(Mutex*, const Condition&, Time)>(
      "_ZN4absl7debian35Mutex26ReaderLockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE");
  const Acquiring acquiring(this, kShared);
  return real(this, condition, deadline);
}

void Mutex::Await(const Condition& condition) {
  static const auto real = Real<void(Mutex*, const Condition&)>("_ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE");
  const Waiting waiting(this);
  real(this, condition);
}

bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  static const auto real = Real<bool(Mutex*, const Condition&, Duration)>(
      "_ZN4absl7debian35Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE");
  const Waiting waiting(this);
  return real(this, condition, timeout);
}

bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  static const auto real = Real<bool(Mutex*, const Condition&, Time)>(
      "_ZN4absl7debian35Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE");
  const Waiting waiting(this);
  return real(this, condition, deadline);
}

void CondVar::Wait(Mutex* mutex) {
  static const auto real = Real<void(CondVar*, Mutex*)>("_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE");
  const Waiting waiting(mutex);
  real(this, mutex);
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  static const auto real =
      Real<bool(CondVar*, Mutex*, Duration)>("_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE");
  const Waiting waiting(mutex);
  return real(this, mutex, timeout);
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  static const auto real =
      Real<bool(CondVar*, Mutex*, Time)>("_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE");
  const Waiting waiting(mutex);
  return real(this, mutex, deadline);
}

void Notification::Notify() {
  static const auto real = Real<void(Notification*)>("_ZN4absl7debian312Notification6NotifyEv");
  // HasBeenNotified is inline and reads this flag; a release at its address is what that read acquires.
  __tsan_release(&notified_yet_);
  real(this);
}

void Notification::WaitForNotification() const {
  static const auto real = Real<void(const Notification*)>("_ZNK4absl7debian312Notification19WaitForNotificationEv");
  real(this);
  __tsan_acquire(const_cast<std::atomic<bool>*>(&notified_yet_));
}

bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  static const auto real = Real<bool(const Notification*, Duration)>(
      "_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE");
  return real(this, timeout) && HasBeenNotified();
}

bool Notification::WaitForNotificationWithDeadline(Time deadline) const {
  static const auto real = Real<bool(const Notification*, Time)>(
      "_ZNK4absl7debian312Notification31WaitForNotificationWithDeadlineENS0_4TimeE");
  return real(this, deadline) && HasBeenNotified();
}

bool BlockingCounter::DecrementCount() {
  static const auto real = Real<bool(BlockingCounter*)>("_ZN4absl7debian315BlockingCounter14DecrementCountEv");
  __tsan_release(&count_);
  return real(this);
}

void BlockingCounter::Wait() {
  static const auto real = Real<void(BlockingCounter*)>("_ZN4absl7debian315BlockingCounter4WaitEv");
  real(this);
  __tsan_acquire(&count_);
}

ABSL_NAMESPACE_END
}  // namespace absl
