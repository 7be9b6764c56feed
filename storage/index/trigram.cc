#include "storage/index/trigram.h"

#include "storage/index/term.h"
#include "storage/text/code_point.h"

namespace gisa {
std::string TextOf(const Trigram& trigram) {
  std::string text;
  AppendCodePoint(trigram.first >> 16, text);
  AppendCodePoint(trigram.first & 0xFFFF, text);
  AppendCodePoint(trigram.second & 0xFFFF, text);
  return text;
}

std::optional<Trigram> ParseTrigram(absl::string_view text) {
  if (text.size() != 3 * kCodedCharacterBytes) return std::nullopt;
  const std::optional<TermCode> first = CodeOfTerm(MakeTerm(Field::kText, text.substr(0, 2 * kCodedCharacterBytes)));
  const std::optional<TermCode> second = CodeOfTerm(MakeTerm(Field::kText, text.substr(kCodedCharacterBytes)));
  if (!first.has_value() || !second.has_value() || !IsBigram(*first) || !IsBigram(*second)) return std::nullopt;
  return Trigram{*first, *second};
}

}  // namespace gisa
