// Ingest of articles that break a rule: each bad field is named, and nothing is stored.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/raw_call.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kIngest[] = "/gisa.v1.ArchiveService/Ingest";

class BadArticleTest : public ServerFixture {
 protected:
  // Expects that the article is refused for this field alone; returns what was said about it.
  std::string DescriptionOf(const std::string& field) {
    const grpc::Status status = Ingest(article_).status;
    EXPECT_THAT(status, IsInvalid("INVALID_ARTICLE", ElementsAre(field)));
    EXPECT_THAT(status.error_message(), HasSubstr(field));
    EXPECT_EQ(Stats().articles(), 0u);
    const RpcError error = ReadError(status);
    return error.violations.empty() ? "" : error.violations[0].description;
  }

  v1::Article article_ = ApiArticle("1", "본문이다.");
};

TEST_F(BadArticleTest, AMissingArticleIsRefused) {
  EXPECT_THAT(Call(&Stub::Ingest, v1::IngestRequest()).status, IsInvalid("INVALID_ARTICLE", ElementsAre("article")));
}

TEST_F(BadArticleTest, AMissingOidIsRefused) {
  article_.clear_oid();
  EXPECT_EQ(DescriptionOf("article.oid"), "required");
}

TEST_F(BadArticleTest, AMissingAidIsRefused) {
  article_.clear_aid();
  EXPECT_EQ(DescriptionOf("article.aid"), "required");
}

TEST_F(BadArticleTest, OtherCharactersInAnOidAreRefused) {
  for (const char* oid : {"1/2", " 1", "1\n", "가", "a b", "x%00", "\xEF\xBC\x91"}) {
    article_.set_oid(oid);
    EXPECT_THAT(DescriptionOf("article.oid"), HasSubstr("[A-Za-z0-9._-]")) << oid;
  }
}

TEST_F(BadArticleTest, OtherCharactersInAnAidAreRefused) {
  for (const std::string& aid : {std::string("1/2"), std::string("1\0", 2), std::string("번호")}) {
    article_.set_aid(aid);
    EXPECT_THAT(DescriptionOf("article.aid"), HasSubstr("[A-Za-z0-9._-]")) << aid;
  }
}

TEST_F(BadArticleTest, AKeyPartMayHave64BytesAndNoMore) {
  article_.set_oid(std::string(65, 'x'));
  EXPECT_THAT(DescriptionOf("article.oid"), HasSubstr("1 to 64"));
  article_.set_oid(std::string(64, 'x'));
  EXPECT_THAT(Ingest(article_).status, IsOk());
}

TEST_F(BadArticleTest, ATitleOfAMegabyteIsRefused) {
  article_.set_title(std::string(1 << 20, 't'));
  EXPECT_EQ(DescriptionOf("article.title"), "1048576 bytes; at most 8192");
}

TEST_F(BadArticleTest, EachTextMayBeAsLongAsItsLimitAndNoLonger) {
  struct Limit {
    const char* field;
    size_t bytes;
    std::string* text;
  };
  for (const Limit& limit :
       {Limit{"article.title", 8192, article_.mutable_title()},
        Limit{"article.category", 1024, article_.mutable_category()},
        Limit{"article.publisher", 1024, article_.mutable_publisher()},
        Limit{"article.author", 8192, article_.mutable_author()}, Limit{"article.url", 8192, article_.mutable_url()}}) {
    limit.text->assign(limit.bytes + 1, 'x');
    DescriptionOf(limit.field);
    limit.text->resize(limit.bytes);
  }
  EXPECT_THAT(Ingest(article_).status, IsOk());
}

TEST_F(BadArticleTest, ABodyOfTenMegabytesIsRefusedByName) {
  article_.set_body(std::string(10'000'000, 'b'));
  EXPECT_EQ(DescriptionOf("article.body"), "10000000 bytes; at most 4194304");
}

TEST_F(BadArticleTest, TheLimitOfBodiesIsAnOption) {
  options_.max_body_bytes = 10;
  article_.set_body("12345678901");
  EXPECT_EQ(DescriptionOf("article.body"), "11 bytes; at most 10");
  article_.set_body("1234567890");
  EXPECT_THAT(Ingest(article_).status, IsOk());
}

TEST_F(BadArticleTest, TimesBeforeYear1OrAfterYear9999AreRefused) {
  for (const int64_t seconds : {int64_t{-62135596801}, int64_t{253402300800}, INT64_MIN, INT64_MAX}) {
    article_.mutable_published_at()->set_seconds(seconds);
    EXPECT_THAT(DescriptionOf("article.published_at"), HasSubstr("0001 to 9999"));
  }
}

TEST_F(BadArticleTest, TheFirstAndTheLastSecondOfTheRangeAreAccepted) {
  article_.mutable_published_at()->set_seconds(-62135596800);
  article_.mutable_crawled_at()->set_seconds(253402300799);
  ASSERT_THAT(Ingest(article_).status, IsOk());
  const auto stored = Get("101", "1");
  EXPECT_EQ(stored->article().published_at().seconds(), -62135596800);
  EXPECT_EQ(stored->article().crawled_at().seconds(), 253402300799);
}

