// Get and BatchGet.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GetTest : public ServerFixture {
 protected:
  Reply<v1::GetResponse> Get(const v1::GetRequest& request) { return Call(&Stub::Get, request); }
  Reply<v1::GetResponse> GetByHash(const std::string& hash) {
    v1::GetRequest request;
    request.set_content_hash(hash);
    return Get(request);
  }
  using ServerFixture::Get;
};

TEST_F(GetTest, TheDefaultViewIsFull) {
  Ingest(ApiArticle("1", "본문이다."));
  EXPECT_EQ(Get("101", "1")->article().body(), "본문이다.");
}

TEST_F(GetTest, TheBasicViewHasEverythingButTheBody) {
  Ingest(ApiArticle("1", "본문이다."));
  v1::GetRequest request;
  *request.mutable_key() = ApiKey("101", "1");
  request.set_view(v1::ARTICLE_VIEW_BASIC);
  const auto reply = Get(request);
  EXPECT_EQ(reply->article().body(), "");
  EXPECT_EQ(reply->article().title(), "제목");
  EXPECT_EQ(reply->article().content_hash(), HashOf("본문이다."));
}

TEST_F(GetTest, AHashFindsTheCanonicalHolder) {
  Ingest(ApiArticle("2", "본문이다."));
  Ingest(ApiArticle("1", "본문이다."));
  const auto reply = GetByHash(HashOf("본문이다."));
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(KeyText(reply->article()), "101/2");
}

TEST_F(GetTest, AHashOfASupersededRevisionFindsThatRevision) {
  Ingest(ApiArticle("1", "첫 본문."));
  Ingest(ApiArticle("1", "고친 본문."));
  const auto reply = GetByHash(HashOf("첫 본문."));
  EXPECT_EQ(reply->article().revision(), 1u);
  EXPECT_EQ(reply->article().body(), "첫 본문.");
}

