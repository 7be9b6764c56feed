#ifndef GISA_TESTS_SUPPORT_STORY_H_
#define GISA_TESTS_SUPPORT_STORY_H_

#include <random>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/text/code_point.h"
#include "storage/text/hangul.h"

namespace gisa {

// A story of so many sentences of made-up words, each of 24 letters: the same about the same, with nothing in common
// with others. `about` has three bytes at least, of which the last two count.
inline std::string Story(absl::string_view about, int sentences = 12) {
  std::mt19937 random(static_cast<uint32_t>(about[1]) << 8 | static_cast<uint8_t>(about[2]));
  std::string body;
  for (int i = 0; i < sentences; ++i) {
    for (int word = 0; word < 8; ++word) {
      for (int syllable = 0; syllable < 3; ++syllable) {
        AppendCodePoint(kFirstHangulSyllable + random() % kHangulSyllables, body);
      }
      body += word == 7 ? ". " : " ";
    }
  }
  return body;
}

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_STORY_H_
