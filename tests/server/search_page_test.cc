// Pages of Search: their sizes, their tokens, and that they hold still while articles come and go.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;

class SearchPageTest : public ServerFixture {
 protected:
  Reply<v1::SearchResponse> Page(int page_size, const std::string& token = "") {
    request_.set_page_size(page_size);
    request_.set_page_token(token);
    return Call(&Stub::Search, request_);
  }

  // Articles 100, 101, …, each a minute after the one before, with more or less to say about Daejeon.
  void IngestMany(int count) {
    std::vector<v1::Article> articles;
    for (int i = 0; i < count; ++i) {
      std::string body = absl::StrCat("기사 ", i, " ");
      for (int n = 0; n <= i % 5; ++n) body += "대전 ";
      v1::Article article = ApiArticle(absl::StrCat(100 + i), body);
      article.mutable_published_at()->set_seconds(1767020400 + 60 * i);
      articles.push_back(article);
    }
    IngestAll(articles);
  }

  static std::vector<std::string> Aids(const v1::SearchResponse& response) {
    std::vector<std::string> aids;
    for (const v1::SearchHit& hit : response.hits()) aids.push_back(hit.article().aid());
    return aids;
  }

  // The hits of all pages; `between` is called after each.
  std::vector<std::string> Walk(
      int page_size, const std::function<void(int page)>& between = [](int) {}) {
    std::vector<std::string> aids;
    std::string token;
    for (int page = 0;; ++page) {
      const auto reply = Page(page_size, token);
      EXPECT_THAT(reply.status, IsOk());
      for (const std::string& aid : Aids(reply.response)) aids.push_back(aid);
      token = reply->next_page_token();
      if (token.empty()) return aids;
      between(page);
    }
  }

  v1::SearchRequest request_ = [] {
    v1::SearchRequest request;
    request.set_query("대전");
    return request;
  }();
};

TEST_F(SearchPageTest, TheDefaultPageHas20) {
  IngestMany(25);
  const auto reply = Page(0);
  EXPECT_EQ(reply->hits_size(), 20);
  EXPECT_EQ(reply->total_hits(), 25u);
  EXPECT_NE(reply->next_page_token(), "");
}

TEST_F(SearchPageTest, ASizeOverTheMaximumIsTheMaximum) {
  IngestMany(101);
  EXPECT_EQ(Page(101)->hits_size(), 100);
  EXPECT_EQ(Page(INT32_MAX)->hits_size(), 100);
}

TEST_F(SearchPageTest, ANegativeSizeIsRefused) {
  EXPECT_THAT(Page(-1).status, IsInvalid("INVALID_REQUEST", ElementsAre("page_size")));
  EXPECT_THAT(Page(INT32_MIN).status, IsInvalid("INVALID_REQUEST", ElementsAre("page_size")));
}

TEST_F(SearchPageTest, PagesOfAnySizeMakeTheSameWholeInEveryOrder) {
  IngestMany(30);
  for (const v1::SearchOrder order : {v1::SEARCH_ORDER_RELEVANCE, v1::SEARCH_ORDER_NEWEST, v1::SEARCH_ORDER_OLDEST}) {
    request_.set_order(order);
    const std::vector<std::string> whole = Aids(Page(100).response);
    EXPECT_EQ(whole.size(), 30u);
    for (const int page_size : {1, 7, 30}) EXPECT_EQ(Walk(page_size), whole) << order << " by " << page_size;
  }
}

TEST_F(SearchPageTest, PagesHoldStillWhileArticlesArrive) {
  IngestMany(30);
  for (const v1::SearchOrder order : {v1::SEARCH_ORDER_RELEVANCE, v1::SEARCH_ORDER_NEWEST, v1::SEARCH_ORDER_OLDEST}) {
    request_.set_order(order);
    const std::vector<std::string> whole = Aids(Page(100).response);
    const std::vector<std::string> walked = Walk(7, [&](int page) {
      v1::Article article = ApiArticle(absl::StrCat("late", order, page), absl::StrCat("대전 대전 대전 ", order, page));
      if (page % 2 == 0) article.mutable_published_at()->set_seconds(1);
      Ingest(article);
    });
    EXPECT_EQ(walked, whole) << order;
    EXPECT_GT(Page(100)->total_hits(), walked.size());
  }
}

TEST_F(SearchPageTest, AHitThatIsDeletedMeanwhileDropsOutAndNoOtherDoes) {
  IngestMany(10);
  request_.set_order(v1::SEARCH_ORDER_OLDEST);
  const std::vector<std::string> walked = Walk(4, [this](int page) {
    if (page == 0) Delete("101", "106");
  });
  EXPECT_THAT(walked, ElementsAre("100", "101", "102", "103", "104", "105", "107", "108", "109"));
}

TEST_F(SearchPageTest, ATokenOutlivesARestart) {
  IngestMany(10);
  request_.set_order(v1::SEARCH_ORDER_OLDEST);
  const auto first = Page(8);
  Restart();
  EXPECT_THAT(Aids(Page(8, first->next_page_token()).response), ElementsAre("108", "109"));
}

TEST_F(SearchPageTest, AChangedPageSizeIsHonoured) {
  IngestMany(10);
  request_.set_order(v1::SEARCH_ORDER_OLDEST);
  const auto first = Page(2);
  EXPECT_THAT(Aids(Page(3, first->next_page_token()).response), ElementsAre("102", "103", "104"));
}

TEST_F(SearchPageTest, ATokenOfARequestWithOtherArgumentsIsRefused) {
  IngestMany(5);
  const std::string token = Page(2)->next_page_token();
  const v1::SearchRequest original = request_;
  for (const auto& change : std::vector<std::function<void()>>{
           [this] { request_.set_query("대전 기사"); },
           [this] { request_.set_order(v1::SEARCH_ORDER_NEWEST); },
           [this] { request_.set_view(v1::ARTICLE_VIEW_FULL); },
       }) {
    request_ = original;
    change();
    EXPECT_THAT(Page(2, token).status, IsInvalid("INVALID_PAGE_TOKEN", ElementsAre("page_token")));
  }
}

TEST_F(SearchPageTest, ATokenOfAnotherMethodIsRefused) {
  IngestAll({ApiArticle("1", "대전 하나"), ApiArticle("1", "대전 둘")});
  v1::ListRevisionsRequest revisions;
  *revisions.mutable_key() = ApiKey("101", "1");
  revisions.set_page_size(1);
  const auto listed = Call(&Stub::ListRevisions, revisions);
  EXPECT_THAT(Page(2, listed->next_page_token()).status, IsInvalid("INVALID_PAGE_TOKEN", ElementsAre("page_token")));
}

TEST_F(SearchPageTest, ADamagedTokenIsRefused) {
  IngestMany(5);
  const std::string token = Page(2)->next_page_token();
  std::string swapped = token;
  swapped[5] = swapped[5] == 'A' ? 'B' : 'A';
  std::string upper = token;
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
  for (const std::string& damaged : {swapped, upper, token.substr(1), token.substr(0, token.size() - 2), token + token,
                                     std::string("대전"), std::string(" "), std::string(100'000, 'A')}) {
    EXPECT_THAT(Page(2, damaged).status, IsInvalid("INVALID_PAGE_TOKEN", ElementsAre("page_token"))) << damaged;
  }
}

}  // namespace
}  // namespace gisa
