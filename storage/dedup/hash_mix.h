#ifndef GISA_STORAGE_DEDUP_HASH_MIX_H_
#define GISA_STORAGE_DEDUP_HASH_MIX_H_

#include <cstdint>

namespace gisa {

// The finalizer of MurmurHash3 (A. Appleby, public domain): a bijection after which every bit depends on every other.
// What is stored depends on it; it must never change.
constexpr uint64_t MixBits(uint64_t x) {
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCD;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53;
  x ^= x >> 33;
  return x;
}

// A number below `range` out of 32 random bits, without a division (D. Lemire, "Fast random integer generation in an
// interval", 2019).
constexpr uint32_t ReduceToRange(uint32_t random, uint32_t range) {
  return static_cast<uint32_t>(uint64_t{random} * range >> 32);
}

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_HASH_MIX_H_
