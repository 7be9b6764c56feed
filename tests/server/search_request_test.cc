// What a SearchRequest can ask for beyond words: the query language, ANY, filters, copies, facets and limits.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class SearchRequestTest : public ServerFixture {
 protected:
  Reply<v1::SearchResponse> Search(const v1::SearchRequest& request) { return Call(&Stub::Search, request); }
  Reply<v1::SearchResponse> Search(const std::string& query) { return ServerFixture::Search(query); }

  static v1::SearchRequest Query(const std::string& query) {
    v1::SearchRequest request;
    request.set_query(query);
    return request;
  }

  static v1::Article Titled(const std::string& aid, const std::string& title, const std::string& body) {
    v1::Article article = ApiArticle(aid, body);
    article.set_title(title);
    return article;
  }

  std::vector<std::string> Aids(const v1::SearchRequest& request) {
    const auto reply = Search(request);
    EXPECT_THAT(reply.status, IsOk());
    std::vector<std::string> aids;
    for (const v1::SearchHit& hit : reply->hits()) aids.push_back(hit.article().aid());
    return aids;
  }
  std::vector<std::string> Aids(const std::string& query) { return Aids(Query(query)); }
};

TEST_F(SearchRequestTest, TheQueryLanguage) {
  IngestAll({Titled("1", "달빛 축제 개막", "대전 시민이 모였다."),
             Titled("2", "대전 소식", "달빛대축제, 축제와 달빛을 즐겼다."),
             Titled("3", "KBS 소식", "세종에서 samsung 축제가 열렸다.")});
  EXPECT_THAT(Aids("\"달빛 축제\""), ElementsAre("1"));
  EXPECT_THAT(Aids("달빛 축제 -대축제"), ElementsAre("1"));
  EXPECT_THAT(Aids("시민 OR 세종"), UnorderedElementsAre("1", "3"));
  EXPECT_THAT(Aids("축제 -(시민 OR 세종)"), ElementsAre("2"));
  EXPECT_THAT(Aids("title:대전"), ElementsAre("2"));
  EXPECT_THAT(Aids("body:(대전 시민)"), ElementsAre("1"));
  EXPECT_THAT(Aids("sams*"), ElementsAre("3"));
  EXPECT_THAT(Aids("author:가람 축* title:소식"), UnorderedElementsAre("2", "3"));
}

TEST_F(SearchRequestTest, ASyntaxErrorNamesTheCharacterAndWhatWasExpected) {
  const auto reply = Search("대전 (시장");
  EXPECT_THAT(reply.status, IsInvalid("INVALID_REQUEST", ElementsAre("query")));
  EXPECT_THAT(reply.status.error_message(), HasSubstr("at character offset 6: expected a closing )"));
}

TEST_F(SearchRequestTest, ExclusionsAloneNeedAFilter) {
  Ingest(ApiArticle("1", "대전"));
  EXPECT_THAT(Search("-서울").status, IsInvalid("INVALID_REQUEST", ElementsAre("query")));
  v1::SearchRequest request = Query("-서울");
  request.mutable_filter()->add_oids("101");
  EXPECT_THAT(Aids(request), ElementsAre("1"));
  request.clear_query();
  EXPECT_THAT(Aids(request), ElementsAre("1"));
}

TEST_F(SearchRequestTest, AnyOfTheWords) {
  IngestAll({ApiArticle("1", "대전 시민"), ApiArticle("2", "대전 축제"), ApiArticle("3", "서울 축제 시민 대전"),
             ApiArticle("4", "부산")});
  v1::SearchRequest request = Query("시민 축제");
  EXPECT_THAT(Aids(request), ElementsAre("3"));
  request.set_match(v1::SEARCH_MATCH_ANY);
  EXPECT_THAT(Aids(request), ElementsAre("3", "1", "2"));
}

