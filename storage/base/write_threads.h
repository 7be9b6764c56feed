#ifndef GISA_STORAGE_BASE_WRITE_THREADS_H_
#define GISA_STORAGE_BASE_WRITE_THREADS_H_

#include <sched.h>
#include <sys/types.h>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"

namespace gisa {

// The threads of this process that write: those that StartThread starts with a lower priority than reads have. One of
// the processors can be taken from them. A priority decides who runs next; it does not keep a thread that has begun
// from running on for a millisecond or more, and a search would meet several of these.
//
// Thread-safe.
class WriteThreads {
 public:
  static WriteThreads& OfProcess();

  // The calling thread becomes one, for as long as this lives.
  class Membership {
   public:
    Membership() : id_(OfProcess().AddCaller()) {}
    ~Membership() { OfProcess().Remove(id_); }
    Membership(const Membership&) = delete;
    Membership& operator=(const Membership&) = delete;

   private:
    const pid_t id_;
  };

  // From now on, of the processors that the calling thread may run on, the first is not for threads that write, unless
  // it is the only one. Each call has to be followed by one of GiveProcessorBack.
  void TakeProcessor();
  void GiveProcessorBack();

 private:
  WriteThreads() = default;

  pid_t AddCaller();
  void Remove(pid_t id);
  void MoveAll(const cpu_set_t& processors) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  absl::flat_hash_set<pid_t> ids_ ABSL_GUARDED_BY(mutex_);
  int takers_ ABSL_GUARDED_BY(mutex_) = 0;
  // Of the process, and without the first; set while there are takers.
  cpu_set_t all_ ABSL_GUARDED_BY(mutex_) = {};
  cpu_set_t left_ ABSL_GUARDED_BY(mutex_) = {};
};

}  // namespace gisa

#endif  // GISA_STORAGE_BASE_WRITE_THREADS_H_
