#include "client/commands/progress.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "client/commands/display_text.h"
#include "client/commands/quantity.h"

namespace gisa {
namespace {

constexpr absl::Duration kTerminalInterval = absl::Milliseconds(100);
constexpr absl::Duration kPlainInterval = absl::Seconds(5);
constexpr size_t kBarWidth = 24;
constexpr char kClearLine[] = "\r\x1b[K";

}  // namespace

std::string ProgressText(const ProgressState& state, bool with_bar, size_t width) {
  const double seconds = absl::ToDoubleSeconds(state.elapsed);
  std::string text;
  if (state.bytes_total > 0) {
    const double share = std::min(1.0, static_cast<double>(state.bytes_read) / static_cast<double>(state.bytes_total));
    if (with_bar) {
      const auto full = static_cast<size_t>(share * kBarWidth);
      absl::StrAppend(&text, "[", std::string(full, '#'), std::string(kBarWidth - full, '-'), "] ");
    }
    absl::StrAppendFormat(&text, "%3.0f%%  ", share * 100);
  }
  absl::StrAppend(&text, CountText(state.articles), state.articles == 1 ? " article" : " articles");
  if (state.failures > 0) absl::StrAppend(&text, ", ", CountText(state.failures), " rejected");
  if (seconds > 0) {
    absl::StrAppend(&text, "  ", CountText(static_cast<uint64_t>(static_cast<double>(state.articles) / seconds)), "/s");
  }
  if (state.bytes_read > 0 && state.bytes_read < state.bytes_total) {
    const double left = static_cast<double>(state.bytes_total - state.bytes_read);
    absl::StrAppend(&text, "  ", DurationText(state.elapsed * (left / static_cast<double>(state.bytes_read))), " left");
  }
  return CutToWidth(text, width);
}

ProgressDisplay::ProgressDisplay(Console* console, bool quiet)
    : console_(*console), quiet_(quiet), start_(absl::Now()), next_(start_) {
  if (!console_.err_is_terminal()) next_ += kPlainInterval;
}

void ProgressDisplay::Update(ProgressState state) {
  const absl::Time now = absl::Now();
  if (quiet_ || now < next_) return;
  state.elapsed = now - start_;
  if (console_.err_is_terminal()) {
    next_ = now + kTerminalInterval;
    // One column less, for some terminals break the line after the last.
    console_.PrintError(absl::StrCat(kClearLine, ProgressText(state, /*with_bar=*/true, console_.err_width() - 1)));
    line_is_shown_ = true;
  } else {
    next_ = now + kPlainInterval;
    console_.PrintError(absl::StrCat(ProgressText(state, /*with_bar=*/false, console_.err_width()), "\n"));
  }
}

void ProgressDisplay::Clear() {
  if (!line_is_shown_) return;
  console_.PrintError(kClearLine);
  line_is_shown_ = false;
  next_ = absl::InfinitePast();
}

}  // namespace gisa
