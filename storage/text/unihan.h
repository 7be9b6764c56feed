#ifndef GISA_STORAGE_TEXT_UNIHAN_H_
#define GISA_STORAGE_TEXT_UNIHAN_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace gisa {

// What a Hanja is read as.
struct HanjaEntry {
  char32_t hanja = 0;
  std::vector<char32_t> readings;  // Hangul syllables, each once; at least one
};

// Reads a line of Unihan_Readings.txt of the Unicode Character Database (UAX #38). nullopt when it has no kHangul
// property. INVALID_ARGUMENT when it is no line of that file.
//
// Of the readings those are taken that are in KS X 1001, KS X 1002 or the Hanja for education (0, 1, E); if there are
// none, all others: of the Hanja for names (N), and without a source (X). Each also as the initial-sound rule has it.
// docs/adr/0017 says why.
absl::StatusOr<std::optional<HanjaEntry>> ParseUnihanLine(absl::string_view line);

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_UNIHAN_H_
