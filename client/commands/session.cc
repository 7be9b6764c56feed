#include "client/commands/session.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace gisa {
namespace {

absl::string_view Name(OutputFormat format) {
  switch (format) {
    case OutputFormat::kDefault:
      return "default";
    case OutputFormat::kTable:
      return "table";
    case OutputFormat::kText:
      return "text";
    case OutputFormat::kJson:
      return "json";
    case OutputFormat::kJsonl:
      return "jsonl";
    case OutputFormat::kMarkdown:
      return "md";
  }
  return "";
}

}  // namespace

absl::StatusOr<OutputFormat> Session::Format(std::initializer_list<OutputFormat> known) const {
  if (flags.format == OutputFormat::kDefault) return *known.begin();
  if (std::find(known.begin(), known.end(), flags.format) != known.end()) return flags.format;
  std::string names;
  for (const OutputFormat format : known) absl::StrAppend(&names, names.empty() ? "" : ", ", Name(format));
  return absl::InvalidArgumentError(
      absl::StrCat("--output: this command does not write ", Name(flags.format), "; expected ", names));
}

}  // namespace gisa
