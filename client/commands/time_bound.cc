#include "client/commands/time_bound.h"

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/article_time.h"

namespace gisa {

absl::StatusOr<google::protobuf::Timestamp> ParseTimeBound(absl::string_view flag, absl::string_view text,
                                                           absl::TimeZone zone) {
  constexpr size_t kDateSize = 10;  // YYYY-MM-DD
  const std::string full = text.size() == kDateSize ? absl::StrCat(text, " 00:00") : std::string(text);
  absl::StatusOr<google::protobuf::Timestamp> time = ParseArticleTime(full, zone);
  if (time.ok()) return time;
  return absl::InvalidArgumentError(absl::StrCat(
      flag, ": \"", text, "\" is not a time; expected YYYY-MM-DD, optionally with HH:MM and a zone such as +09:00"));
}

}  // namespace gisa
