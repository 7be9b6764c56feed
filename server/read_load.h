#ifndef GISA_SERVER_READ_LOAD_H_
#define GISA_SERVER_READ_LOAD_H_

#include <atomic>
#include <cstdint>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace gisa {

// Knows how much of the time searches take, and keeps a processor for them while it is much: threads that write leave
// it (storage/base/write_threads.h). With few searches writes have all processors.
//
// Thread-safe.
class ReadLoad {
 public:
  ReadLoad();
  ~ReadLoad();
  ReadLoad(const ReadLoad&) = delete;
  ReadLoad& operator=(const ReadLoad&) = delete;

  // A search took so long. Costs next to nothing.
  void Add(absl::Duration time);

  bool keeps_processor() const { return keeps_processor_.load(std::memory_order_relaxed); }

 private:
  void Run();
  // Waits for the end of a window. Returns false when it is time to stop.
  bool WaitForWindow() ABSL_LOCKS_EXCLUDED(mutex_);
  void Keep(bool keep);

  std::atomic<int64_t> nanos_ = 0;  // that searches took since the window began
  std::atomic<bool> keeps_processor_ = false;

  absl::Mutex mutex_;
  bool awake_ ABSL_GUARDED_BY(mutex_) = false;  // there was a search since the thread fell asleep
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_SERVER_READ_LOAD_H_
