#ifndef GISA_STORAGE_LEVELDB_WORKER_H_
#define GISA_STORAGE_LEVELDB_WORKER_H_

#include <deque>
#include <thread>
#include <utility>

#include "absl/base/call_once.h"
#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/thread.h"

namespace gisa {

// A thread that runs what it is given, one after the other.
//
// Thread-safe.
class Worker {
 public:
  using Task = absl::AnyInvocable<void()>;

  Worker(const char* name, ThreadPriority priority) : thread_(StartThread(name, priority, [this] { Run(); })) {}
  ~Worker() { Stop(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Not after Stop.
  void Add(Task task) {
    absl::MutexLock lock(&mutex_);
    tasks_.push_back(std::move(task));
  }

  // Returns when all is done. Idempotent.
  void Stop() {
    {
      absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    absl::call_once(joined_, [this] { thread_.join(); });
  }

 private:
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || !tasks_.empty(); }

  void Run() {
    while (true) {
      Task task;
      {
        absl::MutexLock lock(&mutex_, absl::Condition(this, &Worker::HasWork));
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      task();
    }
  }

  absl::Mutex mutex_;
  std::deque<Task> tasks_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::once_flag joined_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_WORKER_H_
