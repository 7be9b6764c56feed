#ifndef GISA_STORAGE_INDEX_PASSAGE_H_
#define GISA_STORAGE_INDEX_PASSAGE_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "storage/search.h"

namespace gisa {

// Chooses the passage of at most `max_bytes` to show around `core`, a range of valid UTF-8 `body`: a third of the room
// that is left goes before it. It is cut at white space where there is some, else where no character joins with the one
// before it, and has no white space at its ends. A core that is longer than `max_bytes` is cut short.
TextRange CutPassage(absl::string_view body, TextRange core, size_t max_bytes);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_PASSAGE_H_
