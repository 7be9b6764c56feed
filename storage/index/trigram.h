#ifndef GISA_STORAGE_INDEX_TRIGRAM_H_
#define GISA_STORAGE_INDEX_TRIGRAM_H_

#include <compare>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/index/term_code.h"

namespace gisa {

// Whether a code is that of two characters.
constexpr bool IsBigram(TermCode code) { return (code & 0xFFFF) != 0 && !IsListedTerm(code); }

// Three characters in a row, as two bigrams of which the second begins with the last character of the first. They stand
// in a text where the second bigram is at the position after the first one's.
struct Trigram {
  TermCode first = 0;
  TermCode second = 0;

  friend auto operator<=>(const Trigram& a, const Trigram& b) = default;
};

// Whether two bigrams are such a pair.
constexpr bool IsTrigram(TermCode first, TermCode second) { return (first & 0xFFFF) == second >> 16; }

// The characters in UTF-8. Trigrams order as these do.
std::string TextOf(const Trigram& trigram);

// The trigram of such a text; nullopt when it is no text of three characters that bigrams are made of.
std::optional<Trigram> ParseTrigram(absl::string_view text);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TRIGRAM_H_
