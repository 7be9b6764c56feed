#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/storage/archive_conformance.h"
#include "tests/storage/describe.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr ExportOrder kOrders[] = {ExportOrder::kKey, ExportOrder::kPublishedAt};

absl::Time At(int64_t seconds) { return absl::FromUnixSeconds(seconds); }

Article Published(const ArticleKey& key, int64_t seconds) {
  Article article = Timeless(key, absl::StrCat("본문 ", key.ToString()));
  article.published_at = At(seconds);
  return article;
}

ArticleKey Key(const char* oid, const char* aid) { return {oid, aid}; }

TEST_P(ArchiveConformanceTest, AnEmptyArchiveExportsNothing) {
  for (const ExportOrder order : kOrders) {
    const ExportPage page = ExportPageFrom(archive().StartExport(), order);
    EXPECT_TRUE(page.done);
    EXPECT_THAT(page.articles, IsEmpty());
  }
}

TEST_P(ArchiveConformanceTest, AnExportInKeyOrderGoesByOidThenAid) {
  for (const ArticleKey& key : {Key("018", "2"), Key("018", "10"), Key("01", "9"), Key("0181", "0"), Key("a", "1"),
                                Key("Z", "1"), Key("018", "1"), Key("018-", "0")}) {
    Ingest(Timeless(key, "본문"));
  }
  EXPECT_THAT(KeysOf(Export(archive().StartExport(), ExportOrder::kKey)),
              ElementsAre(Key("01", "9"), Key("018", "1"), Key("018", "10"), Key("018", "2"), Key("018-", "0"),
                          Key("0181", "0"), Key("Z", "1"), Key("a", "1")));
}

TEST_P(ArchiveConformanceTest, AnExportInTimeOrderGoesOldestFirstAndTheAbsentLast) {
  Ingest(Timeless({"001", "1"}, "본문"));
  Ingest(Published({"018", "5"}, 100));
  Ingest(Published({"018", "1"}, 200));
  Ingest(Published({"018", "6"}, -100));
  Ingest(Published({"002", "7"}, 100));
  Ingest(Published({"018", "2"}, 0));
  Ingest(Timeless({"000", "9"}, "본문"));
  EXPECT_THAT(KeysOf(Export(archive().StartExport(), ExportOrder::kPublishedAt)),
              ElementsAre(Key("018", "6"), Key("018", "2"), Key("002", "7"), Key("018", "5"), Key("018", "1"),
                          Key("000", "9"), Key("001", "1")));
}

TEST_P(ArchiveConformanceTest, AnExportGivesWhatGetGives) {
  Ingest(MakeArticle({"018", "1"}, "하나"));
  Ingest(MakeArticle({"018", "2"}, "하나"));
  Ingest(MakeArticle({"018", "2"}, "둘"));
  for (const ExportOrder order : kOrders) {
    for (const View view : {View::kBasic, View::kFull}) {
      EXPECT_THAT(Describe(Export(archive().StartExport(), order, {}, 1000, view)),
                  ElementsAre(Describe(Get({"018", "1"}, 0, view)), Describe(Get({"018", "2"}, 0, view))));
    }
  }
}

TEST_P(ArchiveConformanceTest, AnExportOfSomePublishersLeavesOutTheOthers) {
  for (const char* oid : {"01", "018", "0181", "02", "03"}) {
    Ingest(Published({oid, "1"}, 100));
    Ingest(Published({oid, "2"}, 50));
  }
  ExportFilter filter;
  filter.oids = {"018"};
  EXPECT_THAT(KeysOf(Export(archive().StartExport(), ExportOrder::kKey, filter)),
              ElementsAre(Key("018", "1"), Key("018", "2")));
  EXPECT_THAT(KeysOf(Export(archive().StartExport(), ExportOrder::kPublishedAt, filter)),
              ElementsAre(Key("018", "2"), Key("018", "1")));
  filter.oids = {"03", "01", "nobody", "03"};
  EXPECT_THAT(KeysOf(Export(archive().StartExport(), ExportOrder::kKey, filter)),
              ElementsAre(Key("01", "1"), Key("01", "2"), Key("03", "1"), Key("03", "2")));
  EXPECT_THAT(KeysOf(Export(archive().StartExport(), ExportOrder::kPublishedAt, filter)),
              ElementsAre(Key("01", "2"), Key("03", "2"), Key("01", "1"), Key("03", "1")));
  filter.oids = {"nobody"};
  for (const ExportOrder order : kOrders) EXPECT_THAT(Export(archive().StartExport(), order, filter), IsEmpty());
}

