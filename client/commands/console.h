#ifndef GISA_CLIENT_COMMANDS_CONSOLE_H_
#define GISA_CLIENT_COMMANDS_CONSOLE_H_

#include <cstddef>
#include <cstdio>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace gisa {

// The reason of CANCELLED when the reader of the output has gone, as in `gisa export | head`.
inline constexpr char kOutputClosed[] = "OUTPUT_CLOSED";

enum class Style { kBold, kDim, kRed, kHighlight };

// Standard output and standard error of a command. Results go to the output, all else to the errors.
//
// Thread-safe as far as stdio is: each call writes its text as a whole.
class Console {
 public:
  // Looks at what the streams are, and at NO_COLOR and TERM. The streams outlive the console.
  Console(FILE* out, FILE* err);

  // Writes to the output. CANCELLED OUTPUT_CLOSED when nobody reads it any more; else INTERNAL with the cause, such as
  // a full disk. Flush makes sure that all of it is written.
  absl::Status Print(absl::string_view text);
  absl::Status Flush();

  // Writes to the errors; what goes wrong there cannot be told.
  void PrintError(absl::string_view text);

  bool out_is_terminal() const { return out_is_terminal_; }
  bool err_is_terminal() const { return err_is_terminal_; }

  // Columns of the output's terminal; 100 elsewhere.
  size_t out_width() const;
  size_t err_width() const;

  // `text` in a style where the output, or the errors, show colour; unchanged elsewhere.
  std::string Styled(Style style, absl::string_view text) const;
  std::string StyledError(Style style, absl::string_view text) const;
  bool out_has_color() const { return out_has_color_; }

 private:
  FILE* const out_;
  FILE* const err_;
  const bool out_is_terminal_;
  const bool err_is_terminal_;
  const bool out_has_color_;
  const bool err_has_color_;
};

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_CONSOLE_H_
