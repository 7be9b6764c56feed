// Search by what is known of articles: filters, names, facets, copies, and the order among equals.

#include "absl/strings/str_cat.h"
#include "tests/storage/archive_conformance.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::FieldsAre;
using ::testing::IsEmpty;

std::vector<ArticleKey> KeysOf(const SearchPage& page) {
  std::vector<ArticleKey> keys;
  for (const SearchHit& hit : page.hits) keys.push_back(hit.article.article.key);
  return keys;
}

// Three articles about Daejeon: kThird is the newest, then kFirst, then kSecond.
void FillWith(const std::function<void(const Article&)>& ingest) {
  Article article = MakeArticle(kFirst, "대전 하나");
  article.publisher = "한빛신문";
  article.category = "사회";
  article.author = "이가람 기자";
  article.published_at = absl::FromUnixSeconds(2000);
  article.crawled_at = absl::FromUnixSeconds(12000);
  ingest(article);
  article = MakeArticle(kSecond, "대전 둘");
  article.publisher = "두레일보";
  article.category = "";
  article.author = "김하늘, 이가람";
  article.published_at = absl::FromUnixSeconds(1000);
  article.crawled_at.reset();
  ingest(article);
  article = MakeArticle(kThird, "대전 하나");
  article.publisher = "한빛신문";
  article.category = "정치";
  article.author = "";
  article.published_at = absl::FromUnixSeconds(3000);
  article.crawled_at = absl::FromUnixSeconds(13000);
  ingest(article);
}

SearchQuery Filtered(const SearchFilter& filter, absl::string_view text = "") {
  SearchQuery query;
  query.text = std::string(text);
  query.filter = filter;
  return query;
}

TEST_P(ArchiveConformanceTest, AFilterAloneListsByTime) {
  FillWith([this](const Article& article) { Ingest(article); });
  for (int i = 0; i < 2; ++i, Reopen()) {
    EXPECT_THAT(KeysOf(Search(Filtered({.oids = {"018"}}))), ElementsAre(kFirst, kSecond));
    EXPECT_THAT(KeysOf(Search(Filtered({.oids = {"001", "018", "999"}}))), ElementsAre(kThird, kFirst, kSecond));
    EXPECT_THAT(KeysOf(Search(Filtered({.publishers = {"한빛신문"}}))), ElementsAre(kThird, kFirst));
    EXPECT_THAT(KeysOf(Search(Filtered({.publishers = {"한빛"}}))), IsEmpty());
    EXPECT_THAT(KeysOf(Search(Filtered({.categories = {"", "정치"}}))), ElementsAre(kThird, kSecond));
    EXPECT_THAT(KeysOf(Search(Filtered({.content_hash = Sha256("대전 하나")}))), ElementsAre(kThird, kFirst));
    EXPECT_EQ(Search(Filtered({.oids = {"018"}})).hits[0].score, 0);
  }
  SearchQuery oldest = Filtered({.oids = {"001", "018"}});
  oldest.order = SearchOrder::kOldest;
  EXPECT_THAT(KeysOf(Search(oldest)), ElementsAre(kSecond, kFirst, kThird));
}

TEST_P(ArchiveConformanceTest, TimesAreFromAndBefore) {
  FillWith([this](const Article& article) { Ingest(article); });
  const auto at = [](int64_t seconds) { return absl::FromUnixSeconds(seconds); };
  EXPECT_THAT(KeysOf(Search(Filtered({.published_after = at(2000)}))), ElementsAre(kThird, kFirst));
  EXPECT_THAT(KeysOf(Search(Filtered({.published_before = at(2000)}))), ElementsAre(kSecond));
  EXPECT_THAT(KeysOf(Search(Filtered({.published_after = at(1000), .published_before = at(3000)}))),
              ElementsAre(kFirst, kSecond));
  EXPECT_THAT(KeysOf(Search(Filtered({.crawled_after = at(0)}))), ElementsAre(kThird, kFirst))
      << "what was never crawled is in no range";
  EXPECT_THAT(KeysOf(Search(Filtered({.crawled_before = at(13000)}))), ElementsAre(kFirst));
}

