#include "tests/bench/report.h"

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace gisa {

void Report::Section(absl::string_view title) {
  std::printf("\n%s\n", std::string(title).c_str());
  std::fflush(stdout);
}

void Report::Line(absl::string_view what, absl::string_view figure, std::optional<double> ratio) {
  absl::PrintF("  %-46s %16s%s\n", what, figure, ratio.has_value() ? absl::StrFormat("  %8.3f", *ratio) : "");
  std::fflush(stdout);
}

absl::Status Report::WriteJson(const std::string& path) const {
  if (path.empty()) return absl::OkStatus();
  std::ofstream file(path);
  file << json_.dump(2) << "\n";
  file.close();
  return file ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot write ", path));
}

}  // namespace gisa
