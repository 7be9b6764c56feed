#ifndef GISA_SERVER_THREAD_POOL_H_
#define GISA_SERVER_THREAD_POOL_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/thread.h"

namespace gisa {

// A fixed number of threads, all called `name`, that take tasks in the order given.
//
// gRPC's callback API has only half as many threads as the machine has processors (at least two), and they carry the
// connections too. What takes more than a few microseconds runs here instead.
//
// Thread-safe.
class ThreadPool {
 public:
  ThreadPool(const char* name, ThreadPriority priority, int threads);
  // Runs what is queued, then returns.
  ~ThreadPool();

  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // Never blocks on the task.
  void Run(std::function<void()> task);

 private:
  void Work();

  absl::Mutex mutex_;
  std::deque<std::function<void()>> tasks_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace gisa

#endif  // GISA_SERVER_THREAD_POOL_H_
