// Delete: what goes, what stays, and how an article comes back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;

class DeleteTest : public ServerFixture {
 protected:
  Reply<v1::IngestResponse> Undelete(const v1::Article& article) {
    v1::IngestRequest request;
    *request.mutable_article() = article;
    request.set_undelete(true);
    return Call(&Stub::Ingest, request);
  }
};

TEST_F(DeleteTest, TheAnswerIsTheTombstone) {
  Ingest(ApiArticle("1", "본문이다."));
  const auto reply = Delete("101", "1", "요청에 따라");
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(KeyText(reply->key()), "101/1");
  EXPECT_EQ(reply->sequence(), 2u);
  EXPECT_EQ(reply->reason(), "요청에 따라");
  EXPECT_GT(reply->deleted_at().seconds(), 0);
}

TEST_F(DeleteTest, ADeletedArticleIsNoLongerFound) {
  Ingest(ApiArticle("1", "대전에서 열렸다."));
  EXPECT_EQ(Search("대전")->hits_size(), 1);
  Delete("101", "1");
  EXPECT_EQ(Search("대전")->hits_size(), 0);
}

TEST_F(DeleteTest, EveryRevisionGoes) {
  Ingest(ApiArticle("1", "첫 본문."));
  Ingest(ApiArticle("1", "고친 본문."));
  Delete("101", "1");
  EXPECT_THAT(Get("101", "1", 1).status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_DELETED"));
  EXPECT_EQ(Stats().bodies(), 0u);
}

TEST_F(DeleteTest, DeletingADeletedArticleReturnsTheFirstTombstone) {
  Ingest(ApiArticle("1", "본문이다."));
  const auto first = Delete("101", "1", "처음");
  const auto second = Delete("101", "1", "다시");
  ASSERT_THAT(second.status, IsOk());
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
}

TEST_F(DeleteTest, ABodyStaysForItsOtherHolders) {
  Ingest(ApiArticle("1", "본문이다."));
  Ingest(ApiArticle("2", "본문이다."));
  Delete("101", "1");
  const auto left = Get("101", "2");
  EXPECT_EQ(left->article().body(), "본문이다.");
  EXPECT_EQ(KeyText(left->article().canonical()), "101/2") << "the earliest holder that is left";
}

TEST_F(DeleteTest, AnUnknownArticleIsNotFound) {
  EXPECT_THAT(Delete("101", "1").status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_NOT_FOUND"));
}

TEST_F(DeleteTest, AMissingKeyIsRefused) {
  EXPECT_THAT(Call(&Stub::Delete, v1::DeleteRequest()).status, IsInvalid("INVALID_REQUEST", ElementsAre("key")));
}

TEST_F(DeleteTest, AMalformedKeyIsRefused) {
  EXPECT_THAT(Delete("1/2", "").status, IsInvalid("INVALID_REQUEST", ElementsAre("key.oid", "key.aid")));
}

TEST_F(DeleteTest, AReasonMayHave1024BytesAndNoMore) {
  Ingest(ApiArticle("1", "본문이다."));
  EXPECT_THAT(Delete("101", "1", std::string(1025, 'r')).status, IsInvalid("INVALID_REQUEST", ElementsAre("reason")));
  EXPECT_THAT(Get("101", "1").status, IsOk());
  EXPECT_EQ(Delete("101", "1", std::string(1024, 'r'))->reason().size(), 1024u);
}

TEST_F(DeleteTest, ACrawlDoesNotBringADeletedArticleBack) {
  Ingest(ApiArticle("1", "본문이다."));
  Delete("101", "1");
  EXPECT_THAT(Ingest(ApiArticle("1", "다른 본문이다.")).status,
              IsError(grpc::StatusCode::FAILED_PRECONDITION, "ARTICLE_DELETED"));
}

TEST_F(DeleteTest, UndeleteBringsItBackAsANewRevision) {
  Ingest(ApiArticle("1", "대전에서 열렸다."));
  Delete("101", "1");
  const auto reply = Undelete(ApiArticle("1", "대전에서 다시 열렸다."));
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(reply->result().outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(reply->result().revision(), 2u) << "revisions count on";
  EXPECT_EQ(Search("대전")->hits_size(), 1);
  EXPECT_EQ(Stats().tombstones(), 0u);
}

TEST_F(DeleteTest, UndeleteOfWhatIsNotDeletedChangesNothing) {
  Ingest(ApiArticle("1", "본문이다."));
  EXPECT_EQ(Undelete(ApiArticle("1", "본문이다."))->result().outcome(), v1::OUTCOME_UNCHANGED);
}

}  // namespace
}  // namespace gisa
