#ifndef GISA_STORAGE_LEVELDB_WORKER_H_
#define GISA_STORAGE_LEVELDB_WORKER_H_

#include <cstddef>
#include <deque>
#include <thread>
#include <utility>
#include <vector>

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

  // Not after Stop. `then`, if any, is run after the task, together with those of tasks behind it when they wait
  // already: what they send then leaves at once.
  void Add(Task task, Task then = nullptr) {
    absl::MutexLock lock(&mutex_);
    entries_.push_back({std::move(task), std::move(then)});
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
  static constexpr size_t kMostTogether = 64;

  struct Entry {
    Task task;
    Task then;
  };

  void Run() {
    std::vector<Task> then;
    while (WaitForWork()) {
      for (Entry entry; then.size() < kMostTogether && Take(&entry);) {
        entry.task();
        if (entry.then != nullptr) then.push_back(std::move(entry.then));
      }
      for (Task& task : then) task();
      then.clear();
    }
  }

  // False when there will be none.
  bool WaitForWork() {
    absl::MutexLock lock(&mutex_, absl::Condition(this, &Worker::HasWork));
    return !entries_.empty();
  }

  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || !entries_.empty(); }

  bool Take(Entry* entry) {
    absl::MutexLock lock(&mutex_);
    if (entries_.empty()) return false;
    *entry = std::move(entries_.front());
    entries_.pop_front();
    return true;
  }

  absl::Mutex mutex_;
  std::deque<Entry> entries_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::once_flag joined_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_WORKER_H_
