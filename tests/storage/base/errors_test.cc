#include "storage/base/errors.h"

#include <gtest/gtest.h>

namespace gisa {
namespace {

TEST(ErrorsTest, AnErrorCarriesItsReason) {
  const absl::Status status = MakeError(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND", "no article 018/1");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ErrorReason(status), "ARTICLE_NOT_FOUND");
  EXPECT_TRUE(ErrorViolations(status).empty());
  EXPECT_FALSE(ErrorRetryDelay(status).has_value());
}

TEST(ErrorsTest, ViolationsKeepTheirOrderAndPunctuation) {
  const absl::Status status = InvalidFieldsError(
      "INVALID_ARTICLE", {{"article.oid", "empty; expected 1 to 64 characters"}, {"article.url", ""}});
  const auto violations = ErrorViolations(status);
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_EQ(violations[0].field, "article.oid");
  EXPECT_EQ(violations[0].description, "empty; expected 1 to 64 characters");
  EXPECT_EQ(violations[1].field, "article.url");
  EXPECT_EQ(violations[1].description, "");
  EXPECT_EQ(ErrorReason(status), "INVALID_ARTICLE");
}

TEST(ErrorsTest, ARetryDelayRidesAlong) {
  const absl::Status status = WithRetryDelay(
      MakeError(absl::StatusCode::kResourceExhausted, "INGEST_QUEUE_FULL", "full"), absl::Milliseconds(250));
  EXPECT_EQ(ErrorRetryDelay(status), absl::Milliseconds(250));
  EXPECT_EQ(ErrorReason(status), "INGEST_QUEUE_FULL");
}

TEST(ErrorsTest, APlainStatusHasNone) { EXPECT_EQ(ErrorReason(absl::InternalError("x")), ""); }

}  // namespace
}  // namespace gisa