TEST_P(ArchiveConformanceTest, AnExportOfAPeriodIncludesItsBeginAndNotItsEnd) {
  Ingest(Timeless({"018", "0"}, "본문"));
  for (const int day : {1, 2, 3, 4}) Ingest(Published({"018", absl::StrCat(day)}, day));
  for (const ExportOrder order : kOrders) {
    ExportFilter filter;
    filter.published_after = At(2);
    EXPECT_THAT(KeysOf(Export(archive().StartExport(), order, filter)),
                ElementsAre(Key("018", "2"), Key("018", "3"), Key("018", "4")));
    filter.published_before = At(4);
    EXPECT_THAT(KeysOf(Export(archive().StartExport(), order, filter)), ElementsAre(Key("018", "2"), Key("018", "3")));
    filter.oids = {"018"};
    EXPECT_THAT(KeysOf(Export(archive().StartExport(), order, filter)), ElementsAre(Key("018", "2"), Key("018", "3")));
    filter.published_after.reset();
    EXPECT_THAT(KeysOf(Export(archive().StartExport(), order, filter)),
                ElementsAre(Key("018", "1"), Key("018", "2"), Key("018", "3")));
    filter.published_after = At(4);
    EXPECT_THAT(Export(archive().StartExport(), order, filter), IsEmpty());
  }
}

TEST_P(ArchiveConformanceTest, AnExportDoesNotSeeWhatCameAfterItBegan) {
  Ingest(Published({"018", "1"}, 10));
  Ingest(Published({"018", "3"}, 30));
  const ExportCursor start = archive().StartExport();
  const std::vector<StoredArticle> before = Export(start, ExportOrder::kKey);
  Ingest(Published({"018", "2"}, 20));
  Article revised = Published({"018", "1"}, 40);
  revised.title = "새 제목";
  Ingest(revised);
  revised.published_at.reset();
  Ingest(revised);
  for (const ExportOrder order : kOrders) EXPECT_EQ(Describe(Export(start, order)), Describe(before));
}

TEST_P(ArchiveConformanceTest, AnExportFiltersByWhatAnArticleWasWhenItBegan) {
  Ingest(Published({"018", "1"}, 10));
  const ExportCursor start = archive().StartExport();
  Ingest(Published({"018", "1"}, 20));
  ExportFilter filter;
  filter.published_before = At(15);
  for (const ExportOrder order : kOrders) {
    EXPECT_EQ(Export(start, order, filter).size(), 1u);
    EXPECT_THAT(Export(archive().StartExport(), order, filter), IsEmpty());
  }
}

TEST_P(ArchiveConformanceTest, AnExportGivesARevisedArticleOnceAtItsCurrentTime) {
  for (const int seconds : {10, 20, 30, 10, 20}) Ingest(Published({"018", "1"}, seconds));
  Ingest(Published({"018", "2"}, 15));
  EXPECT_THAT(KeysOf(Export(archive().StartExport(), ExportOrder::kPublishedAt)),
              ElementsAre(Key("018", "2"), Key("018", "1")));
}

TEST_P(ArchiveConformanceTest, AnExportLeavesOutWhatIsDeletedMeanwhile) {
  for (const char* aid : {"1", "2", "3"}) Ingest(Published({"018", aid}, 10));
  const ExportCursor start = archive().StartExport();
  Delete({"018", "1"});
  Delete({"018", "2"});
  Undelete(Published({"018", "2"}, 10));
  for (const ExportOrder order : kOrders) {
    EXPECT_THAT(KeysOf(Export(start, order)), ElementsAre(Key("018", "3")));
    EXPECT_THAT(KeysOf(Export(archive().StartExport(), order)), ElementsAre(Key("018", "2"), Key("018", "3")));
  }
}

