#include "server/grpc_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/utf8.h"
#include "tests/support/rpc_error.h"

namespace gisa {
namespace {

TEST(GrpcStatusTest, OkIsOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_EQ(ToRpcStatus(absl::OkStatus()).code(), 0);
}

TEST(GrpcStatusTest, CodeMessageAndReasonAreTold) {
  const absl::Status status = MakeError(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND", "no article 101/1");
  const RpcError error = ReadError(ToGrpcStatus(status));
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(error.message, "no article 101/1");
  EXPECT_EQ(error.domain, "gisa");
  EXPECT_EQ(error.reason, "ARTICLE_NOT_FOUND");
  EXPECT_TRUE(error.violations.empty());
  EXPECT_FALSE(error.retry_delay.has_value());
}

TEST(GrpcStatusTest, ViolationsAndTheRetryDelayAreTold) {
  const absl::Status status =
      WithRetryDelay(InvalidFieldsError("INVALID_REQUEST", {{"key.oid", "required"}, {"key.aid", "too long"}}),
                     absl::Milliseconds(1250));
  const RpcError error = ReadError(ToGrpcStatus(status));
  ASSERT_EQ(error.violations.size(), 2u);
  EXPECT_EQ(error.violations[0].field, "key.oid");
  EXPECT_EQ(error.violations[0].description, "required");
  EXPECT_EQ(error.violations[1].field, "key.aid");
  EXPECT_EQ(error.retry_delay, absl::Milliseconds(1250));
}

TEST(GrpcStatusTest, AStatusWithoutAReasonHasNoErrorInfo) {
  EXPECT_EQ(ReadError(ToGrpcStatus(absl::CancelledError("gone"))).domain, "");
}

TEST(GrpcStatusTest, ALongMessageIsCutAtACodePoint) {
  std::string message;
  for (int i = 0; i < 1000; ++i) message += "가";
  const grpc::Status status = ToGrpcStatus(absl::InternalError("x" + message));
  EXPECT_LT(status.error_message().size(), 600u);
  EXPECT_TRUE(IsValidUtf8(status.error_message()));
}

TEST(GrpcStatusTest, AMessageThatIsNotUtf8IsCutBeforeTheFirstBadByte) {
  EXPECT_EQ(ToRpcStatus(absl::InternalError("read \xFF\xFE")).message(), "read ");
}

TEST(GrpcStatusTest, AStatusFitsInWhatAClientAccepts) {
  std::vector<FieldViolation> violations;
  for (int i = 0; i < 100; ++i) violations.push_back({std::string(300, 'f'), std::string(3000, '"')});
  const grpc::Status status = ToGrpcStatus(InvalidFieldsError("INVALID_REQUEST", violations));
  // Percent-encoded and base64-encoded.
  EXPECT_LT(3 * status.error_message().size() + 4 * status.error_details().size() / 3, 8192u);
}

}  // namespace
}  // namespace gisa
