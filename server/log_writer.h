#ifndef GISA_SERVER_LOG_WRITER_H_
#define GISA_SERVER_LOG_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace gisa {

// Writes log lines to a file descriptor on a thread of its own, some milliseconds' worth at a time: a call that is
// logged waits neither for the system nor for whoever reads the log. When that reader falls behind by megabytes, lines
// are dropped, and a line says how many.
//
// Thread-safe.
class LogWriter {
 public:
  // Does not take the descriptor over.
  explicit LogWriter(int fd);
  // Writes what is left.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  void Write(absl::string_view line);

  // Waits until the lines so far are written, or cannot be.
  void Flush();

 private:
  void Run();
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || !pending_.empty(); }
  bool IsUrgent() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  bool IsIdle() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return pending_.empty() && !writing_; }

  const int fd_;
  absl::Mutex mutex_;
  std::string pending_ ABSL_GUARDED_BY(mutex_);
  uint64_t dropped_ ABSL_GUARDED_BY(mutex_) = 0;  // lines
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  int flushing_ ABSL_GUARDED_BY(mutex_) = 0;  // callers of Flush
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_SERVER_LOG_WRITER_H_
