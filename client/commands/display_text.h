#ifndef GISA_CLIENT_COMMANDS_DISPLAY_TEXT_H_
#define GISA_CLIENT_COMMANDS_DISPLAY_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace gisa {

// Text as a terminal shows it: Hangul, Han, kana and emoji take two columns, combining marks none (Unicode 15, East
// Asian Width W and F). Close enough to align tables; what a terminal makes of emoji sequences is its own affair.
// All functions take UTF-8; an invalid byte counts as one column.

size_t DisplayWidth(absl::string_view text);

// The longest beginning of `text` that fits into `columns`, the last of which holds an ellipsis when something was cut.
std::string CutToWidth(absl::string_view text, size_t columns);

// `text` followed by spaces up to `columns`.
std::string PadToWidth(absl::string_view text, size_t columns);

// `text`, which has no line ends, in lines of up to `columns`, at least two: cut at spaces, which are left out, and
// within a word that is longer. One empty line for an empty text.
std::vector<std::string> WrapToWidth(absl::string_view text, size_t columns);

// What may be sent to a terminal: control characters, with which crawled text could move the cursor or change the
// terminal's settings, become U+FFFD; tabs and newlines stay, or become spaces in OneLine.
std::string Printable(absl::string_view text);
std::string OneLine(absl::string_view text);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_DISPLAY_TEXT_H_
