#ifndef GISA_TESTS_STORAGE_DEDUP_RANDOM_TEXT_H_
#define GISA_TESTS_STORAGE_DEDUP_RANDOM_TEXT_H_

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "storage/text/code_point.h"
#include "storage/text/hangul.h"

namespace gisa {

using Letters = std::vector<char32_t>;

// Random syllables; of few different ones, texts repeat themselves.
inline Letters RandomLetters(std::mt19937& random, size_t count, uint32_t alphabet = kHangulSyllables) {
  Letters letters(count);
  for (char32_t& letter : letters) letter = kFirstHangulSyllable + random() % alphabet;
  return letters;
}

inline std::string ToUtf8(absl::Span<const char32_t> letters) {
  std::string text;
  for (const char32_t letter : letters) AppendCodePoint(letter, text);
  return text;
}

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_DEDUP_RANDOM_TEXT_H_
