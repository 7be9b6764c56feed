#include "client/commands/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

constexpr size_t kDefaultWidth = 100;

bool IsTerminal(FILE* stream) { return isatty(fileno(stream)) == 1; }

// https://no-color.org
bool ColorIsWanted() {
  const char* const no_color = std::getenv("NO_COLOR");
  const char* const term = std::getenv("TERM");
  return (no_color == nullptr || *no_color == '\0') && term != nullptr && absl::string_view(term) != "dumb";
}

size_t TerminalWidth(FILE* stream) {
  winsize size = {};
  if (ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
  return size.ws_col;
}

std::string WithStyle(Style style, absl::string_view text) {
  const absl::string_view code = style == Style::kBold  ? "1"
                                 : style == Style::kDim ? "2"
                                 : style == Style::kRed ? "31"
                                                        : "1;33";
  return absl::StrCat("\x1b[", code, "m", text, "\x1b[0m");
}

absl::Status WriteError(int error) {
  if (error == EPIPE) return MakeError(absl::StatusCode::kCancelled, kOutputClosed, "the reader of the output is gone");
  return absl::InternalError(absl::StrCat("cannot write the output: ", std::strerror(error)));
}

}  // namespace

Console::Console(FILE* out, FILE* err)
    : out_(out),
      err_(err),
      out_is_terminal_(IsTerminal(out)),
      err_is_terminal_(IsTerminal(err)),
      out_has_color_(out_is_terminal_ && ColorIsWanted()),
      err_has_color_(err_is_terminal_ && ColorIsWanted()) {}

absl::Status Console::Print(absl::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), out_) != text.size()) return WriteError(errno);
  return absl::OkStatus();
}

absl::Status Console::Flush() {
  errno = 0;
  return std::fflush(out_) == 0 ? absl::OkStatus() : WriteError(errno);
}

void Console::PrintError(absl::string_view text) { std::fwrite(text.data(), 1, text.size(), err_); }

size_t Console::out_width() const { return TerminalWidth(out_); }

size_t Console::err_width() const { return TerminalWidth(err_); }

std::string Console::Styled(Style style, absl::string_view text) const {
  return out_has_color_ ? WithStyle(style, text) : std::string(text);
}

std::string Console::StyledError(Style style, absl::string_view text) const {
  return err_has_color_ ? WithStyle(style, text) : std::string(text);
}

}  // namespace gisa
