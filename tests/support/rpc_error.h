#ifndef GISA_TESTS_SUPPORT_RPC_ERROR_H_
#define GISA_TESTS_SUPPORT_RPC_ERROR_H_

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "storage/base/errors.h"

namespace gisa {

// What a status says by the API's error model.
struct RpcError {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string message;
  std::string domain;  // of the ErrorInfo; empty without one
  std::string reason;
  std::vector<FieldViolation> violations;
  std::optional<absl::Duration> retry_delay;

  std::vector<std::string> fields() const;
  // For people.
  std::string ToString() const;
};

// Reads the status in the details of a call's status; without details only code and message are set. A test fails when
// the two disagree.
RpcError ReadError(const grpc::Status& status);
RpcError ReadError(const google::rpc::Status& status);

// Matchers of statuses, of calls and of stream items.

MATCHER(IsOk, "is OK") {
  const RpcError error = ReadError(arg);
  *result_listener << error.ToString();
  return error.code == grpc::StatusCode::OK;
}

// An error of the API's model.
MATCHER_P2(IsError, code, reason, "has the reason " + testing::PrintToString(reason)) {
  const RpcError error = ReadError(arg);
  *result_listener << error.ToString();
  return error.code == code && error.domain == "gisa" && error.reason == reason && !error.message.empty();
}

// INVALID_ARGUMENT for `reason`, with a violation for each of these fields; `fields` is a matcher of their names.
MATCHER_P2(IsInvalid, reason, fields, "is INVALID_ARGUMENT " + testing::PrintToString(reason)) {
  const RpcError error = ReadError(arg);
  *result_listener << error.ToString();
  return error.code == grpc::StatusCode::INVALID_ARGUMENT && error.domain == "gisa" && error.reason == reason &&
         testing::ExplainMatchResult(fields, error.fields(), result_listener);
}

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_RPC_ERROR_H_
