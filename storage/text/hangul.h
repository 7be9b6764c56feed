#ifndef GISA_STORAGE_TEXT_HANGUL_H_
#define GISA_STORAGE_TEXT_HANGUL_H_

#include <cstdint>

namespace gisa {

// Arithmetic of the precomposed Hangul syllables (Unicode, section 3.12).
inline constexpr char32_t kFirstHangulSyllable = 0xAC00;
inline constexpr uint32_t kHangulSyllables = 11172;
inline constexpr uint32_t kHangulVowels = 21;
inline constexpr uint32_t kFinalConsonants = 28;  // none among them

// What each takes as UTF-8.
inline constexpr uint32_t kHangulBytes = 3;

constexpr bool IsHangulSyllable(char32_t c) { return c - kFirstHangulSyllable < kHangulSyllables; }

// The final consonant (받침) of a syllable by its number among the 27, 0 when it ends in its vowel.
constexpr uint32_t FinalConsonant(char32_t syllable) { return (syllable - kFirstHangulSyllable) % kFinalConsonants; }
inline constexpr uint32_t kFinalRieul = 8;

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_HANGUL_H_
