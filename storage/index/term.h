#ifndef GISA_STORAGE_INDEX_TERM_H_
#define GISA_STORAGE_INDEX_TERM_H_

#include <string>

#include "absl/strings/string_view.h"

namespace gisa {

// The name space that a term belongs to: the first byte of its index form. Stored, so the values are frozen.
enum class Field : char {
  kText = 't',  // title and body
};

// Where in a term one of its characters stands.
enum class CharacterPlace {
  kAlone,   // it is the term
  kFirst,   // of two
  kSecond,  // of two
};

// Terms longer than this are replaced by a prefix and a digest.
inline constexpr size_t kMaxTermBytes = 64;

// Appends the index form of a term of the analyzer: the field, then the term, or, when it is longer than kMaxTermBytes,
// its first 32 bytes, a byte 0xFF that no UTF-8 holds, and half of its SHA-256 in hex. Never holds a byte 0. Terms that
// begin with the same character have index forms that begin with the index form of that character.
void AppendTerm(Field field, absl::string_view term, std::string* out);

inline std::string MakeTerm(Field field, absl::string_view term) {
  std::string out;
  AppendTerm(field, term, &out);
  return out;
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TERM_H_
