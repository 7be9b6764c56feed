#include "storage/base/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace gisa {
namespace {

constexpr absl::string_view kReasonUrl = "gisa/reason";
constexpr absl::string_view kViolationsUrl = "gisa/violations";
constexpr absl::string_view kRetryDelayUrl = "gisa/retry_delay_ms";

// Neither separator can occur in valid UTF-8, so no escaping is needed.
constexpr char kFieldEnd = '\xfe';
constexpr char kViolationEnd = '\xff';

std::string Payload(const absl::Status& status, absl::string_view url) {
  const auto payload = status.GetPayload(url);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message) {
  absl::Status status(code, message);
  status.SetPayload(kReasonUrl, absl::Cord(reason));
  return status;
}

absl::Status InvalidFieldsError(absl::string_view reason, const std::vector<FieldViolation>& violations) {
  std::string message;
  std::string payload;
  for (const FieldViolation& violation : violations) {
    absl::StrAppend(&message, message.empty() ? "" : "; ", violation.field, ": ", violation.description);
    absl::StrAppend(&payload, violation.field, absl::string_view(&kFieldEnd, 1), violation.description,
                    absl::string_view(&kViolationEnd, 1));
  }
  absl::Status status = MakeError(absl::StatusCode::kInvalidArgument, reason, message);
  status.SetPayload(kViolationsUrl, absl::Cord(payload));
  return status;
}

absl::Status DataCorruptedError(absl::string_view what) {
  return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", what);
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration delay) {
  status.SetPayload(kRetryDelayUrl, absl::Cord(absl::StrCat(absl::ToInt64Milliseconds(delay))));
  return status;
}

std::string ErrorReason(const absl::Status& status) { return Payload(status, kReasonUrl); }

std::vector<FieldViolation> ErrorViolations(const absl::Status& status) {
  std::vector<FieldViolation> violations;
  const std::string payload = Payload(status, kViolationsUrl);
  for (const absl::string_view entry : absl::StrSplit(payload, kViolationEnd, absl::SkipEmpty())) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(entry, absl::MaxSplits(kFieldEnd, 1));
    violations.push_back({parts.first, parts.second});
  }
  return violations;
}

std::optional<absl::Duration> ErrorRetryDelay(const absl::Status& status) {
  int64_t millis = 0;
  if (!absl::SimpleAtoi(Payload(status, kRetryDelayUrl), &millis)) return std::nullopt;
  return absl::Milliseconds(millis);
}

}  // namespace gisa
