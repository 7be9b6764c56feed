#include "storage/text/unihan.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "storage/base/status_macros.h"
#include "storage/base/utf8.h"
#include "storage/text/code_point.h"
#include "storage/text/hangul.h"
#include "storage/text/initial_sound.h"

namespace gisa {
namespace {

// A reading and what it is taken from.
struct SourcedReading {
  char32_t syllable = 0;
  bool is_standard = false;
};

absl::Status LineError(absl::string_view line) {
  return absl::InvalidArgumentError(
      absl::StrCat("expected U+CODE, a tab, kHangul, a tab and readings as 대:0E with spaces between: ", line));
}

absl::StatusOr<char32_t> ParseCodePoint(absl::string_view text, absl::string_view line) {
  uint32_t code = 0;
  if (text.substr(0, 2) != "U+" || !absl::SimpleHexAtoi(text.substr(2), &code) || !IsScalarValue(code)) {
    return LineError(line);
  }
  return code;
}

absl::StatusOr<SourcedReading> ParseReading(absl::string_view text, absl::string_view line) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  if (parts.first.size() != kHangulBytes || parts.second.empty()) return LineError(line);
  uint32_t offset = 0;
  SourcedReading reading;
  reading.syllable = NextCodePoint(parts.first.data(), offset);
  if (offset != parts.first.size() || !IsHangulSyllable(reading.syllable)) return LineError(line);
  reading.is_standard = parts.second.find_first_of("01E") != absl::string_view::npos;
  return reading;
}

void AddReading(char32_t syllable, std::vector<char32_t>* readings) {
  if (std::find(readings->begin(), readings->end(), syllable) == readings->end()) readings->push_back(syllable);
}

}  // namespace

absl::StatusOr<std::optional<HanjaEntry>> ParseUnihanLine(absl::string_view line) {
  if (!IsValidUtf8(line)) return absl::InvalidArgumentError("not UTF-8");
  if (line.empty() || line.front() == '#') return std::nullopt;
  const std::vector<absl::string_view> columns = absl::StrSplit(line, '\t');
  if (columns.size() != 3) return LineError(line);
  if (columns[1] != "kHangul") return std::nullopt;
  HanjaEntry entry;
  ASSIGN_OR_RETURN(entry.hanja, ParseCodePoint(columns[0], line));
  std::vector<SourcedReading> sourced;
  for (const absl::string_view reading : absl::StrSplit(columns[2], ' ')) {
    ASSIGN_OR_RETURN(sourced.emplace_back(), ParseReading(reading, line));
  }
  const bool has_standard =
      std::any_of(sourced.begin(), sourced.end(), [](const SourcedReading& reading) { return reading.is_standard; });
  for (const SourcedReading& reading : sourced) {
    if (reading.is_standard == has_standard) AddReading(reading.syllable, &entry.readings);
  }
  const std::vector<char32_t> given = entry.readings;
  for (const char32_t syllable : given) AddReading(ByInitialSoundRule(syllable), &entry.readings);
  return entry;
}

}  // namespace gisa
