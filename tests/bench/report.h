#ifndef GISA_TESTS_BENCH_REPORT_H_
#define GISA_TESTS_BENCH_REPORT_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace gisa {

// Prints figures as they come, in columns, and keeps those with a name for a file.
class Report {
 public:
  void Section(absl::string_view title);

  // A line: what was measured, the figure with its unit, and its ratio to the baseline where there is one.
  void Line(absl::string_view what, absl::string_view figure, std::optional<double> ratio = std::nullopt);

  // Keeps a figure for the file.
  void Keep(const std::string& name, double value) { json_[name] = value; }

  // Writes the figures that were kept as one JSON object. An empty path writes nothing.
  absl::Status WriteJson(const std::string& path) const;

 private:
  nlohmann::ordered_json json_ = nlohmann::ordered_json::object();
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_REPORT_H_
