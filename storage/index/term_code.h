#ifndef GISA_STORAGE_INDEX_TERM_CODE_H_
#define GISA_STORAGE_INDEX_TERM_CODE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace gisa {

// A term in index form (term.h) as a number, so that terms are compared, sorted and counted without touching strings.
//
// A term of one or two characters from U+0800 to U+FFFF is its own code: the first << 16 | the second, or 0. Those are
// the bigrams and single characters of Hangul, Han and kana, nearly all there are. Such codes order as their terms do,
// and those that begin with the same character stand together.
//
// Any other term is listed: it has the number of its place in a list that goes with the codes (AnalyzedDocument,
// MemorySegment), counted from where the first character would be a surrogate, which no text holds.
using TermCode = uint32_t;

inline constexpr TermCode kFirstListedTerm = 0xD800'0000;
inline constexpr uint32_t kMaxListedTerms = 0x0800'0000;

constexpr bool IsListedTerm(TermCode code) { return code - kFirstListedTerm < kMaxListedTerms; }

// What a character that has a code takes in a term: it is UTF-8.
inline constexpr size_t kCodedCharacterBytes = 3;

// The code of such a character, or of two.
constexpr TermCode CodeOfCharacters(char32_t first, char32_t second = 0) { return first << 16 | second; }

// The code of a term in index form; nullopt when it is to be listed.
std::optional<TermCode> CodeOfTerm(absl::string_view term);

// The term, in index form, of a code that is not of a listed one.
std::string TermOfCode(TermCode code);

// Whether a code is that of two characters, of which the second is that of `character`.
constexpr bool HasSecondCharacter(TermCode code, TermCode character) {
  return (code & 0xFFFF) == character >> 16 && !IsListedTerm(code);
}

// The last code of those that begin with the character of `code`.
constexpr TermCode LastWithCharacterOf(TermCode code) { return code | 0xFFFF; }

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TERM_CODE_H_
