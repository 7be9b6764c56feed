#include "client/commands/table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "client/commands/display_text.h"

namespace gisa {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kMinLastColumn = 20;

}  // namespace

std::string FormatTable(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                        size_t width) {
  std::vector<std::vector<std::string>> lines = {header};
  for (const auto& row : rows) {
    auto& line = lines.emplace_back();
    for (const std::string& cell : row) line.push_back(OneLine(cell));
  }
  std::vector<size_t> widths(header.size(), 0);
  for (const auto& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(line[i]));
  }
  size_t before_last = 0;
  for (size_t i = 0; i + 1 < widths.size(); ++i) before_last += widths[i] + kGap;
  const size_t last_width = std::max(width > before_last ? width - before_last : 0, kMinLastColumn);

  std::string text;
  for (const auto& line : lines) {
    for (size_t i = 0; i + 1 < line.size(); ++i) absl::StrAppend(&text, PadToWidth(line[i], widths[i] + kGap));
    absl::StrAppend(&text, CutToWidth(line.back(), last_width), "\n");
  }
  return text;
}

}  // namespace gisa
