#include "server/lifecycle.h"

#include "storage/base/errors.h"

namespace gisa {

absl::Status DrainingError() {
  return MakeError(absl::StatusCode::kUnavailable, "SERVER_DRAINING", "the server is shutting down");
}

absl::Status Lifecycle::Enter(Drainable* stream) {
  absl::MutexLock lock(&mutex_);
  ++calls_;
  switch (state_) {
    case State::kStarting:
      return WithRetryDelay(
          MakeError(absl::StatusCode::kUnavailable, "SERVER_STARTING", "the server is still opening its archive"),
          absl::Seconds(1));
    case State::kDraining:
      return DrainingError();
    case State::kServing:
      break;
  }
  if (stream != nullptr) streams_.insert(stream);
  return absl::OkStatus();
}

void Lifecycle::Leave(Drainable* stream) {
  absl::MutexLock lock(&mutex_);
  --calls_;
  if (stream != nullptr) streams_.erase(stream);
}

void Lifecycle::Serve() {
  absl::MutexLock lock(&mutex_);
  if (state_ == State::kStarting) state_ = State::kServing;
}

void Lifecycle::Drain() {
  absl::MutexLock lock(&mutex_);
  state_ = State::kDraining;
  // Under the lock, so that Leave keeps each stream alive meanwhile.
  for (Drainable* stream : streams_) stream->Drain();
  streams_.clear();
}

bool Lifecycle::WaitUntilIdle(absl::Time deadline) {
  const auto idle = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return calls_ == 0; };
  absl::MutexLock lock(&mutex_);
  return mutex_.AwaitWithDeadline(absl::Condition(&idle), deadline);
}

}  // namespace gisa
