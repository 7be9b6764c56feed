#ifndef GISA_TESTS_SUPPORT_KOREAN_TEXT_H_
#define GISA_TESTS_SUPPORT_KOREAN_TEXT_H_

#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace gisa {

// Makes up texts that look to an index like Korean news: eojeols of Hangul from a few syllables, so that words occur
// inside one another, with particles, Hanja, Latin words, numbers and punctuation between them. Not thread-safe.
class KoreanText {
 public:
  explicit KoreanText(std::mt19937* rng) : rng_(*rng) {}

  std::string Text(size_t eojeols) {
    std::string text;
    for (size_t i = 0; i < eojeols; ++i) {
      text += Eojeol();
      text += Pick({" ", " ", " ", " ", " ", ", ", ". ", "\n", "·", "(", ") ", "", "ㆍ"});
    }
    return text;
  }

  // A piece of a text without white space, which has a letter or a digit.
  std::string QueryWord() {
    switch (rng_() % 6) {
      case 0:
        return Pick(kSyllables);
      case 1:
        return Eojeol() + Eojeol();
      case 2:
        return Eojeol() + "·" + Eojeol();
      case 3:
        return Pick(kOthers);
      default:
        return Hangul(2 + rng_() % 3);
    }
  }

 private:
  // Few enough that any two of them often stand side by side.
  static inline const std::vector<absl::string_view> kSyllables = {"대", "전", "시", "장", "한", "국", "정", "부",
                                                                   "물", "가", "나", "이", "은", "에", "서", "여"};
  static inline const std::vector<absl::string_view> kOthers = {
      "AI",   "KBS", "ai",   "K",  "2024", "3",    "10", "G20", "美", "中국",   "\u110C\u1165\u11AB",
      "ＡＩ", "é",   "大田", "田", "國",   "市場", "女", "金",  "樂", "\uF90A", "𠮷"};

  std::string Pick(const std::vector<absl::string_view>& choices) {
    return std::string(choices[rng_() % choices.size()]);
  }

  std::string Hangul(size_t syllables) {
    std::string text;
    for (size_t i = 0; i < syllables; ++i) text += Pick(kSyllables);
    return text;
  }

  std::string Eojeol() {
    std::string eojeol = rng_() % 5 == 0 ? Pick(kOthers) : Hangul(1 + rng_() % 4);
    if (rng_() % 6 == 0) eojeol += Pick(kOthers);
    if (rng_() % 3 == 0) eojeol += Pick({"은", "에서", "이", "의", "까지", "으로"});
    return eojeol;
  }

  std::mt19937& rng_;
};

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_KOREAN_TEXT_H_
