#ifndef GISA_STORAGE_LEVELDB_CALL_CONTROL_H_
#define GISA_STORAGE_LEVELDB_CALL_CONTROL_H_

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "storage/search.h"

namespace gisa {

// CANCELLED or DEADLINE_EXCEEDED when nobody waits for the answer any more.
inline absl::Status CheckControl(const SearchControl& control) {
  if (control.cancelled && control.cancelled()) return absl::CancelledError("the client is gone");
  if (absl::Now() >= control.deadline) return absl::DeadlineExceededError("the look for duplicates took too long");
  return absl::OkStatus();
}

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CALL_CONTROL_H_
