#ifndef GISA_STORAGE_INDEX_SEARCH_GUARD_H_
#define GISA_STORAGE_INDEX_SEARCH_GUARD_H_

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "storage/search.h"

namespace gisa {

// Ends a search early: because its caller gave it up, or because something could not be read.
//
// Not thread-safe: one for each search.
class SearchGuard {
 public:
  explicit SearchGuard(const SearchControl& control) : control_(control) {}

  // Counts a step of work and returns whether to stop. Cheap: asks the control at the first step and then each
  // kStepsBetweenChecks.
  bool ShouldStop() {
    if (steps_++ % kStepsBetweenChecks == 0) Check();
    return !status_.ok();
  }

  void Fail(absl::Status status) {
    if (status_.ok()) status_ = std::move(status);
  }

  // OK, or why to stop: CANCELLED, DEADLINE_EXCEEDED or what was passed to Fail first.
  const absl::Status& status() const { return status_; }

 private:
  static constexpr uint32_t kStepsBetweenChecks = 1024;

  void Check() {
    if (control_.cancelled && control_.cancelled()) {
      Fail(absl::CancelledError("the search was cancelled"));
    } else if (control_.deadline != absl::InfiniteFuture() && absl::Now() >= control_.deadline) {
      Fail(absl::DeadlineExceededError("the search took too long"));
    }
  }

  const SearchControl& control_;
  uint32_t steps_ = 0;
  absl::Status status_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_SEARCH_GUARD_H_