TEST_P(ArchiveConformanceTest, AFilterAndAQueryMustBothHold) {
  FillWith([this](const Article& article) { Ingest(article); });
  EXPECT_THAT(KeysOf(Search(Filtered({.oids = {"018"}}, "하나"))), ElementsAre(kFirst));
  EXPECT_THAT(KeysOf(Search(Filtered({.oids = {"018"}}, "-하나"))), ElementsAre(kSecond));
  EXPECT_GT(Search(Filtered({.oids = {"018"}}, "하나")).hits[0].score, 0);
}

TEST_P(ArchiveConformanceTest, NamesAreSearchedInTheirFields) {
  FillWith([this](const Article& article) { Ingest(article); });
  for (int i = 0; i < 2; ++i, Reopen()) {
    EXPECT_THAT(Find("author:이가람"), ElementsAre(kFirst, kSecond)) << "by time, for nothing is scored";
    EXPECT_THAT(Find("author:\"하늘 이가람\""), ElementsAre(kSecond));
    EXPECT_THAT(Find("publisher:한빛 -author:가람"), ElementsAre(kThird));
    EXPECT_THAT(Find("둘 OR publisher:빛신 -하나"), ElementsAre(kSecond));
    EXPECT_THAT(Find("이가람"), IsEmpty());
  }
}

TEST_P(ArchiveConformanceTest, AmongEqualsTheLesserKeyComesFirst) {
  const std::vector<ArticleKey> ascending = {{"018", "0000000009"}, {"018", "0000000010"}, {"018", "10"},
                                             {"018", "9"},          {"018", "a-1"},        {"020", "1"}};
  for (const size_t i : {3, 0, 5, 1, 4, 2}) {
    Article article = MakeArticle(ascending[i], absl::StrCat("대전 ", i));
    article.title = "제목";
    Ingest(article);
  }
  for (const SearchOrder order : {SearchOrder::kRelevance, SearchOrder::kNewest, SearchOrder::kOldest}) {
    SearchQuery query;
    query.text = "대전";
    query.order = order;
    query.limit = 1;
    std::vector<ArticleKey> found;
    do {
      const SearchPage page = Search(query);
      found.push_back(page.hits.at(0).article.article.key);
      query.after = page.next;
      Ingest(MakeArticle({"000", absl::StrCat(static_cast<int>(order), "-", found.size())}, "대전"));
    } while (query.after.has_value());
    for (size_t i = 1; i <= found.size(); ++i) Delete({"000", absl::StrCat(static_cast<int>(order), "-", i)});
    EXPECT_EQ(found, ascending);
  }
}

TEST_P(ArchiveConformanceTest, CopiesAreCollapsedToTheFirstWithTheirNumber) {
  FillWith([this](const Article& article) { Ingest(article); });
  SearchQuery query = Filtered({}, "대전");
  query.order = SearchOrder::kNewest;
  query.collapse_duplicates = true;
  query.limit = 1;
  SearchPage page = Search(query);
  EXPECT_EQ(page.total_hits, 2u);
  ASSERT_THAT(KeysOf(page), ElementsAre(kThird));
  EXPECT_EQ(page.hits[0].copies, 2u);
  query.after = page.next;
  page = Search(query);
  ASSERT_THAT(KeysOf(page), ElementsAre(kSecond));
  EXPECT_EQ(page.hits[0].copies, 1u);
  EXPECT_FALSE(page.next.has_value());
  query = Filtered({.oids = {"018"}}, "대전");
  query.collapse_duplicates = true;
  for (const SearchHit& hit : Search(query).hits) EXPECT_EQ(hit.copies, 1u) << "only hits count";
}

