#include "tests/support/rpc_error.h"

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

namespace gisa {

std::vector<std::string> RpcError::fields() const {
  std::vector<std::string> names;
  for (const FieldViolation& violation : violations) names.push_back(violation.field);
  return names;
}

std::string RpcError::ToString() const {
  std::string text = absl::StrCat("code ", static_cast<int>(code), " ", domain, " ", reason, ": ", message);
  for (const FieldViolation& violation : violations) {
    absl::StrAppend(&text, "\n  ", violation.field, ": ", violation.description);
  }
  return text;
}

RpcError ReadError(const grpc::Status& status) {
  RpcError error;
  error.code = status.error_code();
  error.message = status.error_message();
  if (status.error_details().empty()) return error;
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), status.error_code());
  EXPECT_EQ(details.message(), status.error_message());
  return ReadError(details);
}

RpcError ReadError(const google::rpc::Status& status) {
  RpcError error;
  error.code = static_cast<grpc::StatusCode>(status.code());
  error.message = status.message();
  for (const google::protobuf::Any& detail : status.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    google::rpc::RetryInfo retry_info;
    if (detail.UnpackTo(&info)) {
      error.domain = info.domain();
      error.reason = info.reason();
    } else if (detail.UnpackTo(&bad_request)) {
      for (const auto& violation : bad_request.field_violations()) {
        error.violations.push_back({violation.field(), violation.description()});
      }
    } else if (detail.UnpackTo(&retry_info)) {
      error.retry_delay =
          absl::Seconds(retry_info.retry_delay().seconds()) + absl::Nanoseconds(retry_info.retry_delay().nanos());
    } else {
      ADD_FAILURE() << "a detail of another kind: " << detail.type_url();
    }
  }
  return error;
}

}  // namespace gisa
