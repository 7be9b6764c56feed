#ifndef GISA_STORAGE_TEXT_CHAR_TRAITS_H_
#define GISA_STORAGE_TEXT_CHAR_TRAITS_H_

#include <cstdint>

namespace gisa {

// What a code point is to the analyzer.
enum class CharClass : uint8_t {
  kSeparator,  // white space, punctuation, symbols, emoji, controls, unassigned, private use
  kSyllabic,   // Hangul, Han and kana: written without spaces, so they are indexed by neighbouring pairs
  kLetter,     // any other letter or number
  kMark,       // a combining mark: belongs to the character before it
  kEnclosing,  // an enclosing mark, as in keycap emoji: covered by highlights, not part of a term
};

// The facts about a code point that reading a text needs, in a byte.
class CharTraits {
 public:
  constexpr CharTraits() = default;
  constexpr CharTraits(CharClass char_class, bool stable, bool boundary_before)
      : bits_(static_cast<uint8_t>(char_class) | (stable ? kStable : 0) | (boundary_before ? kBoundary : 0)) {}

  CharClass char_class() const { return static_cast<CharClass>(bits_ & kClassMask); }
  // NFKC_Casefold maps it to itself. True of A to Z as well, whose mapping needs no table.
  bool stable() const { return bits_ & kStable; }
  // NFKC_Casefold never joins it with what stands before it.
  bool boundary_before() const { return bits_ & kBoundary; }

 private:
  static constexpr uint8_t kClassMask = 0x07;
  static constexpr uint8_t kStable = 0x08;
  static constexpr uint8_t kBoundary = 0x10;

  uint8_t bits_ = 0;
};

// The traits of the code points below U+10000, made from ICU's properties on the first call.
const CharTraits* BmpTraits();

// The traits of any code point.
CharTraits FindTraits(char32_t c);

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_CHAR_TRAITS_H_
