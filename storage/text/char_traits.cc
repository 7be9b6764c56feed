#include "storage/text/char_traits.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <array>

#include "storage/text/nfkc_casefold.h"

namespace gisa {
namespace {

// The archaic vowel ᆞ. Its compatibility form ㆍ (U+318D) is what Korean news sets for an interpunct, as in 민ㆍ관, and
// NFKC turns one into the other.
constexpr char32_t kAraea = 0x119E;

bool IsSyllabicScript(char32_t c) {
  for (const UScriptCode script : {USCRIPT_HANGUL, USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA}) {
    // By script extensions: the prolonged sound mark ー is shared by two scripts.
    if (uscript_hasScript(c, script)) return true;
  }
  return false;
}

CharClass Classify(char32_t c) {
  if (c == kAraea) return CharClass::kSeparator;
  const uint32_t category = U_MASK(u_charType(c));
  if (category & U_GC_ME_MASK) return CharClass::kEnclosing;
  if (category & U_GC_M_MASK) return CharClass::kMark;
  if (category & (U_GC_L_MASK | U_GC_N_MASK)) {
    return IsSyllabicScript(c) ? CharClass::kSyllabic : CharClass::kLetter;
  }
  return CharClass::kSeparator;
}

CharTraits ComputeTraits(char32_t c) {
  const bool stable = (c >= 'A' && c <= 'Z') || !u_hasBinaryProperty(c, UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED);
  return CharTraits(Classify(c), stable, NfkcCasefold().hasBoundaryBefore(c));
}

using BmpTable = std::array<CharTraits, 0x10000>;

const BmpTable& MakeBmpTable() {
  auto* const table = new BmpTable;
  for (char32_t c = 0; c < table->size(); ++c) (*table)[c] = ComputeTraits(c);
  return *table;
}

}  // namespace

const CharTraits* BmpTraits() {
  static const BmpTable& table = MakeBmpTable();
  return table.data();
}

CharTraits FindTraits(char32_t c) { return c < 0x10000 ? BmpTraits()[c] : ComputeTraits(c); }

}  // namespace gisa
