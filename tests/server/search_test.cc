// Search: what is found, in which order, and what is refused.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SearchTest : public ServerFixture {
 protected:
  Reply<v1::SearchResponse> Search(const v1::SearchRequest& request) { return Call(&Stub::Search, request); }
  using ServerFixture::Search;

  static v1::SearchRequest Query(const std::string& query) {
    v1::SearchRequest request;
    request.set_query(query);
    return request;
  }

  static v1::Article Published(const std::string& aid, int64_t seconds, const std::string& body) {
    v1::Article article = ApiArticle(aid, body);
    article.mutable_published_at()->set_seconds(seconds);
    return article;
  }

  static std::vector<std::string> Aids(const v1::SearchResponse& response) {
    std::vector<std::string> aids;
    for (const v1::SearchHit& hit : response.hits()) aids.push_back(hit.article().aid());
    return aids;
  }
};

TEST_F(SearchTest, AnArticleIsFoundAsSoonAsItsIngestHasAnswered) {
  for (int i = 0; i < 20; ++i) {
    Ingest(ApiArticle(absl::StrCat(i), "대전에서 열렸다."));
    ASSERT_EQ(Search("대전")->total_hits(), static_cast<uint64_t>(i + 1));
  }
}

TEST_F(SearchTest, EveryWordMustOccurAsAPartOfTheTitleOrTheBody) {
  v1::Article both = ApiArticle("both", "시민이 모였다.");
  both.set_title("대전에서 축제");
  IngestAll({both, ApiArticle("one", "대전에서 열렸다.")});
  EXPECT_THAT(Aids(Search("대전 시민").response), ElementsAre("both"));
}

TEST_F(SearchTest, MatchingFoldsCaseAndWidth) {
  Ingest(ApiArticle("1", "ＫＢＳ 뉴스에서 kt와 Samsung을 다뤘다."));
  for (const char* query : {"kbs", "KT", "ｓａｍｓｕｎｇ"}) EXPECT_EQ(Search(query)->hits_size(), 1) << query;
}

TEST_F(SearchTest, OnlyTheCurrentRevisionIsSearched) {
  Ingest(ApiArticle("1", "대전에서 열렸다."));
  Ingest(ApiArticle("1", "부산에서 열렸다."));
  EXPECT_THAT(Search("대전")->hits(), IsEmpty());
  const auto found = Search("부산");
  ASSERT_EQ(found->hits_size(), 1);
  EXPECT_EQ(found->hits(0).article().revision(), 2u);
}

TEST_F(SearchTest, AHitHasTheArticleWithoutItsBodyItsScoreAndASnippet) {
  Ingest(ApiArticle("1", "대전에서 열렸다."));
  const auto reply = Search("대전");
  ASSERT_EQ(reply->hits_size(), 1);
  const v1::SearchHit& hit = reply->hits(0);
  EXPECT_EQ(hit.article().title(), "제목");
  EXPECT_EQ(hit.article().publisher(), "한빛신문");
  EXPECT_EQ(hit.article().body(), "");
  EXPECT_GT(hit.score(), 0);
  ASSERT_EQ(hit.snippets_size(), 1);
  EXPECT_EQ(hit.snippets(0).text(), "대전에서 열렸다.");
  EXPECT_EQ(reply->total_hits(), 1u);
  EXPECT_FALSE(reply->total_hits_is_lower_bound());
}

TEST_F(SearchTest, TheFullViewHasTheBody) {
  Ingest(ApiArticle("1", "대전에서 열렸다."));
  v1::SearchRequest request = Query("대전");
  request.set_view(v1::ARTICLE_VIEW_FULL);
  EXPECT_EQ(Search(request)->hits(0).article().body(), "대전에서 열렸다.");
}

TEST_F(SearchTest, OrdersByTimePutArticlesWithoutOneLast) {
  v1::Article timeless = ApiArticle("none", "대전");
  timeless.clear_published_at();
  IngestAll({Published("b", 200, "대전"), timeless, Published("c", 300, "대전"), Published("a", 100, "대전")});
  v1::SearchRequest request = Query("대전");
  request.set_order(v1::SEARCH_ORDER_NEWEST);
  const auto newest = Search(request);
  EXPECT_THAT(Aids(newest.response), ElementsAre("c", "b", "a", "none"));
  EXPECT_EQ(newest->hits(0).score(), 0);
  request.set_order(v1::SEARCH_ORDER_OLDEST);
  EXPECT_THAT(Aids(Search(request).response), ElementsAre("a", "b", "c", "none"));
}

TEST_F(SearchTest, TheDefaultOrderIsRelevanceWithTheTitleCountingMore) {
  v1::Article titled = ApiArticle("title", "다른 이야기를 한다.");
  titled.set_title("대전");
  v1::Article bodied = ApiArticle("body", "대전 이야기를 한다.");
  bodied.set_title("다른");
  IngestAll({titled, bodied});
  const auto reply = Search("대전");
  EXPECT_THAT(Aids(reply.response), ElementsAre("title", "body"));
  EXPECT_GT(reply->hits(0).score(), reply->hits(1).score());
}

TEST_F(SearchTest, NothingFoundIsAnEmptyPage) {
  const auto reply = Search("없는말");
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_THAT(reply->hits(), IsEmpty());
  EXPECT_EQ(reply->total_hits(), 0u);
  EXPECT_EQ(reply->next_page_token(), "");
}

TEST_F(SearchTest, AnEmptyQueryIsRefused) {
  EXPECT_THAT(Search("").status, IsInvalid("INVALID_REQUEST", ElementsAre("query")));
}

TEST_F(SearchTest, AQueryWithoutASearchableWordIsRefused) {
  for (const char* query : {" ", "\n\t", "!?", "… ·"}) {
    EXPECT_THAT(Search(query).status, IsInvalid("INVALID_REQUEST", ElementsAre("query"))) << query;
  }
}

TEST_F(SearchTest, AQueryMayHave1024BytesAndNoMore) {
  EXPECT_THAT(Search(std::string(1024, 'q')).status, IsOk());
  EXPECT_THAT(Search(std::string(1025, 'q')).status, IsInvalid("INVALID_REQUEST", ElementsAre("query")));
}

TEST_F(SearchTest, UnknownEnumValuesAreRefused) {
  v1::SearchRequest request = Query("대전");
  request.set_order(static_cast<v1::SearchOrder>(7));
  request.set_view(static_cast<v1::ArticleView>(-1));
  EXPECT_THAT(Search(request).status, IsInvalid("INVALID_REQUEST", ElementsAre("order", "view")));
}

TEST_F(SearchTest, MoreSearchesThanAllowedAreRefusedWithADelay) {
  options_.max_concurrent_searches = 0;
  const grpc::Status status = Search("대전").status;
  EXPECT_THAT(status, IsError(grpc::StatusCode::RESOURCE_EXHAUSTED, "TOO_MANY_SEARCHES"));
  EXPECT_GT(ReadError(status).retry_delay, absl::ZeroDuration());
}

TEST_F(SearchTest, ASearchThatEndedMakesRoomForTheNext) {
  options_.max_concurrent_searches = 1;
  for (int i = 0; i < 20; ++i) {
    ASSERT_THAT(Search("대전").status, IsOk());
    ASSERT_THAT(Search("").status, IsInvalid("INVALID_REQUEST", ElementsAre("query")));
  }
}

TEST_F(SearchTest, ADeadlineThatHasPassedEndsTheCall) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() - std::chrono::seconds(1));
  v1::SearchResponse response;
  EXPECT_EQ(stub().Search(&context, Query("대전"), &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace gisa