TEST_P(ArchiveConformanceTest, FacetsCountTheHits) {
  FillWith([this](const Article& article) { Ingest(article); });
  Article article = MakeArticle({"018", "9"}, "서울");
  Ingest(article);
  article = MakeArticle({"018", "10"}, "대전 셋");
  article.published_at.reset();
  Ingest(article);
  article = MakeArticle({"018", "11"}, "대전 넷");
  article.published_at = absl::FromUnixSeconds(15 * 3600);  // the next day in Korea
  Ingest(article);
  article = MakeArticle({"018", "12"}, "대전 다섯");
  article.published_at = absl::FromUnixSeconds(-9 * 3600 - 1);  // the day before
  Ingest(article);
  SearchQuery query = Filtered({}, "대전");
  query.facets = {FacetField::kMonth, FacetField::kPublisher, FacetField::kCategory, FacetField::kDay};
  query.limit = 2;
  query.max_exact_hits = 1;
  const SearchPage page = Search(query);
  EXPECT_EQ(page.total_hits, 6u);
  EXPECT_FALSE(page.total_is_lower_bound);
  ASSERT_EQ(page.facets.size(), 4u);
  EXPECT_EQ(page.facets[0].field, FacetField::kMonth);
  EXPECT_THAT(page.facets[0].counts, ElementsAre(FieldsAre("1970-01", 4), FieldsAre("1969-12", 1), FieldsAre("", 1)));
  EXPECT_THAT(page.facets[1].counts, ElementsAre(FieldsAre("한빛신문", 5), FieldsAre("두레일보", 1)));
  EXPECT_THAT(page.facets[2].counts, ElementsAre(FieldsAre("사회", 4), FieldsAre("", 1), FieldsAre("정치", 1)));
  EXPECT_THAT(page.facets[3].counts, ElementsAre(FieldsAre("1970-01-02", 1), FieldsAre("1970-01-01", 3),
                                                 FieldsAre("1969-12-31", 1), FieldsAre("", 1)));
  EXPECT_EQ(page.facets[3].other_hits, 0u);

  query.max_facet_values = 1;
  query.collapse_duplicates = true;
  const SearchPage few = Search(query);
  EXPECT_THAT(few.facets[2].counts, ElementsAre(FieldsAre("사회", 3)));
  EXPECT_EQ(few.facets[2].other_hits, 2u) << "of two copies only the first counts";
  query.after = few.next;
  EXPECT_THAT(Search(query).facets, IsEmpty());
}

TEST_P(ArchiveConformanceTest, AnyRanksByHowMuchAndHowRare) {
  for (int i = 0; i < 20; ++i) Ingest(MakeArticle({"020", absl::StrCat(i)}, "흔한 말이다"));
  Ingest(MakeArticle(kFirst, "흔한 말과 드문 말이다"));
  Ingest(MakeArticle(kSecond, "드문 것과 긴긴 말이다"));
  SearchQuery query = Filtered({}, "흔한 드문 없는말");
  EXPECT_EQ(Search(query).total_hits, 0u);
  query.match = SearchMatch::kAny;
  const SearchPage page = Search(query);
  EXPECT_EQ(page.total_hits, 22u);
  EXPECT_EQ(page.hits[0].article.article.key, kFirst);
  EXPECT_EQ(page.hits[1].article.article.key, kSecond);
  query.text = "흔한 드문 -말과";
  EXPECT_EQ(Search(query).total_hits, 21u);
}

TEST_P(ArchiveConformanceTest, AnyRanksWhatHasPiecesOfAWordHigherButDoesNotFindItByThem) {
  Ingest(MakeArticle(kFirst, "축제를 가람시청에 알렸다"));
  Ingest(MakeArticle(kSecond, "축제를 가람시민이 알렸다"));
  Ingest(MakeArticle(kThird, "가람시민이 아닌 이야기다"));
  SearchQuery query = Filtered({}, "축제 가람시민의");
  query.match = SearchMatch::kAny;
  EXPECT_THAT(KeysOf(Search(query)), ElementsAre(kSecond, kFirst));
}

TEST_P(ArchiveConformanceTest, TheWordItselfComesBeforeItsLongerForms) {
  Ingest(MakeArticle({"018", "1"}, "어제 한국대전망 이야기"));
  Ingest(MakeArticle({"018", "2"}, "어제 대전환과 이야기"));
  Ingest(MakeArticle({"018", "3"}, "어제 대전에서 이야기"));
  EXPECT_THAT(Find("대전"), ElementsAre(ArticleKey{"018", "3"}, ArticleKey{"018", "2"}, ArticleKey{"018", "1"}));
}

}  // namespace
}  // namespace gisa
