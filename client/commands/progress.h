#ifndef GISA_CLIENT_COMMANDS_PROGRESS_H_
#define GISA_CLIENT_COMMANDS_PROGRESS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "client/commands/console.h"

namespace gisa {

// How far an ingest is.
struct ProgressState {
  uint64_t articles = 0;  // answered
  uint64_t failures = 0;
  uint64_t bytes_read = 0;
  uint64_t bytes_total = 0;  // 0 while unknown
  absl::Duration elapsed;
};

// One line about it: count, failures, rate and, when the total is known, a bar, the share and the time left. At most
// `width` columns; `with_bar` is for terminals.
std::string ProgressText(const ProgressState& state, bool with_bar, size_t width);

// Shows progress on the errors: on a terminal a line that is overwritten, elsewhere a line every few seconds.
//
// Not thread-safe.
class ProgressDisplay {
 public:
  // Shows nothing when `quiet`.
  ProgressDisplay(Console* console, bool quiet);

  // Shows the state when it is time for that.
  void Update(ProgressState state);

  // Removes the line from the terminal, so that something else can be written there.
  void Clear();

 private:
  Console& console_;
  const bool quiet_;
  const absl::Time start_;
  absl::Time next_;
  bool line_is_shown_ = false;
};

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_PROGRESS_H_
