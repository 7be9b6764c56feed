#include "client/rpc_status.h"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

google::rpc::Status RpcStatus(absl::StatusCode code, const std::string& message) {
  google::rpc::Status status;
  status.set_code(static_cast<int>(code));
  status.set_message(message);
  return status;
}

void AddReason(google::rpc::Status& status, const std::string& reason) {
  google::rpc::ErrorInfo info;
  info.set_domain("gisa");
  info.set_reason(reason);
  status.add_details()->PackFrom(info);
}

TEST(RpcStatusTest, TheReasonComesBack) {
  google::rpc::Status rpc = RpcStatus(absl::StatusCode::kNotFound, "no article 018/1");
  AddReason(rpc, "ARTICLE_NOT_FOUND");
  const absl::Status status = StatusFromRpc(rpc);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "no article 018/1");
  EXPECT_EQ(ErrorReason(status), "ARTICLE_NOT_FOUND");
}

TEST(RpcStatusTest, EachBadFieldComesBackAndIsNamedInTheMessage) {
  google::rpc::Status rpc = RpcStatus(absl::StatusCode::kInvalidArgument, "invalid");
  AddReason(rpc, "INVALID_ARTICLE");
  google::rpc::BadRequest bad_request;
  for (const char* const field : {"article.oid", "article.title"}) {
    bad_request.add_field_violations()->set_field(field);
    bad_request.mutable_field_violations()->rbegin()->set_description("too long");
  }
  rpc.add_details()->PackFrom(bad_request);
  const absl::Status status = StatusFromRpc(rpc);
  EXPECT_EQ(status.message(), "article.oid: too long; article.title: too long");
  EXPECT_EQ(ErrorReason(status), "INVALID_ARTICLE");
  ASSERT_EQ(ErrorViolations(status).size(), 2u);
  EXPECT_EQ(ErrorViolations(status)[1].field, "article.title");
}

TEST(RpcStatusTest, TheRetryDelayComesBack) {
  google::rpc::Status rpc = RpcStatus(absl::StatusCode::kResourceExhausted, "full");
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(1);
  info.mutable_retry_delay()->set_nanos(250'000'000);
  rpc.add_details()->PackFrom(info);
  EXPECT_EQ(ErrorRetryDelay(StatusFromRpc(rpc)), absl::Milliseconds(1250));
}

TEST(RpcStatusTest, DetailsOfOtherKindsAreNoHarm) {
  google::rpc::Status rpc = RpcStatus(absl::StatusCode::kInternal, "x");
  rpc.add_details()->set_type_url("type.googleapis.com/unknown.Kind");
  rpc.add_details()->set_value("\xff");
  EXPECT_EQ(StatusFromRpc(rpc), absl::InternalError("x"));
}

TEST(RpcStatusTest, ACodeThatDoesNotExistIsUnknown) {
  google::rpc::Status rpc;
  rpc.set_code(99);
  EXPECT_EQ(StatusFromRpc(rpc).code(), absl::StatusCode::kUnknown);
}

TEST(RpcStatusTest, OkIsOk) {
  EXPECT_TRUE(StatusFromRpc({}).ok());
  EXPECT_TRUE(StatusFromGrpc(grpc::Status::OK).ok());
}

TEST(RpcStatusTest, TheDetailsOfACallAreReadAndDamagedOnesAreNot) {
  google::rpc::Status rpc = RpcStatus(absl::StatusCode::kNotFound, "gone");
  AddReason(rpc, "ARTICLE_DELETED");
  const grpc::Status whole(grpc::StatusCode::NOT_FOUND, "gone", rpc.SerializeAsString());
  EXPECT_EQ(ErrorReason(StatusFromGrpc(whole)), "ARTICLE_DELETED");
  const grpc::Status damaged(grpc::StatusCode::NOT_FOUND, "gone", "\xff\xff");
  EXPECT_EQ(StatusFromGrpc(damaged), absl::NotFoundError("gone"));
}

}  // namespace
}  // namespace gisa
