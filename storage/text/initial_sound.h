#ifndef GISA_STORAGE_TEXT_INITIAL_SOUND_H_
#define GISA_STORAGE_TEXT_INITIAL_SOUND_H_

#include "storage/text/hangul.h"

namespace gisa {

// The initial-sound rule (두음법칙; 한글 맞춤법, 10 to 12): what the syllable of a Hanja becomes at the start of a
// word. 녀 becomes 여 (女性, 여성), 리 이 (理論, 이론), 로 노 (老人, 노인). Any other syllable, which the rule does not
// touch, is returned as it is.
constexpr char32_t ByInitialSoundRule(char32_t syllable) {
  // By the number of the initial consonant, among 19 in the order of Unicode.
  constexpr uint32_t kNieun = 2;
  constexpr uint32_t kRieul = 5;
  constexpr uint32_t kSilent = 11;
  if (!IsHangulSyllable(syllable)) return syllable;
  const uint32_t index = syllable - kFirstHangulSyllable;
  const uint32_t initial = index / (kHangulVowels * kFinalConsonants);
  const uint32_t vowel = index / kFinalConsonants % kHangulVowels;
  // ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ, before which no ㄴ begins a word either.
  const bool is_palatal =
      vowel == 2 || vowel == 3 || vowel == 6 || vowel == 7 || vowel == 12 || vowel == 17 || vowel == 20;
  const auto with_initial = [index, initial](uint32_t other) {
    return kFirstHangulSyllable + index - (initial - other) * kHangulVowels * kFinalConsonants;
  };
  if (is_palatal && (initial == kNieun || initial == kRieul)) return with_initial(kSilent);
  if (initial == kRieul) return with_initial(kNieun);
  return syllable;
}

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_INITIAL_SOUND_H_
