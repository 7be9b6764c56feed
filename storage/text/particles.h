#ifndef GISA_STORAGE_TEXT_PARTICLES_H_
#define GISA_STORAGE_TEXT_PARTICLES_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"

namespace gisa {

// The longest particle or ending known, in syllables.
inline constexpr size_t kMaxParticleLength = 7;

// Tells which ends of an eojeol can be cut off as a particle (조사), a stack of particles or a common ending, so that
// what is left is a noun: of 대전에서는, the last 1 (는) and the last 3 (에서는).
//
// `syllables` are the eojeol's, or its last ones, composed. Bit k of the result says that the last k are such an
// end; bit 0 is always set. The forms that depend on the sound before them (은/는, 이/가, 으로/로 …) are checked
// against it where it is a Hangul syllable: 과 ends 서울과, not 효과. Thread-safe.
uint32_t FindParticles(absl::Span<const char32_t> syllables);

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_PARTICLES_H_
