#include "storage/index/top_docs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

namespace gisa {
namespace {

// Greater ranks first, greater ids among equals: the documents of a new table have no keys.
std::vector<RankedDoc> Sorted(std::vector<RankedDoc> docs) {
  std::sort(docs.begin(), docs.end(),
            [](const RankedDoc& a, const RankedDoc& b) { return a.rank != b.rank ? a.rank > b.rank : a.doc > b.doc; });
  return docs;
}

std::vector<RankedDoc> RandomDocs(std::mt19937* rng, DocId count, int ranks) {
  std::vector<RankedDoc> docs;
  for (DocId doc = 1; doc <= count; ++doc) docs.push_back({static_cast<int64_t>((*rng)() % ranks) - ranks / 2, doc});
  return docs;
}

DocTable TableOf(DocId count) {
  DocTable table;
  for (DocId doc = 1; doc <= count; ++doc) table.Add(doc, DocValues());
  return table;
}

void ExpectSame(const std::vector<RankedDoc>& a, const std::vector<RankedDoc>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].rank, b[i].rank);
    ASSERT_EQ(a[i].doc, b[i].doc);
  }
}

TEST(TopDocsTest, PagesFollowEachOtherWithoutGapOrRepetition) {
  std::mt19937 rng(13);
  const DocTable table = TableOf(300);
  for (const int ranks : {1, 3, 1000}) {
    for (const size_t limit : {1, 7, 100, 1000}) {
      const std::vector<RankedDoc> docs = RandomDocs(&rng, 300, ranks);
      std::vector<RankedDoc> pages;
      std::optional<RankedPlace> after;
      bool has_more = true;
      while (has_more) {
        TopDocs top(table, limit, after);
        for (const RankedDoc& doc : docs) {
          if (top.CanSkip(doc.rank)) {
            top.Skip();
          } else {
            top.Add(doc);
          }
        }
        has_more = top.has_more();
        const std::vector<RankedDoc> page = top.Take();
        ASSERT_EQ(page.size(), std::min(limit, docs.size() - pages.size()));
        pages.insert(pages.end(), page.begin(), page.end());
        after = RankedPlace{page.back().rank, {}, page.back().doc};
      }
      ASSERT_NO_FATAL_FAILURE(ExpectSame(pages, Sorted(docs)));
    }
  }
}

TEST(TopDocsTest, AmongEqualRanksOfOneKeyTheNewerDocumentComesFirst) {
  const DocTable table = TableOf(3);
  TopDocs top(table, 2, std::nullopt);
  for (const DocId doc : {1, 2, 3}) top.Add({5, doc});
  EXPECT_TRUE(top.has_more());
  ExpectSame(top.Take(), {{5, 3}, {5, 2}});
}

TEST(TopDocsTest, EqualRanksAreInTheOrderOfKeys) {
  DocTable table;
  const std::vector<ArticleKey> keys = {{"2", "1"}, {"10", "9"}, {"10", "0010"}, {"10", "b"}, {"10", "100"}};
  for (DocId doc = 1; doc <= keys.size(); ++doc) {
    DocValues values;
    values.oid = keys[doc - 1].oid;
    values.aid = keys[doc - 1].aid;
    table.Add(doc, values);
  }
  std::vector<DocId> found;
  std::optional<RankedPlace> after;
  for (size_t page = 0; page < keys.size(); ++page) {
    TopDocs top(table, 1, after);
    for (DocId doc = 1; doc <= keys.size(); ++doc) top.Add({5, doc});
    found.push_back(top.Take().front().doc);
    after = RankedPlace{5, keys[found.back() - 1], found.back()};
  }
  EXPECT_EQ(found, (std::vector<DocId>{3, 5, 2, 4, 1}));
}

TEST(TopDocsTest, OfALimitOfZeroNothingIsKept) {
  const DocTable table = TableOf(1);
  TopDocs top(table, 0, std::nullopt);
  EXPECT_FALSE(top.has_more());
  top.Add({1, 1});
  EXPECT_FALSE(top.CanSkip(0));
  EXPECT_TRUE(top.has_more());
  EXPECT_TRUE(top.Take().empty());
}

TEST(TopDocsTest, OnlyWhatCouldNotBeKeptMayBeSkipped) {
  const DocTable table = TableOf(2);
  TopDocs top(table, 2, std::nullopt);
  top.Add({5, 1});
  EXPECT_FALSE(top.CanSkip(0));
  top.Add({7, 2});
  EXPECT_TRUE(top.CanSkip(4));
  EXPECT_FALSE(top.CanSkip(5));  // it would win by its id
}

}  // namespace
}  // namespace gisa
