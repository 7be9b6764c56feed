#include "client/rpc_status.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

absl::StatusCode Code(int code) {
  const bool known = code >= 0 && code <= static_cast<int>(absl::StatusCode::kUnauthenticated);
  return known ? static_cast<absl::StatusCode>(code) : absl::StatusCode::kUnknown;
}

}  // namespace

absl::Status StatusFromRpc(const google::rpc::Status& status) {
  if (status.code() == 0) return absl::OkStatus();
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad_request;
  google::rpc::RetryInfo retry_info;
  std::optional<absl::Duration> retry_delay;
  for (const google::protobuf::Any& detail : status.details()) {
    if (detail.UnpackTo(&info) || detail.UnpackTo(&bad_request)) continue;
    if (detail.UnpackTo(&retry_info)) {
      retry_delay =
          absl::Seconds(retry_info.retry_delay().seconds()) + absl::Nanoseconds(retry_info.retry_delay().nanos());
    }
  }
  std::vector<FieldViolation> violations;
  for (const auto& violation : bad_request.field_violations()) {
    violations.push_back({violation.field(), violation.description()});
  }
  absl::Status result;
  if (Code(status.code()) == absl::StatusCode::kInvalidArgument && !violations.empty()) {
    result = InvalidFieldsError(info.reason(), violations);
  } else {
    result = absl::Status(Code(status.code()), status.message());
    if (!info.reason().empty()) result = MakeError(result.code(), info.reason(), result.message());
  }
  return retry_delay.has_value() ? WithRetryDelay(result, *retry_delay) : result;
}

absl::Status StatusFromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status rpc_status;
  const bool has_details = !status.error_details().empty() && rpc_status.ParseFromString(status.error_details());
  if (has_details && rpc_status.code() == status.error_code()) return StatusFromRpc(rpc_status);
  return absl::Status(Code(status.error_code()), status.error_message());
}

}  // namespace gisa