TEST_F(SearchRequestTest, FiltersAreChecked) {
  v1::SearchRequest request = Query("대전");
  v1::SearchFilter* const filter = request.mutable_filter();
  filter->add_oids("no/oid");
  filter->add_publishers(std::string(1025, 'x'));
  for (int i = 0; i < 101; ++i) filter->add_categories("");
  filter->mutable_crawled_before()->set_nanos(-1);
  filter->set_content_hash("12");
  request.add_facets(v1::SEARCH_FACET_UNSPECIFIED);
  request.set_max_facet_values(-1);
  request.set_max_snippets(-1);
  EXPECT_THAT(Search(request).status,
              IsInvalid("INVALID_REQUEST", ElementsAre("filter.oids[0]", "filter.publishers[0]", "filter.categories",
                                                       "filter.crawled_before", "filter.content_hash", "facets[0]",
                                                       "max_facet_values", "max_snippets")));
}

TEST_F(SearchRequestTest, FiltersFindByWhatIsKnown) {
  v1::Article other = ApiArticle("2", "대전 둘");
  other.set_oid("102");
  other.set_publisher("두레일보");
  other.set_category("정치");
  other.mutable_published_at()->set_seconds(1000);
  other.mutable_crawled_at()->set_seconds(2000);
  IngestAll({ApiArticle("1", "대전 하나"), other});
  const auto with = [this](const std::function<void(v1::SearchFilter*)>& set) {
    v1::SearchRequest request;
    set(request.mutable_filter());
    return Aids(request);
  };
  EXPECT_THAT(with([](auto* filter) { filter->add_oids("102"); }), ElementsAre("2"));
  EXPECT_THAT(with([](auto* filter) { filter->add_publishers("두레일보"); }), ElementsAre("2"));
  EXPECT_THAT(with([](auto* filter) { filter->add_categories("사회"); }), ElementsAre("1"));
  EXPECT_THAT(with([](auto* filter) { filter->mutable_published_after()->set_seconds(1001); }), ElementsAre("1"));
  EXPECT_THAT(with([](auto* filter) { filter->mutable_published_before()->set_seconds(1001); }), ElementsAre("2"));
  EXPECT_THAT(with([](auto* filter) { filter->mutable_crawled_after()->set_seconds(2001); }), ElementsAre("1"));
  EXPECT_THAT(with([](auto* filter) { filter->mutable_crawled_before()->set_seconds(2001); }), ElementsAre("2"));
  EXPECT_THAT(with([](auto* filter) { filter->set_content_hash(HashOf("대전 둘")); }), ElementsAre("2"));
}

