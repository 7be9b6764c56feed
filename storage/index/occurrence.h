#ifndef GISA_STORAGE_INDEX_OCCURRENCE_H_
#define GISA_STORAGE_INDEX_OCCURRENCE_H_

#include <cstdint>

namespace gisa {

// One place of a term in a document: its position (see storage/text/analyzer.h) above two flags. So occurrences sort by
// position, and the flags travel with them through every encoding.
using Occurrence = uint32_t;

inline constexpr uint32_t kStartsEojeol = 2;
inline constexpr uint32_t kEndsStem = 1;
inline constexpr uint32_t kOccurrenceFlags = kStartsEojeol | kEndsStem;

// Positions that do not fit are not indexed; a text has to be larger than 1 GiB to get there.
inline constexpr uint32_t kMaxPosition = UINT32_MAX >> 2;

constexpr Occurrence MakeOccurrence(uint32_t position, bool starts_eojeol, bool ends_stem) {
  return position << 2 | (starts_eojeol ? kStartsEojeol : 0) | (ends_stem ? kEndsStem : 0);
}
constexpr uint32_t PositionOf(Occurrence occurrence) { return occurrence >> 2; }

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_H_
