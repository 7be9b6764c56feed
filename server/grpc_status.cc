#include "server/grpc_status.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "storage/base/errors.h"
#include "storage/base/utf8.h"

namespace gisa {
namespace {

constexpr absl::string_view kDomain = "gisa";
// Together, percent-encoded and base64-encoded, well below 8 KiB.
constexpr size_t kMaxMessageBytes = 512;
constexpr size_t kMaxViolations = 8;
constexpr size_t kMaxDescriptionBytes = 160;

std::string Cut(absl::string_view text, size_t max_bytes) {
  if (!IsValidUtf8(text)) text = text.substr(0, FindInvalidUtf8(text));
  if (text.size() <= max_bytes) return std::string(text);
  return std::string(text.substr(0, FloorCodePoint(text, max_bytes))) + "…";
}

void AddDetails(const absl::Status& status, google::rpc::Status* out) {
  if (const std::string reason = ErrorReason(status); !reason.empty()) {
    google::rpc::ErrorInfo info;
    info.set_reason(reason);
    info.set_domain(std::string(kDomain));
    out->add_details()->PackFrom(info);
  }
  if (const std::vector<FieldViolation> violations = ErrorViolations(status); !violations.empty()) {
    google::rpc::BadRequest bad_request;
    for (size_t i = 0; i < std::min(violations.size(), kMaxViolations); ++i) {
      auto* violation = bad_request.add_field_violations();
      violation->set_field(Cut(violations[i].field, kMaxDescriptionBytes));
      violation->set_description(Cut(violations[i].description, kMaxDescriptionBytes));
    }
    out->add_details()->PackFrom(bad_request);
  }
  if (const std::optional<absl::Duration> delay = ErrorRetryDelay(status)) {
    google::rpc::RetryInfo retry_info;
    retry_info.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(*delay));
    retry_info.mutable_retry_delay()->set_nanos(
        static_cast<int32_t>(absl::ToInt64Nanoseconds(*delay % absl::Seconds(1))));
    out->add_details()->PackFrom(retry_info);
  }
}

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status out;
  out.set_code(static_cast<int>(status.code()));
  if (status.ok()) return out;
  out.set_message(Cut(status.message(), kMaxMessageBytes));
  AddDetails(status, &out);
  return out;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status rpc_status = ToRpcStatus(status);
  return grpc::Status(static_cast<grpc::StatusCode>(rpc_status.code()), rpc_status.message(),
                      rpc_status.SerializeAsString());
}

}  // namespace gisa
