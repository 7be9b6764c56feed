#ifndef GISA_CLIENT_COMMANDS_EXIT_CODE_H_
#define GISA_CLIENT_COMMANDS_EXIT_CODE_H_

#include "absl/status/status.h"

namespace gisa {

// How `gisa` ends; `gisa --help` documents the numbers, so they never change.
enum class ExitCode {
  kOk = 0,
  kSomeFailed = 1,   // articles were rejected, or not found
  kUsage = 2,        // what was asked for makes no sense
  kUnreachable = 3,  // no server answers, or it is starting or shutting down
  kError = 4,        // any other error
};

// The exit code of a command that ended with `status`.
ExitCode ExitCodeFor(const absl::Status& status);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_EXIT_CODE_H_
