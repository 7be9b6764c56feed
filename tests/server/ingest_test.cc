// Ingest: what each outcome means, and what is kept.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/protobuf/util/message_differencer.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using IngestTest = ServerFixture;

TEST_F(IngestTest, ANewKeyWithANewBodyIsCreated) {
  const auto reply = Ingest(ApiArticle("1", "본문이다."));
  ASSERT_THAT(reply.status, IsOk());
  const v1::IngestResult& result = reply->result();
  EXPECT_EQ(result.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(KeyText(result.key()), "101/1");
  EXPECT_EQ(result.revision(), 1u);
  EXPECT_EQ(result.sequence(), 1u);
  EXPECT_EQ(result.content_hash(), HashOf("본문이다."));
  EXPECT_EQ(KeyText(result.canonical()), "101/1");
}

TEST_F(IngestTest, AKnownBodyUnderANewKeyIsADuplicateOfTheFirst) {
  Ingest(ApiArticle("1", "본문이다."));
  v1::Article copy = ApiArticle("2", "본문이다.");
  copy.set_title("다른 제목");
  const auto reply = Ingest(copy);
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(reply->result().outcome(), v1::OUTCOME_DUPLICATE);
  EXPECT_EQ(KeyText(reply->result().canonical()), "101/1");
  EXPECT_EQ(Get("101", "2")->article().title(), "다른 제목") << "its own metadata is kept";
  EXPECT_EQ(Get("101", "2")->article().body(), "본문이다.");
}

TEST_F(IngestTest, TheSameAgainIsUnchangedAndTakesNoSequenceNumber) {
  Ingest(ApiArticle("1", "본문이다."));
  const auto reply = Ingest(ApiArticle("1", "본문이다."));
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(reply->result().outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(reply->result().revision(), 1u);
  EXPECT_EQ(reply->result().sequence(), 1u);
  EXPECT_EQ(Stats().last_sequence(), 1u);
}

TEST_F(IngestTest, ALaterCrawlAloneMovesLastCrawledAtOnly) {
  Ingest(ApiArticle("1", "본문이다."));
  v1::Article again = ApiArticle("1", "본문이다.");
  again.mutable_crawled_at()->set_seconds(1767079999);
  EXPECT_EQ(Ingest(again)->result().outcome(), v1::OUTCOME_UNCHANGED);
  const auto stored = Get("101", "1");
  EXPECT_EQ(stored->article().crawled_at().seconds(), 1767074996);
  EXPECT_EQ(stored->article().last_crawled_at().seconds(), 1767079999);
}

TEST_F(IngestTest, AChangedFieldIsARevisionAndTheOldOneStaysReadable) {
  Ingest(ApiArticle("1", "본문이다."));
  v1::Article edited = ApiArticle("1", "본문이다.");
  edited.set_title("고친 제목");
  const auto reply = Ingest(edited);
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(reply->result().outcome(), v1::OUTCOME_REVISED);
  EXPECT_EQ(reply->result().revision(), 2u);
  EXPECT_EQ(reply->result().sequence(), 2u);
  EXPECT_EQ(Get("101", "1", 1)->article().title(), "제목");
  EXPECT_EQ(Get("101", "1")->article().title(), "고친 제목");
}

TEST_F(IngestTest, ARevisionMayBeACopyOfAnotherBody) {
  Ingest(ApiArticle("1", "첫 본문."));
  Ingest(ApiArticle("2", "둘째 본문."));
  const auto reply = Ingest(ApiArticle("2", "첫 본문."));
  EXPECT_EQ(reply->result().outcome(), v1::OUTCOME_REVISED);
  EXPECT_EQ(KeyText(reply->result().canonical()), "101/1");
}

TEST_F(IngestTest, EveryFieldComesBackAsItWasSent) {
  v1::Article sent = ApiArticle("0000000001", "  첫 줄\r\n\t둘째 줄 &amp;quot; \xF0\x9F\x87\xB0\xF0\x9F\x87\xB7\n\n");
  sent.mutable_published_at()->set_nanos(123456000);
  Ingest(sent);
  v1::Article stored = Get("101", "0000000001")->article();
  EXPECT_EQ(stored.body(), sent.body());
  EXPECT_EQ(stored.content_hash(), HashOf(sent.body()));
  EXPECT_EQ(stored.revision(), 1u);
  EXPECT_EQ(stored.sequence(), 1u);
  EXPECT_GT(stored.ingested_at().seconds(), 1767020400);
  EXPECT_EQ(KeyText(stored.canonical()), "101/0000000001");
  EXPECT_EQ(stored.last_crawled_at().seconds(), sent.crawled_at().seconds());

  stored.clear_content_hash();
  stored.clear_revision();
  stored.clear_sequence();
  stored.clear_ingested_at();
  stored.clear_last_crawled_at();
  stored.clear_canonical();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(stored, sent)) << stored.DebugString();
}

TEST_F(IngestTest, AnAbsentTimeStaysAbsent) {
  v1::Article article = ApiArticle("1", "본문이다.");
  article.clear_published_at();
  article.clear_crawled_at();
  ASSERT_THAT(Ingest(article).status, IsOk());
  const auto stored = Get("101", "1");
  EXPECT_FALSE(stored->article().has_published_at());
  EXPECT_FALSE(stored->article().has_crawled_at());
  EXPECT_FALSE(stored->article().has_last_crawled_at());
}

TEST_F(IngestTest, WhatIsFinerThanAMicrosecondIsCutOff) {
  v1::Article article = ApiArticle("1", "본문이다.");
  article.mutable_published_at()->set_seconds(-1);
  article.mutable_published_at()->set_nanos(999999999);
  ASSERT_THAT(Ingest(article).status, IsOk());
  const auto stored = Get("101", "1");
  EXPECT_EQ(stored->article().published_at().seconds(), -1);
  EXPECT_EQ(stored->article().published_at().nanos(), 999999000);
}

TEST_F(IngestTest, OutputOnlyFieldsOfARequestAreIgnored) {
  v1::Article article = ApiArticle("1", "본문이다.");
  article.set_revision(77);
  article.set_sequence(88);
  *article.mutable_canonical() = ApiKey("not allowed!", "");
  article.mutable_ingested_at()->set_seconds(-1);
  const auto reply = Ingest(article);
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(reply->result().revision(), 1u);
  EXPECT_EQ(Ingest(ApiArticle("1", "본문이다."))->result().outcome(), v1::OUTCOME_UNCHANGED);
}

TEST_F(IngestTest, AnEmptyBodyIsAccepted) {
  const auto reply = Ingest(ApiArticle("1", ""));
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(reply->result().content_hash(), HashOf(""));
  EXPECT_EQ(Get("101", "1")->article().body(), "");
}

TEST_F(IngestTest, AKeyAloneIsAnArticle) {
  v1::Article article;
  article.set_oid(".");
  article.set_aid("A-b_9.");
  ASSERT_THAT(Ingest(article).status, IsOk());
  EXPECT_EQ(KeyText(Get(".", "A-b_9.")->article()), "./A-b_9.");
}

TEST_F(IngestTest, LeadingZerosMakeAnotherKey) {
  EXPECT_EQ(Ingest(ApiArticle("1", "가"))->result().outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(Ingest(ApiArticle("01", "나"))->result().outcome(), v1::OUTCOME_CREATED);
}

TEST_F(IngestTest, AStatedHashThatMatchesIsAccepted) {
  v1::Article article = ApiArticle("1", "본문이다.");
  article.set_content_hash(HashOf("본문이다."));
  EXPECT_THAT(Ingest(article).status, IsOk());
}

TEST_F(IngestTest, AStatedHashThatDoesNotMatchIsRefused) {
  v1::Article article = ApiArticle("1", "본문이다.");
  article.set_content_hash(HashOf("다른 본문이다."));
  const auto reply = Ingest(article);
  EXPECT_THAT(reply.status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "CONTENT_HASH_MISMATCH"));
  EXPECT_THAT(reply.status.error_message(), testing::HasSubstr(HashOf("본문이다."))) << "what it should have been";
  EXPECT_THAT(Get("101", "1").status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_NOT_FOUND"));
}

TEST_F(IngestTest, WhatWasAnsweredIsThereAfterARestart) {
  Ingest(ApiArticle("1", "본문이다."));
  Restart();
  EXPECT_EQ(Get("101", "1")->article().body(), "본문이다.");
  EXPECT_EQ(Ingest(ApiArticle("2", "본문이다."))->result().sequence(), 2u);
}

}  // namespace
}  // namespace gisa
