#ifndef GISA_STORAGE_BASE_MUTEX_CHECKS_H_
#define GISA_STORAGE_BASE_MUTEX_CHECKS_H_

#include "absl/synchronization/mutex.h"

namespace gisa {

// Stops absl::Mutex from looking for deadlocks, which in Debian's packages it does at each lock, also in a release:
// they are built without NDEBUG. gRPC's locks are of the same kind. Debug builds of ours go on looking. Call it first
// in main.
inline void StopDeadlockDetection() {
#ifdef NDEBUG
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
}

}  // namespace gisa

#endif  // GISA_STORAGE_BASE_MUTEX_CHECKS_H_
