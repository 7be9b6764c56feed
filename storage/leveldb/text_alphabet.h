#ifndef GISA_STORAGE_LEVELDB_TEXT_ALPHABET_H_
#define GISA_STORAGE_LEVELDB_TEXT_ALPHABET_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gisa {

// Codes for characters that are shorter than UTF-8's: one byte for each of the most frequent, two for the next. A
// syllable of Hangul has three bytes in UTF-8, of which the first says next to nothing; what compresses bytes finds
// more in the codes, and has half as many of them to look at.
//
//   00 to 7F  ASCII
//   80 to F6  the first 119 characters
//   F7 to FE  and a second byte: the next 2,048
//   FF        and a byte that has no code: this one as it is
//
// Any bytes can be encoded, and what is encoded piece by piece is the whole's code.
//
// Thread-safe.
class TextAlphabet {
 public:
  // The characters that at least `min_texts` of the texts have, the most frequent first, as many as there are codes.
  static std::string Choose(absl::Span<const std::string> texts, uint32_t min_texts);

  // `characters` as Choose returns them. What cannot have a code in it is passed over.
  explicit TextAlphabet(absl::string_view characters);

  std::string Encode(absl::string_view text) const;

  // Absent when `coded` is not what Encode makes.
  std::optional<std::string> Decode(absl::string_view coded) const;

 private:
  // The bytes of a character.
  struct Utf8 {
    std::array<char, 4> bytes = {};
    uint8_t size = 0;  // 0: there is none
  };

  std::vector<uint16_t> codes_;   // by place: the first byte, above it the second; 0 for none
  std::vector<Utf8> characters_;  // by code: those of one byte, then those of two
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TEXT_ALPHABET_H_
