// ListRevisions.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;

class RevisionsTest : public ServerFixture {
 protected:
  Reply<v1::ListRevisionsResponse> List(const std::string& aid, int page_size = 0, const std::string& token = "") {
    v1::ListRevisionsRequest request;
    *request.mutable_key() = ApiKey("101", aid);
    request.set_page_size(page_size);
    request.set_page_token(token);
    return Call(&Stub::ListRevisions, request);
  }

  void IngestRevisions(const std::string& aid, int count) {
    std::vector<v1::Article> articles;
    for (int i = 1; i <= count; ++i) articles.push_back(ApiArticle(aid, absl::StrCat("본문 ", i)));
    IngestAll(articles);
  }

  static std::vector<uint32_t> Numbers(const v1::ListRevisionsResponse& response) {
    std::vector<uint32_t> numbers;
    for (const v1::Article& article : response.revisions()) numbers.push_back(article.revision());
    return numbers;
  }
};

TEST_F(RevisionsTest, TheyComeNewestFirstWithoutBodies) {
  IngestRevisions("1", 3);
  const auto reply = List("1");
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_THAT(Numbers(reply.response), ElementsAre(3, 2, 1));
  EXPECT_EQ(reply->revisions(0).body(), "");
  EXPECT_EQ(reply->revisions(0).content_hash(), HashOf("본문 3"));
  EXPECT_EQ(reply->revisions(2).content_hash(), HashOf("본문 1"));
  EXPECT_EQ(reply->next_page_token(), "");
}

TEST_F(RevisionsTest, PagesFollowEachOther) {
  IngestRevisions("1", 5);
  const auto first = List("1", 2);
  EXPECT_THAT(Numbers(first.response), ElementsAre(5, 4));
  const auto second = List("1", 2, first->next_page_token());
  EXPECT_THAT(Numbers(second.response), ElementsAre(3, 2));
  const auto third = List("1", 2, second->next_page_token());
  EXPECT_THAT(Numbers(third.response), ElementsAre(1));
  EXPECT_EQ(third->next_page_token(), "");
}

TEST_F(RevisionsTest, APageThatEndsWithTheFirstRevisionIsTheLast) {
  IngestRevisions("1", 2);
  EXPECT_EQ(List("1", 2)->next_page_token(), "");
}

TEST_F(RevisionsTest, PagesAreStableWhileRevisionsArrive) {
  IngestRevisions("1", 4);
  const auto first = List("1", 2);
  Ingest(ApiArticle("1", "새 본문."));
  EXPECT_THAT(Numbers(List("1", 2, first->next_page_token()).response), ElementsAre(2, 1));
}

TEST_F(RevisionsTest, AChangedPageSizeIsHonoured) {
  IngestRevisions("1", 5);
  const auto first = List("1", 1);
  EXPECT_THAT(Numbers(List("1", 3, first->next_page_token()).response), ElementsAre(4, 3, 2));
}

TEST_F(RevisionsTest, TheDefaultPageHas50AndNoneHasMoreThan1000) {
  IngestRevisions("1", 1001);
  EXPECT_EQ(List("1")->revisions_size(), 50);
  EXPECT_EQ(List("1", 1001)->revisions_size(), 1000);
  EXPECT_EQ(List("1", INT32_MAX)->revisions_size(), 1000);
}

TEST_F(RevisionsTest, AnUnknownArticleIsNotFound) {
  EXPECT_THAT(List("1").status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_NOT_FOUND"));
}

TEST_F(RevisionsTest, ADeletedArticleIsNotFoundAsSuch) {
  IngestRevisions("1", 3);
  const auto first = List("1", 1);
  Delete("101", "1");
  EXPECT_THAT(List("1").status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_DELETED"));
  EXPECT_THAT(List("1", 1, first->next_page_token()).status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_DELETED"));
}

TEST_F(RevisionsTest, AMissingKeyIsRefused) {
  EXPECT_THAT(Call(&Stub::ListRevisions, v1::ListRevisionsRequest()).status,
              IsInvalid("INVALID_REQUEST", ElementsAre("key")));
}

TEST_F(RevisionsTest, ANegativePageSizeIsRefused) {
  EXPECT_THAT(List("1", -1).status, IsInvalid("INVALID_REQUEST", ElementsAre("page_size")));
}

TEST_F(RevisionsTest, ATokenOfAnotherArticleIsRefused) {
  IngestRevisions("1", 3);
  IngestRevisions("2", 3);
  const auto first = List("1", 1);
  EXPECT_THAT(List("2", 1, first->next_page_token()).status,
              IsInvalid("INVALID_PAGE_TOKEN", ElementsAre("page_token")));
}

TEST_F(RevisionsTest, ADamagedTokenIsRefused) {
  EXPECT_THAT(List("1", 0, "not a token").status, IsInvalid("INVALID_PAGE_TOKEN", ElementsAre("page_token")));
}

}  // namespace
}  // namespace gisa
