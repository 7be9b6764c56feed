#include "server/article_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "server/message_parser.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

// A message in pieces of at most so many bytes.
grpc::ByteBuffer InPieces(absl::string_view bytes, size_t piece_bytes) {
  std::vector<grpc::Slice> slices;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), piece_bytes))) {
    slices.emplace_back(std::string(bytes.substr(0, piece_bytes)));
  }
  return {slices.data(), slices.size()};
}

grpc::ByteBuffer Whole(absl::string_view bytes) { return InPieces(bytes, bytes.size()); }

v1::IngestRequest MakeRequest() {
  v1::IngestRequest request;
  request.mutable_article()->set_oid("018");
  request.mutable_article()->set_aid("0006192082");
  request.mutable_article()->set_title("제목 😀");
  request.mutable_article()->mutable_published_at()->set_seconds(1'700'000'000);
  request.mutable_article()->set_body("한국의 소식을 전한다.\n두 번째 줄");
  request.mutable_article()->set_content_hash(std::string(64, 'a'));  // stands behind the body
  request.set_request_id("요청 1");
  request.set_undelete(true);
  request.set_min_similarity(0.75);
  return request;
}

// Both say the same of the bytes: the same message, or that it is none.
void ExpectSameAsProtobuf(absl::string_view bytes) {
  v1::IngestRequest expected;
  const bool is_message = expected.ParseFromString(std::string(bytes));
  v1::IngestRequest request;
  const absl::Status status = ParseArticleRequest(Whole(bytes), &request);
  ASSERT_EQ(status.ok(), is_message) << status;
  if (!is_message) return;
  EXPECT_EQ(request.SerializeAsString(), expected.SerializeAsString());
}

TEST(ArticleRequestTest, ARequestIsWhatProtobufReads) {
  ExpectSameAsProtobuf(MakeRequest().SerializeAsString());
  for (const char* body : {"", "x"}) {
    v1::IngestRequest request = MakeRequest();
    request.mutable_article()->set_body(body);
    ExpectSameAsProtobuf(request.SerializeAsString());
  }
  ExpectSameAsProtobuf("");
  v1::IngestRequest no_article;
  no_article.set_request_id("1");
  ExpectSameAsProtobuf(no_article.SerializeAsString());
}

TEST(ArticleRequestTest, AnItemOfAStreamIsWhatProtobufReads) {
  v1::IngestStreamRequest expected;
  *expected.mutable_article() = MakeRequest().article();
  expected.set_find_near_duplicates(true);
  v1::IngestStreamRequest request;
  ASSERT_TRUE(ParseArticleRequest(Whole(expected.SerializeAsString()), &request).ok());
  EXPECT_EQ(request.SerializeAsString(), expected.SerializeAsString());
}

TEST(ArticleRequestTest, AMessageMayComeInPieces) {
  const std::string bytes = MakeRequest().SerializeAsString();
  v1::IngestRequest request;
  ASSERT_TRUE(ParseArticleRequest(InPieces(bytes, 7), &request).ok());
  EXPECT_EQ(request.SerializeAsString(), bytes);
}

TEST(ArticleRequestTest, WhatIsCutShortIsNoMessage) {
  const std::string bytes = MakeRequest().SerializeAsString();
  for (size_t size = 0; size < bytes.size(); ++size) ExpectSameAsProtobuf(absl::string_view(bytes).substr(0, size));
}

TEST(ArticleRequestTest, WhateverByteIsWrongProtobufWouldSayTheSame) {
  const std::string bytes = MakeRequest().SerializeAsString();
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const int flipped : {0x01, 0x02, 0x04, 0x20, 0x80, 0xFF}) {
      std::string wrong = bytes;
      wrong[i] = static_cast<char>(wrong[i] ^ flipped);
      SCOPED_TRACE(testing::Message() << "byte " << i << " ^ " << flipped);
      ExpectSameAsProtobuf(wrong);
    }
  }
}

TEST(ArticleRequestTest, ARepeatedArticleOrBodyIsMerged) {
  v1::IngestRequest first = MakeRequest();
  v1::IngestRequest second;
  second.mutable_article()->set_body("다른 본문");
  ExpectSameAsProtobuf(first.SerializeAsString() + second.SerializeAsString());

  const std::string body_twice = first.article().SerializeAsString() + second.article().SerializeAsString();
  const std::string size = {static_cast<char>(body_twice.size() % 128 | 128),
                            static_cast<char>(body_twice.size() / 128)};
  ExpectSameAsProtobuf("\x0A" + size + body_twice);
}

TEST(ArticleRequestTest, FieldsOfALaterVersionArePassedOver) {
  std::string bytes = MakeRequest().SerializeAsString();
  bytes += std::string("\xC0\x3E\x07", 3);                 // 1000: a varint
  bytes += std::string("\xC1\x3E\1\2\3\4\5\6\7\x08", 10);  // eight bytes
  bytes += std::string("\xC2\x3E\x03xyz", 6);              // sized
  bytes += std::string("\xC5\x3E\1\2\3\4", 6);             // four bytes
  ExpectSameAsProtobuf(bytes);
  ExpectSameAsProtobuf(bytes + std::string("\xC3\x3E\xC4\x3E", 4));  // a group
  ExpectSameAsProtobuf(bytes + std::string("\xC4\x3E", 2));          // the end of one that never began
}

TEST(ArticleRequestTest, InvalidUtf8IsToldWithItsField) {
  v1::IngestRequest request = MakeRequest();
  std::string bytes = request.SerializeAsString();
  bytes.replace(bytes.find("소식"), 1, "\xFF");
  const absl::Status status = ParseArticleRequest(Whole(bytes), &request);
  EXPECT_EQ(ErrorReason(status), "INVALID_ARTICLE");
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("article.body"));
}

}  // namespace
}  // namespace gisa
