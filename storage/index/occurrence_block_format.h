#ifndef GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_FORMAT_H_
#define GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_FORMAT_H_

#include <cstdint>

#include "storage/index/occurrence.h"

namespace gisa {

// What the writer and the reader of blocks of occurrences share. Stored: frozen.

// How positions are written: in as many bits as most of them need, the others apart.
inline constexpr int kPositionBitsBits = 5;
inline constexpr int kExceptionParameterBits = 3;  // 0 when there are none, else the low bits of their list, plus 1
inline constexpr int kMaxExceptionLowBits = 6;
inline constexpr int kExceptionWidthBits = 5;  // how many bits an exception takes

// How a flag is written: one of these, or one that has a list of the places that differ from the others.
inline constexpr int kFlagParameterBits = 4;
inline constexpr uint32_t kNoneSet = 0;
inline constexpr uint32_t kAllSet = 1;
inline constexpr uint32_t kBitmap = 2;
inline constexpr uint32_t kListOfSet = 3;    // plus the low bits of the list
inline constexpr uint32_t kListOfUnset = 9;  // plus the low bits of the list
inline constexpr int kMaxFlagLowBits = 5;
inline constexpr uint32_t kFlagParameterEnd = kListOfUnset + kMaxFlagLowBits + 1;

inline constexpr int kMaxPositionBits = 30;
static_assert(kMaxPosition == (uint32_t{1} << kMaxPositionBits) - 1);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_FORMAT_H_
