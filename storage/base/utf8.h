#ifndef GISA_STORAGE_BASE_UTF8_H_
#define GISA_STORAGE_BASE_UTF8_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace gisa {

// Returns the offset of the first byte that is not part of a well-formed UTF-8 sequence (Unicode 15, table 3-7: no
// surrogates, no overlong forms, nothing past U+10FFFF), or text.size() when there is none.
size_t FindInvalidUtf8(absl::string_view text);

inline bool IsValidUtf8(absl::string_view text) { return FindInvalidUtf8(text) == text.size(); }

// Returns the largest code point boundary of valid UTF-8 `text` that is not past `offset`.
size_t FloorCodePoint(absl::string_view text, size_t offset);

}  // namespace gisa

#endif  // GISA_STORAGE_BASE_UTF8_H_
