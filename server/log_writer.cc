#include "server/log_writer.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/time/time.h"
#include "server/log.h"
#include "storage/base/thread.h"

namespace gisa {
namespace {

// How long a line may wait for others, and how much may wait.
constexpr absl::Duration kMaxDelay = absl::Milliseconds(10);
constexpr size_t kUrgentBytes = 64 << 10;
constexpr size_t kMaxPendingBytes = 4 << 20;

// A log that cannot be written is no reason to stop.
void WriteAll(int fd, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

LogWriter::LogWriter(int fd) : fd_(fd), thread_(StartThread("gisa-log", ThreadPriority::kNormal, [this] { Run(); })) {}

LogWriter::~LogWriter() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void LogWriter::Write(absl::string_view line) {
  absl::MutexLock lock(&mutex_);
  if (pending_.size() + line.size() > kMaxPendingBytes) {
    ++dropped_;
  } else {
    pending_.append(line.data(), line.size());
  }
}

void LogWriter::Flush() {
  absl::MutexLock lock(&mutex_);
  ++flushing_;
  mutex_.Await(absl::Condition(this, &LogWriter::IsIdle));
  --flushing_;
}

void LogWriter::Run() {
  std::string lines;
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &LogWriter::HasWork));
      if (pending_.empty()) return;
      mutex_.AwaitWithTimeout(absl::Condition(this, &LogWriter::IsUrgent), kMaxDelay);
      lines.clear();
      lines.swap(pending_);
      if (dropped_ > 0) {
        lines += FormatLogLine(LogLevel::kWarning, "log lines dropped", {{"lines", dropped_}});
        dropped_ = 0;
      }
      writing_ = true;
    }
    WriteAll(fd_, lines);
    absl::MutexLock lock(&mutex_);
    writing_ = false;
  }
}

bool LogWriter::IsUrgent() const { return stopping_ || flushing_ > 0 || pending_.size() >= kUrgentBytes; }

}  // namespace gisa
