#ifndef GISA_SERVER_LOG_H_
#define GISA_SERVER_LOG_H_

#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gisa {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// A name and its value in a log line.
struct LogField {
  absl::string_view name;
  std::variant<absl::string_view, int64_t> value;

  LogField(absl::string_view name, absl::string_view value) : name(name), value(value) {}
  LogField(absl::string_view name, const std::string& value) : name(name), value(absl::string_view(value)) {}
  LogField(absl::string_view name, const char* value) : name(name), value(absl::string_view(value)) {}
  template <typename Int, typename = std::enable_if_t<std::is_integral_v<Int>>>
  LogField(absl::string_view name, Int value) : name(name), value(static_cast<int64_t>(value)) {}
};

// One JSON object and a line end: time, level, message, and the fields given. What is not valid UTF-8 in a value
// becomes U+FFFD, so that a line is always valid JSON.
std::string FormatLogLine(LogLevel level, absl::string_view message, absl::Span<const LogField> fields);

// Hands each line that is severe enough to a sink, in one call.
//
// Thread-safe.
class Logger {
 public:
  using Sink = std::function<void(absl::string_view line)>;

  // Lines below `level` are dropped. `sink` must be thread-safe.
  Logger(LogLevel level, Sink sink);

  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;

  bool Enabled(LogLevel level) const { return level >= level_; }

  void Log(LogLevel level, absl::string_view message, absl::Span<const LogField> fields = {}) const;

 private:
  const LogLevel level_;
  const Sink sink_;
};

}  // namespace gisa

#endif  // GISA_SERVER_LOG_H_
