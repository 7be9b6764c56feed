#include "server/log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/base/utf8.h"

namespace gisa {
namespace {

absl::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "unknown";
}

// Appends valid UTF-8 as the inside of a JSON string.
void AppendEscaped(absl::string_view text, std::string* out) {
  for (const char c : text) {
    switch (c) {
      case '"':
        out->append("\\\"");
        break;
      case '\\':
        out->append("\\\\");
        break;
      case '\n':
        out->append("\\n");
        break;
      case '\t':
        out->append("\\t");
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          absl::StrAppendFormat(out, "\\u%04x", c);
        } else {
          out->push_back(c);
        }
    }
  }
}

void AppendString(absl::string_view text, std::string* out) {
  out->push_back('"');
  while (true) {
    const size_t valid = FindInvalidUtf8(text);
    AppendEscaped(text.substr(0, valid), out);
    if (valid == text.size()) break;
    out->append("\xEF\xBF\xBD");
    text.remove_prefix(valid + 1);
  }
  out->push_back('"');
}

void AppendField(const LogField& field, std::string* out) {
  out->push_back(',');
  AppendString(field.name, out);
  out->push_back(':');
  if (const int64_t* number = std::get_if<int64_t>(&field.value)) {
    absl::StrAppend(out, *number);
  } else {
    AppendString(std::get<absl::string_view>(field.value), out);
  }
}

}  // namespace

std::string FormatLogLine(LogLevel level, absl::string_view message, absl::Span<const LogField> fields) {
  std::string line =
      absl::StrCat("{\"time\":\"", absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone()),
                   "\",\"level\":\"", LevelName(level), "\",\"message\":");
  AppendString(message, &line);
  for (const LogField& field : fields) AppendField(field, &line);
  line.append("}\n");
  return line;
}

Logger::Logger(LogLevel level, Sink sink) : level_(level), sink_(std::move(sink)) {}

void Logger::Log(LogLevel level, absl::string_view message, absl::Span<const LogField> fields) const {
  if (Enabled(level)) sink_(FormatLogLine(level, message, fields));
}

}  // namespace gisa
