#ifndef GISA_STORAGE_INDEX_SHORT_FLOAT_H_
#define GISA_STORAGE_INDEX_SHORT_FLOAT_H_

#include <cstdint>

namespace gisa {

// Numbers that fit a byte: 0 to 7 as they are, then four significant bits and an exponent. They ascend with their
// codes, and neighbours are an eighth of their size or less apart. Stored: frozen.

constexpr uint64_t ShortFloatValue(uint8_t code) {
  return code < 8 ? code : uint64_t{8u + (code & 7u)} << ((code >> 3) - 1);
}

// The code of the largest such number that is at most `value`.
constexpr uint8_t ShortFloatFloor(uint32_t value) {
  if (value < 8) return static_cast<uint8_t>(value);
  const int exponent = 28 - __builtin_clz(value);
  return static_cast<uint8_t>((exponent + 1) << 3 | (value >> exponent & 7));
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_SHORT_FLOAT_H_