TEST_F(GetTest, AnUnknownKeyIsNotFound) {
  const auto reply = Get("101", "1");
  EXPECT_THAT(reply.status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_NOT_FOUND"));
  EXPECT_THAT(reply.status.error_message(), testing::HasSubstr("101/1"));
}

TEST_F(GetTest, AnUnknownRevisionIsNotFound) {
  Ingest(ApiArticle("1", "본문이다."));
  EXPECT_THAT(Get("101", "1", 2).status, IsError(grpc::StatusCode::NOT_FOUND, "REVISION_NOT_FOUND"));
  EXPECT_THAT(Get("101", "1", UINT32_MAX).status, IsError(grpc::StatusCode::NOT_FOUND, "REVISION_NOT_FOUND"));
}

TEST_F(GetTest, AnUnknownHashIsNotFound) {
  EXPECT_THAT(GetByHash(HashOf("없는 본문.")).status, IsError(grpc::StatusCode::NOT_FOUND, "CONTENT_NOT_FOUND"));
}

TEST_F(GetTest, ADeletedArticleIsNotFoundAsSuch) {
  Ingest(ApiArticle("1", "본문이다."));
  Delete("101", "1");
  EXPECT_THAT(Get("101", "1").status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_DELETED"));
  EXPECT_THAT(GetByHash(HashOf("본문이다.")).status, IsError(grpc::StatusCode::NOT_FOUND, "CONTENT_NOT_FOUND"));
}

TEST_F(GetTest, ARequestWithoutATargetIsRefused) {
  EXPECT_THAT(Get(v1::GetRequest()).status, IsInvalid("INVALID_REQUEST", ElementsAre("target")));
}

TEST_F(GetTest, AMalformedKeyIsRefused) {
  EXPECT_THAT(Get("", "a b").status, IsInvalid("INVALID_REQUEST", ElementsAre("key.oid", "key.aid")));
}

TEST_F(GetTest, AMalformedHashIsRefused) {
  EXPECT_THAT(GetByHash("48A378E5").status, IsInvalid("INVALID_REQUEST", ElementsAre("content_hash")));
}

TEST_F(GetTest, ARevisionBesideAHashIsRefused) {
  v1::GetRequest request;
  request.set_content_hash(HashOf("본문이다."));
  request.set_revision(1);
  EXPECT_THAT(Get(request).status, IsInvalid("INVALID_REQUEST", ElementsAre("revision")));
}

TEST_F(GetTest, AnUnknownViewIsRefused) {
  v1::GetRequest request;
  *request.mutable_key() = ApiKey("101", "1");
  request.set_view(static_cast<v1::ArticleView>(9));
  EXPECT_THAT(Get(request).status, IsInvalid("INVALID_REQUEST", ElementsAre("view")));
}

class BatchGetTest : public ServerFixture {
 protected:
  Reply<v1::BatchGetResponse> BatchGet(const std::vector<std::string>& aids,
                                       v1::ArticleView view = v1::ARTICLE_VIEW_UNSPECIFIED) {
    v1::BatchGetRequest request;
    for (const std::string& aid : aids) *request.add_keys() = ApiKey("101", aid);
    request.set_view(view);
    return Call(&Stub::BatchGet, request);
  }

  template <typename Messages>
  static std::vector<std::string> Aids(const Messages& messages) {
    std::vector<std::string> aids;
    for (const auto& message : messages) aids.push_back(message.aid());
    return aids;
  }
};

TEST_F(BatchGetTest, ArticlesComeInTheOrderAskedForAndMissingOnesAreListed) {
  IngestAll({ApiArticle("1", "하나"), ApiArticle("2", "둘"), ApiArticle("3", "셋")});
  Delete("101", "2");
  const auto reply = BatchGet({"3", "none", "2", "1"});
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_THAT(Aids(reply->articles()), ElementsAre("3", "1"));
  EXPECT_THAT(Aids(reply->missing_keys()), ElementsAre("none", "2"));
  EXPECT_THAT(Aids(reply->unprocessed_keys()), IsEmpty());
  EXPECT_EQ(reply->articles(0).body(), "셋") << "the default view is FULL";
}

TEST_F(BatchGetTest, TheBasicViewHasNoBodies) {
  Ingest(ApiArticle("1", "하나"));
  EXPECT_EQ(BatchGet({"1"}, v1::ARTICLE_VIEW_BASIC)->articles(0).body(), "");
}

TEST_F(BatchGetTest, AKeyAskedForTwiceComesTwice) {
  Ingest(ApiArticle("1", "하나"));
  EXPECT_THAT(Aids(BatchGet({"1", "1"})->articles()), ElementsAre("1", "1"));
}

TEST_F(BatchGetTest, WhatDoesNotFitInAReplyIsListedToBeAskedForAgain) {
  for (const char* aid : {"1", "2", "3"}) Ingest(ApiArticle(aid, std::string(3 << 20, aid[0])));
  const auto reply = BatchGet({"1", "2", "none", "3", "1"});
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_THAT(Aids(reply->articles()), ElementsAre("1", "2"));
  EXPECT_THAT(Aids(reply->missing_keys()), ElementsAre("none"));
  EXPECT_THAT(Aids(reply->unprocessed_keys()), ElementsAre("3", "1"));
}

TEST_F(BatchGetTest, AThousandKeysAreAcceptedAndOneMoreIsNot) {
  std::vector<std::string> aids(1000, "1");
  EXPECT_THAT(BatchGet(aids).status, IsOk());
  aids.emplace_back("1");
  EXPECT_THAT(BatchGet(aids).status, IsInvalid("INVALID_REQUEST", ElementsAre("keys")));
}

TEST_F(BatchGetTest, NoKeysAreRefused) {
  EXPECT_THAT(BatchGet({}).status, IsInvalid("INVALID_REQUEST", ElementsAre("keys")));
}

TEST_F(BatchGetTest, MalformedKeysAreRefusedByTheirPlace) {
  EXPECT_THAT(BatchGet({"1", "", "a/b"}).status,
              IsInvalid("INVALID_REQUEST", ElementsAre("keys[1].aid", "keys[2].aid")));
}

}  // namespace
}  // namespace gisa
