#include "storage/index/searcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "storage/base/errors.h"
#include "tests/storage/index/index_page_testing.h"
#include "tests/storage/index/text_index.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SearcherTest : public ::testing::Test {
 protected:
  IndexPage Page(const SearchQuery& query) {
    absl::StatusOr<IndexPage> page = FindPage(&index_, query, SearchControl());
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *std::move(page) : IndexPage();
  }

  static SearchQuery Query(absl::string_view text, SearchOrder order = SearchOrder::kRelevance, size_t limit = 100) {
    return MakeQuery(text, order, limit);
  }

  TextIndex index_;
};

TEST_F(SearcherTest, OrdersByPublicationTimeWithTheNewerDocumentFirstAmongEquals) {
  const DocId absent = index_.Add("", "서울");
  const DocId early = index_.Add("", "서울", 1000);
  const DocId late = index_.Add("", "서울", 3000);
  const DocId tie = index_.Add("", "서울", 1000);
  EXPECT_THAT(DocsOf(Page(Query("서울", SearchOrder::kNewest))), ElementsAre(late, tie, early, absent));
  EXPECT_THAT(DocsOf(Page(Query("서울", SearchOrder::kOldest))), ElementsAre(tie, early, late, absent));
}

TEST_F(SearcherTest, ScoresFallAlongAPageOfRelevance) {
  for (int i = 1; i <= 30; ++i) {
    std::string body;
    for (int j = 0; j < i; ++j) body += j % 3 == 0 ? "서울시장 " : "그밖의 ";
    index_.Add(i % 7 == 0 ? "서울" : "", body);
  }
  const IndexPage page = Page(Query("서울"));
  EXPECT_EQ(page.hits.size(), 30u);
  for (size_t i = 1; i < page.hits.size(); ++i) EXPECT_GE(page.hits[i - 1].score, page.hits[i].score);
  EXPECT_EQ(page.total_hits, 30u);
  EXPECT_FALSE(page.next.has_value());
}

TEST_F(SearcherTest, RemovedDocumentsAreNeitherFoundNorCounted) {
  const DocId kept = index_.Add("", "서울");
  index_.Remove(index_.Add("", "서울"));
  const IndexPage page = Page(Query("서울"));
  EXPECT_THAT(DocsOf(page), ElementsAre(kept));
  EXPECT_EQ(page.total_hits, 1u);
}

TEST_F(SearcherTest, ALimitOfZeroCountsOnly) {
  index_.Add("", "서울");
  const IndexPage page = Page(Query("서울", SearchOrder::kRelevance, 0));
  EXPECT_THAT(page.hits, IsEmpty());
  EXPECT_EQ(page.total_hits, 1u);
  EXPECT_FALSE(page.next.has_value());
}

// In every order, while documents arrive that would rank first and others go.
TEST_F(SearcherTest, PagesStayAsTheyWereOnTheFirst) {
  for (const SearchOrder order : {SearchOrder::kRelevance, SearchOrder::kNewest, SearchOrder::kOldest}) {
    for (int i = 0; i < 40; ++i) index_.Add(i % 5 == 0 ? "부산" : "", "부산 소식 " + std::string(i % 9, 'x'), i % 4);
    const std::vector<DocId> expected = DocsOf(Page(Query("부산", order, 1000)));
    SearchQuery query = Query("부산", order, 7);
    std::vector<DocId> found;
    while (true) {
      const IndexPage page = Page(query);
      EXPECT_EQ(page.total_hits, expected.size());
      for (const DocId doc : DocsOf(page)) found.push_back(doc);
      if (!page.next.has_value()) break;
      query.after = page.next;
      index_.Add("부산 부산 부산", "부산", 1000);
      index_.Add("부산", "부산", -1000);
    }
    EXPECT_EQ(found, expected);
  }
}

TEST_F(SearcherTest, ADocumentRemovedBetweenPagesIsLeftOut) {
  for (int i = 0; i < 6; ++i) index_.Add("", "서울", i);
  SearchQuery query = Query("서울", SearchOrder::kNewest, 2);
  const IndexPage first = Page(query);
  EXPECT_THAT(DocsOf(first), ElementsAre(6, 5));
  index_.Remove(5);  // the place where the page ended
  index_.Remove(4);
  query.after = first.next;
  EXPECT_THAT(DocsOf(Page(query)), ElementsAre(3, 2));
}

TEST_F(SearcherTest, GivesUpWhenCancelledOrLate) {
  index_.Add("", "서울");
  SearchControl control;
  control.cancelled = [] { return true; };
  EXPECT_EQ(FindPage(&index_, Query("서울"), control).status().code(), absl::StatusCode::kCancelled);
  SearchControl late;
  late.deadline = absl::InfinitePast();
  EXPECT_EQ(FindPage(&index_, Query("서울"), late).status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(SearcherTest, AQueryWithoutAWordIsInvalid) {
  EXPECT_EQ(ErrorReason(FindPage(&index_, Query("?"), SearchControl()).status()), "INVALID_REQUEST");
}

}  // namespace
}  // namespace gisa
