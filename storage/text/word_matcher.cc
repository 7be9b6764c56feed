#include "storage/text/word_matcher.h"

#include <unicode/uchar.h>

#include "absl/strings/match.h"
#include "storage/text/code_point.h"
#include "storage/text/eojeol_reader.h"
#include "storage/text/hanja.h"

namespace gisa {

UnitText::UnitText(absl::string_view text) {
  EojeolReader reader;
  reader.Reset(text, 0);
  while (reader.Next()) {
    for (const EojeolReader::Run& run : reader.runs()) {
      units_.resize(run.position);  // the gap before it
      if (run.syllabic) {
        const absl::Span<const char32_t> syllables = reader.syllables(run);
        for (size_t i = 0; i < syllables.size(); ++i) {
          const EojeolReader::Range range = reader.range(run, i);
          units_.push_back({syllables[i], 0, 0, range.begin, range.end});
        }
      } else {
        const auto word_begin = static_cast<uint32_t>(words_.size());
        words_.append(reader.word(run).data(), reader.word(run).size());
        units_.push_back({0, word_begin, static_cast<uint32_t>(words_.size()), run.begin, run.end});
      }
    }
  }
}

std::vector<absl::string_view> SplitWords(absl::string_view text) {
  std::vector<absl::string_view> words;
  uint32_t word_begin = 0;
  uint32_t offset = 0;
  while (offset < text.size()) {
    const uint32_t begin = offset;
    if (!u_isUWhiteSpace(static_cast<UChar32>(NextCodePoint(text.data(), offset)))) continue;
    if (begin > word_begin) words.push_back(text.substr(word_begin, begin - word_begin));
    word_begin = offset;
  }
  if (offset > word_begin) words.push_back(text.substr(word_begin));
  return words;
}

bool WordMatcher::Matches(const UnitText& text) const {
  bool matches = false;
  FindAll(text, [&](uint32_t begin, uint32_t end) {
    matches = true;
    return false;
  });
  return matches;
}

void WordMatcher::FindAll(const UnitText& text, absl::FunctionRef<bool(uint32_t begin, uint32_t end)> found) const {
  const size_t length = word_.units().size();
  if (length == 0) return;
  const absl::Span<const TextUnit> units = text.units();
  for (size_t position = 0; position + length <= units.size(); ++position) {
    if (!MatchesAt(text, position)) continue;
    if (!found(units[position].begin, units[position + length - 1].end)) return;
  }
}

bool WordMatcher::IsSingleHanja(const UnitText& word) {
  return word.units().size() == 1 && SpokenForms(word.units().front().syllable).has_readings();
}

bool WordMatcher::MatchesAt(const UnitText& text, size_t position) const {
  if (is_prefix_ && position > 0 && !text.units()[position - 1].is_gap()) return false;
  const absl::Span<const TextUnit> word = word_.units();
  for (size_t i = 0; i < word.size(); ++i) {
    const TextUnit& unit = text.units()[position + i];
    if (word[i].is_gap() != unit.is_gap()) return false;
    if (word[i].syllable != unit.syllable && (is_single_hanja_ || !SoundAlike(word[i].syllable, unit.syllable))) {
      return false;
    }
    const bool may_go_on = is_prefix_ && i + 1 == word.size();
    const absl::string_view wanted = word_.word(word[i]);
    if (may_go_on ? !absl::StartsWith(text.word(unit), wanted) : text.word(unit) != wanted) return false;
  }
  return true;
}

}  // namespace gisa
