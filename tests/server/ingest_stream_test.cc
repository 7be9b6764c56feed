// IngestStream: an answer for each item, in order, whatever the item.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/raw_call.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;

constexpr char kIngestStream[] = "/gisa.v1.ArchiveService/IngestStream";

v1::IngestStreamRequest Item(const v1::Article& article) {
  v1::IngestStreamRequest item;
  *item.mutable_article() = article;
  return item;
}

class IngestStreamTest : public ServerFixture {
 protected:
  // Sends the items, says that there are no more, and returns the answers.
  std::vector<v1::IngestStreamResponse> Send(const std::vector<v1::IngestStreamRequest>& items) {
    grpc::ClientContext context;
    SetDeadline(&context);
    const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
    for (const v1::IngestStreamRequest& item : items) EXPECT_TRUE(stream->Write(item));
    stream->WritesDone();
    std::vector<v1::IngestStreamResponse> answers;
    for (v1::IngestStreamResponse answer; stream->Read(&answer);) answers.push_back(answer);
    EXPECT_THAT(stream->Finish(), IsOk());
    EXPECT_EQ(answers.size(), items.size());
    for (size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i].index(), i);
    answers.resize(items.size());
    return answers;
  }
};

TEST_F(IngestStreamTest, AnEmptyStreamEndsWell) { EXPECT_TRUE(Send({}).empty()); }

