#ifndef GISA_CLIENT_WHITE_SPACE_H_
#define GISA_CLIENT_WHITE_SPACE_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace gisa {

// White space here is every character with Unicode's property White_Space, and U+FEFF, which JavaScript's trim() takes
// for white space too. All texts are valid UTF-8.

// Returns the length in bytes of the white-space character at the start (end) of `text`, 0 when there is none.
size_t LeadingWhiteSpace(absl::string_view text);
size_t TrailingWhiteSpace(absl::string_view text);

// Returns `text` without the white space at its ends.
absl::string_view StripWhiteSpace(absl::string_view text);

// Strips `text` and makes each run of white space inside it a single space.
std::string CollapseWhiteSpace(absl::string_view text);

}  // namespace gisa

#endif  // GISA_CLIENT_WHITE_SPACE_H_
