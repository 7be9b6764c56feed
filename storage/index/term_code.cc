#include "storage/index/term_code.h"

#include "storage/index/term.h"
#include "storage/text/code_point.h"

namespace gisa {
namespace {

bool IsCodedCharacter(char lead) { return static_cast<uint8_t>(lead) >> 4 == 0xE; }

}  // namespace

std::optional<TermCode> CodeOfTerm(absl::string_view term) {
  const absl::string_view text = term.substr(1);  // behind the field
  if (text.size() != kCodedCharacterBytes && text.size() != 2 * kCodedCharacterBytes) return std::nullopt;
  if (!IsCodedCharacter(text.front())) return std::nullopt;
  uint32_t offset = 0;
  const uint32_t first = NextCodePoint(text.data(), offset);
  if (offset == text.size()) return CodeOfCharacters(first);
  if (!IsCodedCharacter(text[offset])) return std::nullopt;
  return CodeOfCharacters(first, NextCodePoint(text.data(), offset));
}

std::string TermOfCode(TermCode code) {
  std::string term(1, static_cast<char>(Field::kText));
  AppendCodePoint(code >> 16, term);
  if ((code & 0xFFFF) != 0) AppendCodePoint(code & 0xFFFF, term);
  return term;
}

}  // namespace gisa
