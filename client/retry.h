#ifndef GISA_CLIENT_RETRY_H_
#define GISA_CLIENT_RETRY_H_

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

namespace gisa {

// How often and how patiently a call is tried again.
struct RetryPolicy {
  int max_attempts = 5;  // the first one included; 1 never retries
  absl::Duration initial_delay = absl::Milliseconds(100);
  absl::Duration max_delay = absl::Seconds(5);
  double multiplier = 2;
};

// Whether the same call may succeed later: UNAVAILABLE; RESOURCE_EXHAUSTED with a retry delay, for without one the
// exhausted resource is not about to come back, such as a full disk or a message over the limit; and CANCELLED, with
// which gRPC's server answers calls that arrive as it closes. So only for calls that the caller did not cancel.
bool IsRetriable(const absl::Status& status);

// The delays between attempts: exponential, each shortened at random by up to a half, so that clients that failed
// together do not come back together.
//
// Not thread-safe.
class Backoff {
 public:
  explicit Backoff(const RetryPolicy& policy) : policy_(policy) {}

  // How long to wait after the next failure; no shorter than the delay that `failure` asks for.
  absl::Duration Next(const absl::Status& failure);

  // Starts over after a success.
  void Reset() { failures_ = 0; }

  // Failures since the start or the last success.
  int failures() const { return failures_; }

 private:
  const RetryPolicy policy_;
  absl::BitGen random_;
  int failures_ = 0;
};

}  // namespace gisa

#endif  // GISA_CLIENT_RETRY_H_
