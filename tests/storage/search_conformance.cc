#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/storage/archive_conformance.h"
#include "tests/storage/describe.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

SearchQuery Query(absl::string_view text, SearchOrder order = SearchOrder::kRelevance, size_t limit = 20) {
  SearchQuery query;
  query.text = std::string(text);
  query.order = order;
  query.limit = limit;
  return query;
}

TEST_P(ArchiveConformanceTest, AnArticleIsFoundAsSoonAsItsIngestAnswered) {
  for (int i = 0; i < 50; ++i) {
    const ArticleKey key = {"018", absl::StrCat(i)};
    Ingest(MakeArticle(key, absl::StrCat("대전에서 열린 ", i, "번째 회의")));
    ASSERT_THAT(Find(absl::StrCat(i, "번째 회의")), ElementsAre(key));
  }
  EXPECT_EQ(Search(Query("대전")).total_hits, 50u);
}

TEST_P(ArchiveConformanceTest, AnArticleIsFoundByItsTitleAndByItsBody) {
  Article article = MakeArticle(kFirst, "본문에는 대전");
  article.title = "제목에는 서울";
  Ingest(article);
  EXPECT_THAT(Find("서울"), ElementsAre(kFirst));
  EXPECT_THAT(Find("대전"), ElementsAre(kFirst));
  EXPECT_THAT(Find("대전 서울"), ElementsAre(kFirst));
  EXPECT_THAT(Find("대전 부산"), IsEmpty());
}

TEST_P(ArchiveConformanceTest, AWordFindsExactlyTheTextsThatContainIt) {
  Ingest(MakeArticle(kFirst, "국립중앙박물관 개관, 美國 AI모델과 G20 😀"));
  Ingest(MakeArticle(kSecond, "중앙 박물관, 미국 AI 모델"));
  EXPECT_THAT(Find("중앙박"), ElementsAre(kFirst));
  EXPECT_THAT(Find("박물관"), UnorderedElementsAre(kFirst, kSecond));
  EXPECT_THAT(Find("관"), UnorderedElementsAre(kFirst, kSecond));
  EXPECT_THAT(Find("앙물"), IsEmpty());
  EXPECT_THAT(Find("美國"), ElementsAre(kFirst, kSecond));
  EXPECT_THAT(Find("g20"), ElementsAre(kFirst));
  EXPECT_THAT(Find("G2"), IsEmpty());
  EXPECT_THAT(Find("ai모델"), ElementsAre(kFirst));
}

TEST_P(ArchiveConformanceTest, ComposedAndDecomposedTextFindEachOther) {
  const std::string composed = "각";
  const std::string decomposed = "\u1100\u1161\u11a8";
  Ingest(MakeArticle(kFirst, composed + "료"));
  Ingest(MakeArticle(kSecond, decomposed + "료"));
  EXPECT_THAT(Find(composed + "료"), UnorderedElementsAre(kFirst, kSecond));
  EXPECT_THAT(Find(decomposed + "료"), UnorderedElementsAre(kFirst, kSecond));
}

TEST_P(ArchiveConformanceTest, ADeletedArticleIsNotFoundOnceItsDeleteAnswered) {
  Ingest(MakeArticle(kFirst, "대전"));
  Ingest(MakeArticle(kSecond, "대전"));
  Delete(kFirst);
  EXPECT_THAT(Find("대전"), ElementsAre(kSecond));
  EXPECT_EQ(Search(Query("대전")).total_hits, 1u);
  Reopen();
  EXPECT_THAT(Find("대전"), ElementsAre(kSecond));
  Delete(kSecond);
  EXPECT_THAT(Find("대전"), IsEmpty());
  Undelete(MakeArticle(kFirst, "대전"));
  EXPECT_THAT(Find("대전"), ElementsAre(kFirst));
}

TEST_P(ArchiveConformanceTest, OnlyTheCurrentRevisionIsFound) {
  Ingest(MakeArticle(kFirst, "대전"));
  Ingest(MakeArticle(kFirst, "부산"));
  EXPECT_THAT(Find("대전"), IsEmpty());
  EXPECT_THAT(Find("부산"), ElementsAre(kFirst));
  Reopen();
  Ingest(MakeArticle(kFirst, "대전"));
  EXPECT_THAT(Find("대전"), ElementsAre(kFirst));
  EXPECT_THAT(Find("부산"), IsEmpty());
  EXPECT_EQ(Search(Query("대전")).hits[0].article.revision, 3u);
}

TEST_P(ArchiveConformanceTest, AnUnchangedArticleIsFoundOnce) {
  Article article = MakeArticle(kFirst, "대전");
  Ingest(article);
  *article.crawled_at += absl::Hours(1);
  Ingest(article);
  const SearchPage page = Search(Query("대전"));
  EXPECT_EQ(page.total_hits, 1u);
  ASSERT_EQ(page.hits.size(), 1u);
  EXPECT_EQ(page.hits[0].article.last_crawled_at, article.crawled_at);
}

