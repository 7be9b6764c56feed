#include "storage/base/thread.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <optional>
#include <utility>

#include "storage/base/write_threads.h"

namespace gisa {
namespace {

// Each step is a factor of 1.25 between the shares of two threads that want the same processor: see sched(7) of Linux.
// Writes get a third of what reads get, and so come on beside any number of searches, or other programs.
int NiceValue(ThreadPriority priority) {
  switch (priority) {
    case ThreadPriority::kNormal:
      break;
    case ThreadPriority::kWrite:
      return 5;
    case ThreadPriority::kBackground:
      return 15;
  }
  return 0;
}

}  // namespace

std::thread StartThread(const char* name, ThreadPriority priority, absl::AnyInvocable<void()> body) {
  return std::thread([name, priority, body = std::move(body)]() mutable {
    // Neither can fail in a way that matters: the thread then is called as its maker is, or is as urgent.
    prctl(PR_SET_NAME, name);
    // On Linux a nice value is one thread's, and 0 is the calling one. It adds to that of the process.
    const int nice = NiceValue(priority);
    if (nice > 0) setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + nice);
    std::optional<WriteThreads::Membership> membership;
    if (priority != ThreadPriority::kNormal) membership.emplace();
    body();
  });
}

}  // namespace gisa