TEST_F(SearchRequestTest, HitsAreCountedExactlyUpToTheLimit) {
  options_.max_exact_hits = 10;
  std::vector<v1::Article> articles;
  for (int i = 0; i < 30; ++i)
    articles.push_back(ApiArticle(absl::StrCat(i), absl::StrCat("대전 ", i, i < 9 ? " 세종" : "")));
  IngestAll(articles);
  EXPECT_EQ(Stats().limits().max_exact_hits(), 10u);
  v1::SearchRequest request = Query("세종");
  request.set_page_size(5);
  EXPECT_EQ(Search(request)->total_hits(), 9u);
  EXPECT_FALSE(Search(request)->total_hits_is_lower_bound());
  request.set_query("대전");
  std::vector<std::string> all;
  do {
    const auto page = Search(request);
    ASSERT_THAT(page.status, IsOk());
    if (request.page_token().empty()) {
      EXPECT_EQ(page->total_hits(), 10u);
      EXPECT_TRUE(page->total_hits_is_lower_bound());
    }
    for (const v1::SearchHit& hit : page->hits()) all.push_back(hit.article().aid());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(all.size(), 30u) << "no page is missing for it";
}

TEST_F(SearchRequestTest, FacetsComeWithTheFirstPage) {
  v1::Article other = ApiArticle("3", "대전 셋");
  other.set_publisher("");
  other.mutable_published_at()->set_seconds(1767020400 + 86400);
  IngestAll({ApiArticle("1", "대전 하나"), ApiArticle("2", "대전 둘"), other});
  v1::SearchRequest request = Query("대전");
  request.set_page_size(2);
  request.add_facets(v1::SEARCH_FACET_PUBLISHER);
  request.add_facets(v1::SEARCH_FACET_DAY);
  request.set_max_facet_values(1);
  const auto first = Search(request);
  ASSERT_EQ(first->facets_size(), 2);
  const v1::FacetResult& publishers = first->facets(0);
  EXPECT_EQ(publishers.facet(), v1::SEARCH_FACET_PUBLISHER);
  ASSERT_EQ(publishers.values_size(), 1);
  EXPECT_EQ(publishers.values(0).value(), "한빛신문");
  EXPECT_EQ(publishers.values(0).hits(), 2u);
  EXPECT_EQ(publishers.other_hits(), 1u);
  EXPECT_EQ(first->facets(1).values(0).value(), "2025-12-31");
  request.set_page_token(first->next_page_token());
  const auto second = Search(request);
  EXPECT_EQ(second->hits_size(), 1);
  EXPECT_THAT(second->facets(), IsEmpty());
}

TEST_F(SearchRequestTest, CollapsedHitsHaveTheirNumberOfCopies) {
  IngestAll({ApiArticle("1", "대전 하나"), ApiArticle("2", "대전 하나"), ApiArticle("3", "대전 둘")});
  v1::SearchRequest request = Query("하나");
  EXPECT_EQ(Search(request)->total_hits(), 2u);
  request.set_collapse_duplicates(true);
  const auto reply = Search(request);
  ASSERT_EQ(reply->hits_size(), 1);
  EXPECT_EQ(reply->total_hits(), 1u);
  EXPECT_EQ(reply->hits(0).copies(), 2u);
  EXPECT_EQ(reply->hits(0).article().aid(), "1");
}

TEST_F(SearchRequestTest, SnippetsAreAsManyAsAskedForWithPlacesInCodePoints) {
  std::string body = "😀 대전에서";
  for (int i = 0; i < 200; ++i) body += " 앞의 말";
  body += "\n\n대전으로 é 대전";
  Ingest(Titled("1", "😀 é 대전", body));
  v1::SearchRequest request = Query("대전");
  EXPECT_EQ(Search(request)->hits(0).snippets_size(), 1);
  request.set_max_snippets(100);
  const v1::SearchHit hit = Search(request)->hits(0);
  ASSERT_EQ(hit.snippets_size(), 2);
  ASSERT_EQ(hit.title_highlights_size(), 1);
  EXPECT_EQ(hit.title_highlights(0).begin_code_point(), 4u);
  EXPECT_EQ(hit.title_highlights(0).end_code_point(), 6u);
  const v1::Snippet& last = hit.snippets(0);
  EXPECT_EQ(last.highlights_size(), 2) << "the passage with both comes first";
  EXPECT_EQ(body.substr(last.body_offset(), last.text().size()), last.text());
  EXPECT_LT(last.body_code_point_offset(), last.body_offset());
  const v1::TextRange& range = last.highlights(1);
  EXPECT_EQ(range.end_code_point() - range.begin_code_point(), 2u);
  EXPECT_LT(range.begin_code_point(), range.begin());
}

TEST_F(SearchRequestTest, APrefixOfTooManyWordsIsRefused) {
  std::string body;
  for (int i = 0; i < 10001; ++i) absl::StrAppend(&body, "x", i, " ");
  Ingest(ApiArticle("1", body));
  EXPECT_THAT(Search("x*").status, IsError(grpc::StatusCode::RESOURCE_EXHAUSTED, "QUERY_TOO_BROAD"));
  EXPECT_THAT(Search("x99*").status, IsOk());
}

}  // namespace
}  // namespace gisa
