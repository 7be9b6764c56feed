#include "client/commands/exit_code.h"

#include "storage/base/errors.h"

namespace gisa {

ExitCode ExitCodeFor(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return ExitCode::kOk;
    case absl::StatusCode::kNotFound:
      return ExitCode::kSomeFailed;
    case absl::StatusCode::kInvalidArgument:
      return ExitCode::kUsage;
    case absl::StatusCode::kUnavailable:
      return ErrorReason(status) == "STORAGE_WRITE_FAILED" ? ExitCode::kError : ExitCode::kUnreachable;
    default:
      return ExitCode::kError;
  }
}

}  // namespace gisa
