#include "client/retry.h"

#include <algorithm>
#include <cmath>

#include "storage/base/errors.h"

namespace gisa {

bool IsRetriable(const absl::Status& status) {
  if (absl::IsUnavailable(status) || absl::IsCancelled(status)) return true;
  return absl::IsResourceExhausted(status) && ErrorRetryDelay(status).has_value();
}

absl::Duration Backoff::Next(const absl::Status& failure) {
  const double growth = std::pow(policy_.multiplier, failures_++);
  const absl::Duration longest = std::min(policy_.initial_delay * growth, policy_.max_delay);
  const absl::Duration delay = longest * absl::Uniform(random_, 0.5, 1.0);
  return std::max(delay, ErrorRetryDelay(failure).value_or(absl::ZeroDuration()));
}

}  // namespace gisa
