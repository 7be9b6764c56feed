#ifndef GISA_STORAGE_LEVELDB_KEPT_WORDS_H_
#define GISA_STORAGE_LEVELDB_KEPT_WORDS_H_

#include <algorithm>

#include "absl/strings/string_view.h"

namespace gisa {

// What stands between words, for a dictionary.
inline bool IsWhiteSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Whether a word with that character may be kept in a dictionary, which stays when texts are deleted: no number, no
// address.
inline bool MayBeKept(char c) { return (c < '0' || c > '9') && c != '@'; }

inline bool MayBeKept(absl::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return MayBeKept(c); });
}

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_KEPT_WORDS_H_
