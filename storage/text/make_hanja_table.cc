// Writes the C++ table of storage/text/hanja.cc, made of Unihan_Readings.txt:
//
//   make_hanja_table Unihan_Readings.txt > hanja_table.inc
//
// One line for each reading of a Hanja, those of one together, by code point.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/text/unihan.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_hanja_table Unihan_Readings.txt\n");
    return 2;
  }
  std::ifstream file(argv[1]);
  std::vector<gisa::HanjaEntry> entries;
  for (std::string line; std::getline(file, line);) {
    absl::StatusOr<std::optional<gisa::HanjaEntry>> entry = gisa::ParseUnihanLine(line);
    if (!entry.ok()) {
      std::fprintf(stderr, "%s: %s\n", argv[1], entry.status().ToString().c_str());
      return 1;
    }
    if (entry->has_value()) entries.push_back(**std::move(entry));
  }
  if (entries.empty()) {
    std::fprintf(stderr, "%s: cannot be read, or has no kHangul property\n", argv[1]);
    return 1;
  }
  std::sort(entries.begin(), entries.end(),
            [](const gisa::HanjaEntry& a, const gisa::HanjaEntry& b) { return a.hanja < b.hanja; });
  for (const gisa::HanjaEntry& entry : entries) {
    for (const char32_t reading : entry.readings) std::printf("{0x%X, 0x%X},\n", entry.hanja, reading);
  }
  return 0;
}
