#ifndef GISA_SERVER_LIFECYCLE_H_
#define GISA_SERVER_LIFECYCLE_H_

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace gisa {

// A call that may stay open for long and must be told when the server shuts down.
class Drainable {
 public:
  // Asks the call to end soon. Called at most once, on the thread that drains; must not call back into the Lifecycle.
  virtual void Drain() = 0;

 protected:
  ~Drainable() = default;
};

// Whether the server takes calls, and which are in flight.
//
// Thread-safe.
class Lifecycle {
 public:
  // Admits a call; `stream` (may be null) is drained when the time comes. UNAVAILABLE SERVER_STARTING or
  // SERVER_DRAINING. Every call, admitted or refused, must Leave in the end.
  absl::Status Enter(Drainable* stream);

  // Ends a call. When it returns, `stream` will not be drained any more.
  void Leave(Drainable* stream);

  // From starting to serving; without effect after Drain.
  void Serve();

  // Refuses new calls and tells open streams. Idempotent.
  void Drain();

  // Waits until no call is in flight; false when `deadline` comes first.
  bool WaitUntilIdle(absl::Time deadline);

 private:
  enum class State { kStarting, kServing, kDraining };

  absl::Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kStarting;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_set<Drainable*> streams_ ABSL_GUARDED_BY(mutex_);
};

// The status of calls that come, or are cut, while the server shuts down.
absl::Status DrainingError();

}  // namespace gisa

#endif  // GISA_SERVER_LIFECYCLE_H_