TEST_F(IngestStreamTest, EachItemHasItsOutcomeInOrder) {
  v1::Article revised = ApiArticle("1", "첫째.");
  revised.set_title("고친 제목");
  const auto answers = Send(
      {Item(ApiArticle("1", "첫째.")), Item(ApiArticle("2", "첫째.")), Item(ApiArticle("1", "첫째.")), Item(revised)});
  EXPECT_EQ(answers[0].result().outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(answers[1].result().outcome(), v1::OUTCOME_DUPLICATE);
  EXPECT_EQ(KeyText(answers[1].result().canonical()), "101/1");
  EXPECT_EQ(answers[2].result().outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(answers[3].result().outcome(), v1::OUTCOME_REVISED);
  EXPECT_EQ(answers[3].result().revision(), 2u);
}

TEST_F(IngestStreamTest, AnItemIsAnsweredWithoutTheNextOne) {
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  for (int i = 0; i < 3; ++i) {
    stream->Write(Item(ApiArticle(absl::StrCat(i), "본문이다.")));
    v1::IngestStreamResponse answer;
    ASSERT_TRUE(stream->Read(&answer));
    EXPECT_EQ(answer.result().key().aid(), absl::StrCat(i));
    EXPECT_THAT(Get("101", absl::StrCat(i)).status, IsOk());
  }
  stream->WritesDone();
  EXPECT_THAT(stream->Finish(), IsOk());
}

TEST_F(IngestStreamTest, ABadItemGetsItsStatusInItsPlaceAndTheStreamGoesOn) {
  v1::Article wrong_hash = ApiArticle("4", "본문이다.");
  wrong_hash.set_content_hash(HashOf("다른 본문이다."));
  Ingest(ApiArticle("deleted", "지울 본문."));
  Delete("101", "deleted");
  const auto answers =
      Send({Item(ApiArticle("0", "본문이다.")), Item(ApiArticle("a/b", "본문이다.")), v1::IngestStreamRequest(),
            Item(ApiArticle("deleted", "지울 본문.")), Item(wrong_hash), Item(ApiArticle("5", "본문이다."))});
  EXPECT_EQ(answers[0].result().outcome(), v1::OUTCOME_CREATED);
  EXPECT_THAT(answers[1].status(), IsInvalid("INVALID_ARTICLE", ElementsAre("article.aid")));
  EXPECT_THAT(answers[2].status(), IsInvalid("INVALID_ARTICLE", ElementsAre("article")));
  EXPECT_THAT(answers[3].status(), IsError(grpc::StatusCode::FAILED_PRECONDITION, "ARTICLE_DELETED"));
  EXPECT_THAT(answers[4].status(), IsError(grpc::StatusCode::INVALID_ARGUMENT, "CONTENT_HASH_MISMATCH"));
  EXPECT_EQ(answers[5].result().outcome(), v1::OUTCOME_DUPLICATE);
}

TEST_F(IngestStreamTest, ABodyOfTenMegabytesIsRefusedAndTheStreamGoesOn) {
  const auto answers = Send({Item(ApiArticle("1", std::string(10'000'000, 'b'))), Item(ApiArticle("2", "본문이다."))});
  EXPECT_THAT(answers[0].status(), IsInvalid("INVALID_ARTICLE", ElementsAre("article.body")));
  EXPECT_EQ(answers[1].result().outcome(), v1::OUTCOME_CREATED);
}

TEST_F(IngestStreamTest, AnItemMayBringADeletedArticleBack) {
  Ingest(ApiArticle("1", "본문이다."));
  Delete("101", "1");
  v1::IngestStreamRequest item = Item(ApiArticle("1", "본문이다."));
  item.set_undelete(true);
  EXPECT_EQ(Send({item})[0].result().outcome(), v1::OUTCOME_CREATED);
}

TEST_F(IngestStreamTest, ItemsThatAreNotValidMessagesAreRefusedAndTheStreamGoesOn) {
  RawCall call(channel(), kIngestStream);
  std::vector<v1::IngestStreamResponse> answers(3);
  for (size_t i = 0; i < answers.size(); ++i) {
    const std::string items[] = {
        "\x0A\x04\x0A\x02\xFF\xFE",  // an oid that is not UTF-8
        "\xFF",                      // not protobuf
        Item(ApiArticle("1", "본문이다.")).SerializeAsString(),
    };
    ASSERT_TRUE(call.Write(items[i]));
    ASSERT_TRUE(answers[i].ParseFromString(call.Read().value_or("")));
    EXPECT_EQ(answers[i].index(), i);
  }
  call.WritesDone();
  EXPECT_EQ(call.Read(), std::nullopt);
  EXPECT_THAT(call.Finish(), IsOk());
  EXPECT_THAT(answers[0].status(), IsInvalid("INVALID_ARTICLE", ElementsAre("article.oid")));
  EXPECT_THAT(answers[1].status(), IsInvalid("INVALID_ARTICLE", ElementsAre("request")));
  EXPECT_EQ(answers[2].result().outcome(), v1::OUTCOME_CREATED);
}

TEST_F(IngestStreamTest, AMessageOverTheLimitBreaksTheStreamButNotTheServer) {
  options_.max_message_bytes = 64 << 10;
  options_.max_body_bytes = 32 << 10;
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  v1::IngestStreamResponse answer;
  stream->Write(Item(ApiArticle("1", "본문이다.")));
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_TRUE(answer.has_result());
  stream->Write(Item(ApiArticle("2", std::string(65 << 10, 'b'))));
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(Send({Item(ApiArticle("3", "본문이다."))})[0].result().outcome(), v1::OUTCOME_DUPLICATE);
}

TEST_F(IngestStreamTest, ThousandsOfItemsAreAnsweredInOrder) {
  std::vector<v1::Article> articles;
  for (int i = 0; i < 3000; ++i) articles.push_back(ApiArticle(absl::StrCat(i), absl::StrCat("본문 ", i)));
  IngestAll(articles);
  EXPECT_EQ(Stats().articles(), 3000u);
}

TEST_F(IngestStreamTest, AClientThatReadsNothingUntilTheEndGetsEveryAnswer) {
  // More than one stream is read ahead, in bytes.
  std::vector<v1::IngestStreamRequest> items;
  for (int i = 0; i < 12; ++i) items.push_back(Item(ApiArticle(absl::StrCat(i), std::string(1 << 20, 'a' + i))));
  for (const v1::IngestStreamResponse& answer : Send(items)) EXPECT_TRUE(answer.has_result());
}

TEST_F(IngestStreamTest, WhatACancelledStreamSentBeforeItsLastAnswerIsStored) {
  {
    grpc::ClientContext context;
    SetDeadline(&context);
    const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
    v1::IngestStreamResponse answer;
    stream->Write(Item(ApiArticle("1", "본문이다.")));
    ASSERT_TRUE(stream->Read(&answer));
    stream->Write(Item(ApiArticle("2", "본문이다.")));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_THAT(Get("101", "1").status, IsOk());
  EXPECT_TRUE(server().Shutdown().ok()) << "and nothing of the stream is left in flight";
}

}  // namespace
}  // namespace gisa
