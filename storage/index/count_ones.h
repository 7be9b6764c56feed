#ifndef GISA_STORAGE_INDEX_COUNT_ONES_H_
#define GISA_STORAGE_INDEX_COUNT_ONES_H_

#include <cstdint>

namespace gisa {

// How many bits are set: those of each pair of bits, of each four, of each eight, of all (Warren: Hacker's Delight,
// 5-1). Not all processors that this is built for have an instruction for it, so compilers call a function.
inline uint32_t CountOnes(uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555;
  bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
  bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0f;
  return static_cast<uint32_t>(bits * 0x0101010101010101 >> 56);
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_COUNT_ONES_H_
