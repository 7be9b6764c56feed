#ifndef GISA_STORAGE_DEDUP_HASH_SPACE_H_
#define GISA_STORAGE_DEDUP_HASH_SPACE_H_

#include <cstdint>

#include "storage/dedup/hash_mix.h"

namespace gisa {

// The hashes of sketches have one space of numbers, kept in order: bands below kFingerprintsBegin, fingerprints from
// there on. So what is like the whole of a body can be read without what shares a passage with it. The parts are about
// as large as a body has bands and fingerprints, so that the hashes are spread evenly over the whole.
// What is stored depends on this; it must never change.
inline constexpr uint64_t kFingerprintsBegin = uint64_t{1} << 62;

constexpr uint64_t BandHash(uint64_t hash) { return hash >> 2; }

// Mixed anew: a fingerprint is chosen for its small hash.
constexpr uint64_t FingerprintHash(uint64_t hash) { return kFingerprintsBegin + 3 * (MixBits(hash) >> 2); }

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_HASH_SPACE_H_
