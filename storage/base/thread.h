#ifndef GISA_STORAGE_BASE_THREAD_H_
#define GISA_STORAGE_BASE_THREAD_H_

#include <thread>

#include "absl/functional/any_invocable.h"

namespace gisa {

// Who gets the processor first when more threads want one than there are.
enum class ThreadPriority {
  kNormal,      // what carries connections, and reads: somebody waits for each of them
  kWrite,       // what writes wait for: they come by the thousand, and what counts is how many get done
  kBackground,  // what nobody waits for
};

// Starts a thread that runs `body`. `name` is what tools such as top show, up to 15 bytes.
std::thread StartThread(const char* name, ThreadPriority priority, absl::AnyInvocable<void()> body);

}  // namespace gisa

#endif  // GISA_STORAGE_BASE_THREAD_H_