TEST_F(BadArticleTest, NanosecondsOutsideASecondAreRefused) {
  for (const int32_t nanos : {-1, 1'000'000'000}) {
    article_.mutable_crawled_at()->set_nanos(nanos);
    EXPECT_THAT(DescriptionOf("article.crawled_at"), HasSubstr("0 to 999999999"));
  }
}

TEST_F(BadArticleTest, AHashThatIsNotLowerCaseHexIsRefused) {
  std::string upper = HashOf("본문이다.");
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const std::string& hash : {upper, HashOf("").substr(1), HashOf("") + "0", std::string("sha256:ab")}) {
    article_.set_content_hash(hash);
    EXPECT_EQ(DescriptionOf("article.content_hash"), "must be 64 lower-case hex digits") << hash;
  }
}

TEST_F(BadArticleTest, EachBadFieldIsNamed) {
  article_.clear_oid();
  article_.set_aid("a/b");
  article_.set_title(std::string(9000, 't'));
  article_.mutable_published_at()->set_nanos(-1);
  EXPECT_THAT(
      Ingest(article_).status,
      IsInvalid("INVALID_ARTICLE", ElementsAre("article.oid", "article.aid", "article.title", "article.published_at")));
}

TEST_F(BadArticleTest, AnOverlongRequestIdIsRefused) {
  v1::IngestRequest request;
  *request.mutable_article() = article_;
  request.set_request_id(std::string(129, 'r'));
  EXPECT_THAT(Call(&Stub::Ingest, request).status, IsInvalid("INVALID_ARTICLE", ElementsAre("request_id")));
}

TEST_F(BadArticleTest, InvalidUtf8IsRefusedByFieldAndPlace) {
  v1::IngestRequest request;
  *request.mutable_article() = article_;
  request.mutable_article()->set_title("PLACEHOLDER");
  std::string bytes = request.SerializeAsString();
  bytes.replace(bytes.find("PLACEHOLDER"), 11, "title \xED\xA0\x80 x");  // a surrogate
  const RawReply reply = CallRaw(channel(), kIngest, bytes);
  EXPECT_THAT(reply.status, IsInvalid("INVALID_ARTICLE", ElementsAre("article.title")));
  EXPECT_EQ(reply.status.error_message(), "article.title: invalid UTF-8 at byte 6");
}

TEST_F(BadArticleTest, InvalidUtf8InTheBodyIsRefused) {
  v1::IngestRequest request;
  *request.mutable_article() = ApiArticle("1", "PLACEHOLDER");
  std::string bytes = request.SerializeAsString();
  bytes.replace(bytes.find("PLACEHOLDER"), 11, "\xB1\xE2\xBB\xE7 in EUC");  // a legacy encoding of Korean
  EXPECT_THAT(CallRaw(channel(), kIngest, bytes).status, IsInvalid("INVALID_ARTICLE", ElementsAre("article.body")));
}

TEST_F(BadArticleTest, InvalidUtf8InAKeyIsRefused) {
  EXPECT_THAT(CallRaw(channel(), kIngest, "\x0A\x04\x0A\x02\xFF\xFE").status,
              IsInvalid("INVALID_ARTICLE", ElementsAre("article.oid")));
}

TEST_F(BadArticleTest, WhatIsNotProtobufIsRefused) {
  EXPECT_THAT(CallRaw(channel(), kIngest, "{\"article\": {\"oid\": \"101\"}}").status,
              IsInvalid("INVALID_ARTICLE", ElementsAre("request")));
}

TEST_F(BadArticleTest, AnArticleThatIsNotProtobufIsRefused) {
  EXPECT_THAT(CallRaw(channel(), kIngest, "\x0A\x02\xFF\xFF").status,
              IsInvalid("INVALID_ARTICLE", ElementsAre("article")));
}

TEST_F(BadArticleTest, AMessageOverTheLimitIsRefusedAndTheNextOneIsNot) {
  options_.max_message_bytes = 64 << 10;
  options_.max_body_bytes = 32 << 10;
  article_.set_body(std::string(65 << 10, 'b'));
  const grpc::Status status = Ingest(article_).status;
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_message(), HasSubstr("65536")) << "it says the limit";
  EXPECT_THAT(Ingest(ApiArticle("1", "본문이다.")).status, IsOk());
}

TEST_F(BadArticleTest, TheDefaultLimitLetsAMessageOfTheLargestBodyThrough) {
  ASSERT_THAT(Ingest(ApiArticle("1", std::string(4 << 20, 'b'))).status, IsOk());
  EXPECT_EQ(Get("101", "1")->article().body().size(), 4u << 20);
}

}  // namespace
}  // namespace gisa
