// The index against a scan of every text, over generated news: what is found, in which order, and page by page, with
// documents in memory and in many chunks on disk, and revised and removed ones among them.
#include "tests/storage/leveldb/search_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/storage/leveldb/index_fixture.h"
#include "tests/support/korean_text.h"

namespace gisa {
namespace {

class SearchOracleTest : public SearchIndexTest {
 protected:
  SearchOracleTest() {
    options_.documents_per_flush = 50;
    Reopen();
  }

  void AddText() {
    const std::string title = korean_.Text(3);
    const std::string body = korean_.Text(20 + rng_() % 60);
    const int64_t published = rng_() % 10 == 0 ? kNoPublished : static_cast<int64_t>(rng_() % 500);
    oracle_.Add(Add(title, body, published == kNoPublished ? std::nullopt : std::optional(published)), title, body,
                published);
  }

  void RemoveText() {
    if (oracle_.size() == 0) return;
    const DocId doc = oracle_.AnyDoc(rng_());
    Remove(doc);
    oracle_.Remove(doc);
  }

  void Change() {
    const uint32_t choice = rng_() % 100;
    if (choice < 85) return AddText();
    if (choice < 99) return RemoveText();
    ASSERT_TRUE(index_->Flush().ok());
    if (rng_() % 2 == 0) Reopen();
  }

  std::string RandomQuery() {
    std::string query = korean_.QueryWord();
    for (uint32_t words = rng_() % 3; words > 0; --words) query += " " + korean_.QueryWord();
    return query;
  }

  void ExpectFindsWhatTheOracleFinds(const std::string& text) {
    const std::vector<DocId> expected = oracle_.Find(text);
    const IndexPage page = Search(Query(text, SearchOrder::kRelevance, 100000));
    std::vector<DocId> found = DocsOf(page);
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, expected) << text;
    ASSERT_EQ(page.total_hits, expected.size());
    for (size_t i = 1; i < page.hits.size(); ++i) {
      const IndexHit& before = page.hits[i - 1];
      const IndexHit& hit = page.hits[i];
      ASSERT_TRUE(before.score > hit.score || (before.score == hit.score && before.doc_id > hit.doc_id)) << text;
    }
    for (const SearchOrder order : {SearchOrder::kNewest, SearchOrder::kOldest}) {
      ASSERT_EQ(Find(text, order), oracle_.FindByTime(text, order)) << text;
    }
  }

  // Reads all pages, changing the index in between with `change`.
  template <typename Change>
  std::vector<IndexHit> ReadPages(SearchQuery query, Change change) {
    std::vector<IndexHit> hits;
    while (true) {
      const IndexPage page = Search(query);
      hits.insert(hits.end(), page.hits.begin(), page.hits.end());
      if (!page.next.has_value()) return hits;
      EXPECT_EQ(page.hits.size(), query.limit);
      query.after = page.next;
      change();
    }
  }

  std::mt19937 rng_{16};
  KoreanText korean_{&rng_};
  SearchOracle oracle_;
};

TEST_F(SearchOracleTest, FindsWhatAScanFindsWhereverTheDocumentsAre) {
  for (int round = 0; round < 8; ++round) {
    for (int i = 0; i < 100; ++i) ASSERT_NO_FATAL_FAILURE(Change());
    for (int i = 0; i < 60; ++i) ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(RandomQuery()));
  }
}

TEST_F(SearchOracleTest, PagesAreThoseOfOneLongPageWhateverArrives) {
  for (int i = 0; i < 400; ++i) AddText();
  for (const SearchOrder order : {SearchOrder::kRelevance, SearchOrder::kNewest, SearchOrder::kOldest}) {
    for (int i = 0; i < 12; ++i) {
      const std::string text = RandomQuery();
      const std::vector<IndexHit> expected = Search(Query(text, order, 100000)).hits;
      const std::vector<IndexHit> found = ReadPages(Query(text, order, 1 + rng_() % 20), [this] { AddText(); });
      ASSERT_EQ(found.size(), expected.size()) << text;
      for (size_t at = 0; at < found.size(); ++at) {
        ASSERT_EQ(found[at].doc_id, expected[at].doc_id) << text;
        ASSERT_EQ(found[at].score, expected[at].score) << text;
      }
    }
  }
}

TEST_F(SearchOracleTest, PagesLeaveOutWhatIsRemovedAndNothingElse) {
  for (int i = 0; i < 300; ++i) AddText();
  for (int i = 0; i < 20; ++i) {
    const std::string text = RandomQuery();
    const std::vector<DocId> before = oracle_.Find(text);
    std::vector<DocId> found;
    for (const IndexHit& hit : ReadPages(Query(text, SearchOrder::kNewest, 5), [this] { RemoveText(); })) {
      found.push_back(hit.doc_id);
    }
    std::sort(found.begin(), found.end());
    EXPECT_EQ(std::adjacent_find(found.begin(), found.end()), found.end());
    const std::vector<DocId> after = oracle_.Find(text);
    EXPECT_TRUE(std::includes(before.begin(), before.end(), found.begin(), found.end())) << text;
    EXPECT_TRUE(std::includes(found.begin(), found.end(), after.begin(), after.end())) << text;
    for (int j = 0; j < 10; ++j) AddText();
  }
}

}  // namespace
}  // namespace gisa
