#include "server/page_token.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "gisa/v1/archive_service.pb.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

v1::SearchRequest Query(const std::string& query) {
  v1::SearchRequest request;
  request.set_query(query);
  return request;
}

absl::Status DecodeError(const std::string& token, uint64_t fingerprint) {
  return DecodePageToken(token, fingerprint, "page_token").status();
}

TEST(PageTokenTest, TheCursorComesBack) {
  for (const std::string& cursor : {std::string(), std::string("cursor"), std::string("\0\xFF", 2)}) {
    const auto decoded = DecodePageToken(EncodePageToken(7, cursor), 7, "page_token");
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, cursor);
  }
}

TEST(PageTokenTest, ATokenCanStandInAUrl) {
  for (int i = 0; i < 256; ++i) {
    const std::string token = EncodePageToken(i, std::string(1 + i % 3, static_cast<char>(i)));
    EXPECT_EQ(token.find_first_of("+/ \n"), std::string::npos) << token;
  }
}

TEST(PageTokenTest, AnyChangedBitIsDamage) {
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(EncodePageToken(7, "cursor"), &bytes));
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    const absl::Status status = DecodeError(absl::WebSafeBase64Escape(damaged), 7);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ErrorReason(status), "INVALID_PAGE_TOKEN");
  }
}

TEST(PageTokenTest, ACutTokenIsDamage) {
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(EncodePageToken(7, "cursor"), &bytes));
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeError(absl::WebSafeBase64Escape(bytes.substr(0, size)), 7).ok()) << size;
  }
}

TEST(PageTokenTest, ATokenOfAnotherRequestIsSaidSo) {
  const absl::Status status = DecodeError(EncodePageToken(7, "cursor"), 8);
  EXPECT_EQ(ErrorReason(status), "INVALID_PAGE_TOKEN");
  ASSERT_EQ(ErrorViolations(status).size(), 1u);
  EXPECT_EQ(ErrorViolations(status)[0].field, "page_token");
  EXPECT_EQ(ErrorViolations(status)[0].description, "belongs to a request with other arguments");
}

TEST(RequestFingerprintTest, ItDependsOnTheArguments) {
  EXPECT_EQ(RequestFingerprint(Query("대전")), RequestFingerprint(Query("대전")));
  EXPECT_NE(RequestFingerprint(Query("대전")), RequestFingerprint(Query("부산")));
}

TEST(RequestFingerprintTest, ItDoesNotDependOnThePage) {
  v1::SearchRequest other_page = Query("대전");
  other_page.set_page_size(7);
  other_page.set_page_token("token");
  EXPECT_EQ(RequestFingerprint(Query("대전")), RequestFingerprint(other_page));
}

TEST(RequestFingerprintTest, ItDependsOnTheMethod) {
  EXPECT_NE(RequestFingerprint(v1::SearchRequest()), RequestFingerprint(v1::ExportRequest()));
}

TEST(RequestFingerprintTest, FieldsOfANewerClientDoNotCount) {
  v1::SearchRequest newer = Query("대전");
  newer.GetReflection()->MutableUnknownFields(&newer)->AddVarint(1000, 1);
  EXPECT_EQ(RequestFingerprint(Query("대전")), RequestFingerprint(newer));
}

}  // namespace
}  // namespace gisa