// Makes an archive with every kind of neighbour, some superseded and some deleted.
void FillWithNeighbours(Archive& archive) {
  for (const char* oid : {"01", "018", "02"}) {
    for (int i = 0; i < 6; ++i) {
      Article article = Published({oid, absl::StrCat(i)}, i / 2 * 100);
      if (i == 5) article.published_at.reset();
      ASSERT_TRUE(IngestAndWait(archive, article).ok());
      article.published_at = At(50);
      if (i == 2) {
        ASSERT_TRUE(IngestAndWait(archive, article).ok());
      }
    }
    ASSERT_TRUE(DeleteAndWait(archive, {oid, "3"}, "").ok());
  }
}

std::vector<ExportFilter> SomeFilters() {
  ExportFilter some;
  some.oids = {"02", "01"};
  ExportFilter one;
  one.oids = {"018"};
  ExportFilter period;
  period.published_after = At(50);
  period.published_before = At(250);
  ExportFilter both = period;
  both.oids = {"018"};
  return {ExportFilter(), some, one, period, both};
}

TEST_P(ArchiveConformanceTest, AnExportOfOnePageIsThatOfManyPages) {
  for (int i = 0; i < 7; ++i) Ingest(Published({"018", absl::StrCat(i)}, 10 - i));
  for (const ExportOrder order : kOrders) {
    const std::vector<StoredArticle> whole = Export(archive().StartExport(), order);
    ASSERT_EQ(whole.size(), 7u);
    for (const size_t limit : {1, 2, 3, 7, 8}) {
      EXPECT_EQ(Describe(Export(archive().StartExport(), order, {}, limit)), Describe(whole)) << limit;
    }
  }
}

TEST_P(ArchiveConformanceTest, APageEndsWhenItsTextIsLarge) {
  for (int i = 0; i < 4; ++i) Ingest(Timeless({"018", absl::StrCat(i)}, std::string(5000, static_cast<char>('a' + i))));
  for (const ExportOrder order : kOrders) {
    const ExportPage page = ExportPageFrom(archive().StartExport(), order, {}, 1000, View::kFull, 1);
    EXPECT_EQ(page.articles.size(), 1u);
    EXPECT_FALSE(page.done);
    EXPECT_LT(ExportPageFrom(archive().StartExport(), order, {}, 1000, View::kFull, 8000).articles.size(), 4u);
  }
}

TEST_P(ArchiveConformanceTest, AnExportGoesOnAfterEachArticleInEachOrderAndWithEachFilter) {
  FillWithNeighbours(archive());
  const ExportCursor start = archive().StartExport();
  for (const ExportOrder order : kOrders) {
    for (const ExportFilter& filter : SomeFilters()) {
      const std::vector<std::string> whole = Describe(Export(start, order, filter));
      EXPECT_FALSE(whole.empty());
      const std::vector<StoredArticle> articles = Export(start, order, filter, 1);
      ASSERT_EQ(Describe(articles), whole);
      for (size_t i = 0; i < articles.size(); ++i) {
        const Article& last = articles[i].article;
        const ExportCursor after = {start.as_of_sequence, last.key, last.published_at};
        EXPECT_EQ(Describe(Export(after, order, filter, 2)),
                  std::vector<std::string>(whole.begin() + static_cast<std::ptrdiff_t>(i) + 1, whole.end()))
            << "after " << last.key.ToString();
      }
    }
  }
}

TEST_P(ArchiveConformanceTest, AnExportGoesOnAfterARestart) {
  FillWithNeighbours(archive());
  const ExportCursor start = archive().StartExport();
  for (const ExportOrder order : kOrders) {
    const std::vector<std::string> whole = Describe(Export(start, order));
    const ExportPage page = ExportPageFrom(start, order, {}, 4);
    Ingest(Published({"018", "9"}, 250));
    Reopen();
    std::vector<StoredArticle> joined = page.articles;
    for (const StoredArticle& article : Export(page.next, order)) joined.push_back(article);
    EXPECT_EQ(Describe(joined), whole);
  }
}

TEST_P(ArchiveConformanceTest, AnExportGoesOnAlthoughTheArticleBeforeIsGone) {
  FillWithNeighbours(archive());
  const ExportCursor start = archive().StartExport();
  const ExportPage page = ExportPageFrom(start, ExportOrder::kPublishedAt, {}, 4);
  const std::vector<std::string> rest = Describe(Export(page.next, ExportOrder::kPublishedAt));
  Delete(page.articles.back().article.key);
  EXPECT_EQ(Describe(Export(page.next, ExportOrder::kPublishedAt)), rest);
}

}  // namespace
}  // namespace gisa
