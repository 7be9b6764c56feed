#ifndef GISA_STORAGE_DEDUP_ROLLING_HASH_H_
#define GISA_STORAGE_DEDUP_ROLLING_HASH_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "storage/dedup/hash_mix.h"

namespace gisa {

// Calls `visit` with the hash of each window of `length` letters, in order: none when there are fewer.
//
// A polynomial of the code points modulo 2^64, which rolls from one window to the next with two multiplications (R.
// Karp and M. Rabin, "Efficient randomized pattern-matching algorithms", 1987), then mixed, as its low bits depend on
// the low bits of the letters only. Equal windows have equal hashes; that two others among a billion do is a chance
// in 40. What is stored depends on it; it must never change.
template <typename Visit>
void HashWindows(absl::Span<const char32_t> letters, size_t length, Visit visit) {
  constexpr uint64_t kBase = 0x9E3779B97F4A7C15;  // odd, so that no letter is lost
  if (letters.size() < length) return;
  uint64_t out_factor = 1;  // of the letter that leaves the window
  uint64_t hash = 0;
  for (size_t i = 0; i < length; ++i) {
    hash = hash * kBase + letters[i];
    out_factor *= kBase;
  }
  visit(MixBits(hash));
  for (size_t i = length; i < letters.size(); ++i) {
    hash = hash * kBase + (letters[i] - letters[i - length] * out_factor);
    visit(MixBits(hash));
  }
}

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_ROLLING_HASH_H_