TEST_P(ArchiveConformanceTest, AnArticleWithoutAWordIsNeverFound) {
  Article article = MakeArticle(kFirst, "?! 😀");
  article.title.clear();
  Ingest(article);
  Ingest(MakeArticle(kSecond, "대전"));
  for (int i = 0; i < 2; ++i, Reopen()) {
    EXPECT_EQ(GetStats().indexed_documents, 2u);
    EXPECT_THAT(Find("대전"), ElementsAre(kSecond));
  }
}

TEST_P(ArchiveConformanceTest, AHitIsWhatGetReturnsWithItsPassage) {
  Article article = MakeArticle(kFirst, "오늘 대전에서 회의가 열렸다.");
  article.title = "대전 회의";
  Ingest(article);
  SearchQuery query = Query("대전");
  const SearchPage basic = Search(query);
  ASSERT_EQ(basic.hits.size(), 1u);
  EXPECT_EQ(Describe(basic.hits[0].article), Describe(Get(kFirst, 0, View::kBasic)));
  EXPECT_GT(basic.hits[0].score, 0);
  EXPECT_THAT(basic.hits[0].title_highlights, ElementsAre(TextRange{0, 6}));
  ASSERT_EQ(basic.hits[0].snippets.size(), 1u);
  const Snippet& snippet = basic.hits[0].snippets[0];
  ASSERT_EQ(snippet.highlights.size(), 1u);
  const TextRange found = snippet.highlights[0];
  EXPECT_EQ(snippet.text.substr(found.begin, found.end - found.begin), "대전");
  EXPECT_EQ(article.body.substr(snippet.body_offset, snippet.text.size()), snippet.text);
  query.with_body = true;
  EXPECT_EQ(Describe(Search(query).hits[0].article), Describe(Get(kFirst)));
}

TEST_P(ArchiveConformanceTest, HitsComeByTimeWithTheAbsentLast) {
  Article article = MakeArticle(kFirst, "대전");
  article.published_at.reset();
  Ingest(article);
  article = MakeArticle(kSecond, "대전");
  Ingest(article);
  article = MakeArticle(kThird, "대전");
  *article.published_at += absl::Hours(1);
  Ingest(article);
  EXPECT_THAT(Find("대전", SearchOrder::kNewest), ElementsAre(kThird, kSecond, kFirst));
  EXPECT_THAT(Find("대전", SearchOrder::kOldest), ElementsAre(kSecond, kThird, kFirst));
}

TEST_P(ArchiveConformanceTest, PagesHoldEachHitOnceAlthoughArticlesArrive) {
  for (int i = 0; i < 9; ++i) {
    Article article =
        MakeArticle({"018", absl::StrCat(i)}, absl::StrCat("대전 ", std::string(static_cast<size_t>(i), 'x')));
    *article.published_at += absl::Minutes(i / 3);
    Ingest(article);
  }
  for (const SearchOrder order : {SearchOrder::kRelevance, SearchOrder::kNewest, SearchOrder::kOldest}) {
    const std::vector<ArticleKey> whole = Find("대전", order);
    std::vector<ArticleKey> paged;
    SearchQuery query = Query("대전", order, 2);
    do {
      const SearchPage page = Search(query);
      EXPECT_LE(page.hits.size(), 2u);
      for (const SearchHit& hit : page.hits) paged.push_back(hit.article.article.key);
      query.after = page.next;
      Ingest(MakeArticle({"019", absl::StrCat(static_cast<int>(order), "-", paged.size())}, "대전"));
    } while (query.after.has_value() && paged.size() < 100);
    EXPECT_EQ(paged, whole);
  }
}

TEST_P(ArchiveConformanceTest, AQueryWithoutASearchableWordIsRefused) {
  for (const char* text : {"", " \t", "?!", "😀"}) {
    EXPECT_THAT(archive().Search(Query(text), SearchControl()).status(),
                IsError(absl::StatusCode::kInvalidArgument, "INVALID_REQUEST"));
  }
}

TEST_P(ArchiveConformanceTest, ASearchStopsWhenItIsCancelledOrLate) {
  Ingest(MakeArticle(kFirst, "대전"));
  SearchControl cancelled;
  cancelled.cancelled = [] { return true; };
  EXPECT_EQ(archive().Search(Query("대전"), cancelled).status().code(), absl::StatusCode::kCancelled);
  SearchControl late;
  late.deadline = absl::InfinitePast();
  EXPECT_EQ(archive().Search(Query("대전"), late).status().code(), absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace gisa
