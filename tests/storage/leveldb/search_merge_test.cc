// Merges change how the index is stored and nothing of what is found, whenever they run and wherever they are cut off.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "storage/leveldb/index_database.h"
#include "tests/storage/leveldb/index_fixture.h"
#include "tests/storage/leveldb/search_oracle.h"
#include "tests/support/korean_text.h"

namespace gisa {
namespace {

class SearchMergeTest : public SearchIndexTest {
 protected:
  // One change to the index, kept so that it can be applied again.
  struct Text {
    IndexChange change;
    std::string title;
    std::string body;
  };

  SearchMergeTest() {
    options_.documents_per_flush = 10;
    Reopen();
  }

  // Adds a text, removes one, or revises one: then both in one change.
  void Change() {
    Text& text = history_.emplace_back();
    if (rng_() % 10 < 8 || oracle_.size() == 0) {
      Article article;
      article.title = text.title = korean_.Text(2);
      article.body = text.body = korean_.Text(10 + rng_() % 20);
      text.change = Added(0, ++last_doc_, article);
    }
    if (rng_() % 10 < 3 && oracle_.size() > 0) text.change.removed = oracle_.AnyDoc(rng_());
    text.change.sequence = ++sequence_;
    Note(text, &oracle_);
    index_->Apply({text.change});
  }

  static void Note(const Text& text, SearchOracle* oracle) {
    if (text.change.added.has_value()) oracle->Add(text.change.added->doc_id, text.title, text.body);
    if (text.change.removed != kNoDoc) oracle->Remove(text.change.removed);
  }

  // Applies what the index lost, as its owner does.
  void Recover() {
    ASSERT_LE(index_->indexed_up_to(), sequence_);
    for (uint64_t i = index_->indexed_up_to(); i < sequence_; ++i) index_->Apply({history_[i].change});
  }

  void ExpectFindsWhatTheOracleFinds(int queries) {
    for (int i = 0; i < queries; ++i) {
      const std::string text = korean_.QueryWord();
      const std::set<DocId> found = FindSet(text);
      ASSERT_EQ(std::vector<DocId>(found.begin(), found.end()), oracle_.Find(text)) << text;
    }
    ASSERT_EQ(index_->Stats().documents, oracle_.size());
  }

  // Closes the index and holds its files to what they should be when nothing is left to merge.
  void ExpectNoRemains() {
    ASSERT_TRUE(index_->WaitForMerges().ok());
    index_.reset();
    const auto database = IndexDatabase::Open(options_);
    ASSERT_TRUE(database.ok());
    const absl::StatusOr<IndexState> state = (*database)->ReadState();
    ASSERT_TRUE(state.ok());
    std::vector<SegmentId> named;
    uint32_t documents = 0;
    for (const SegmentInfo& segment : state->segments) {
      named.push_back(segment.id);
      documents += segment.documents;
    }
    std::sort(named.begin(), named.end());
    EXPECT_EQ((*database)->ListSegments(), named);
    // All removed documents but those that are still in a segment are forgotten.
    uint32_t removed = 0;
    ASSERT_TRUE((*database)->ReadRemoved([&removed](DocId) { ++removed; }).ok());
    EXPECT_EQ(documents - removed, oracle_.size());
  }

  std::mt19937 rng_{20};
  KoreanText korean_{&rng_};
  SearchOracle oracle_;
  std::vector<Text> history_;  // by sequence, from 1
};

TEST_F(SearchMergeTest, FindsTheSameBeforeDuringAndAfterMerges) {
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 60; ++i) Change();
    ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(10));
    if (round % 3 == 1) {
      ASSERT_TRUE(index_->WaitForMerges().ok());
    }
    ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(10));
  }
  ASSERT_TRUE(index_->Flush().ok());
  ASSERT_TRUE(index_->WaitForMerges().ok());
  ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(100));
  EXPECT_LT(index_->Stats().segments, 2 * 8u);
  Reopen();
  ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(100));
  ASSERT_NO_FATAL_FAILURE(ExpectNoRemains());
}

TEST_F(SearchMergeTest, ScoresDoNotDependOnHowDocumentsAreStored) {
  SearchIndex::Options in_memory = options_;
  in_memory.dir = dir_ / "in_memory";
  in_memory.documents_per_flush = 1000000;
  const auto other = SearchIndex::Open(in_memory);
  ASSERT_TRUE(other.ok());
  for (int i = 0; i < 700; ++i) {
    const std::string title = korean_.Text(2);
    Add(title, korean_.Text(20));
    if (i % 150 == 149) {
      ASSERT_TRUE(index_->WaitForMerges().ok());
    }
  }
  // The same texts again.
  rng_.seed(20);
  for (uint64_t i = 1; i <= 700; ++i) {
    Article article;
    article.title = korean_.Text(2);
    article.body = korean_.Text(20);
    (*other)->Apply({Added(i, static_cast<DocId>(i), article)});
  }
  for (int i = 0; i < 100; ++i) {
    const SearchQuery query = Query(korean_.QueryWord());
    const IndexPage page = Search(query);
    const absl::StatusOr<IndexPage> expected = (*other)->Search(query, SearchControl());
    ASSERT_TRUE(expected.ok());
    ASSERT_EQ(page.hits.size(), expected->hits.size()) << query.text;
    for (size_t at = 0; at < page.hits.size(); ++at) {
      ASSERT_EQ(page.hits[at].doc_id, expected->hits[at].doc_id) << query.text;
      ASSERT_EQ(page.hits[at].score, expected->hits[at].score) << query.text;
    }
  }
}

// Merges leave removed documents out, and a word counts as rarer then; a query's later pages must not notice.
TEST_F(SearchMergeTest, PagesStayAsTheyWereWhileMergesDropDocuments) {
  for (int i = 0; i < 75; ++i) Add(i % 7 == 0 ? "대전" : "소식", "대전 시장 " + std::string(i % 11, 'x') + " 물가");
  for (int i = 0; i < 75; ++i) Add("소식", "시장");
  ASSERT_TRUE(index_->Flush().ok());
  SearchQuery query = Query("대전 시장", SearchOrder::kRelevance, 6);
  const IndexPage all = Search(Query("대전 시장"));
  ASSERT_EQ(all.hits.size(), 75u);
  size_t at = 0;
  while (true) {
    const IndexPage page = Search(query);
    for (const IndexHit& hit : page.hits) {
      ASSERT_EQ(hit.doc_id, all.hits[at].doc_id);
      ASSERT_EQ(hit.score, all.hits[at].score);
      ++at;
    }
    if (!page.next.has_value()) break;
    query.after = page.next;
    // Changes how many documents have 시장, and makes their segments due.
    for (int i = 0; i < 7; ++i) {
      Remove(static_cast<DocId>(76 + at + i));
    }
    ASSERT_TRUE(index_->Flush().ok());
    ASSERT_TRUE(index_->WaitForMerges().ok());
    if (at > 60) continue;
    Reopen();
  }
  EXPECT_EQ(at, 75u);
}

TEST_F(SearchMergeTest, SearchesRunWhileSegmentsAreFlushedAndMerged) {
  for (int i = 0; i < 100; ++i) Add("", i % 2 == 0 ? "대전 물가" : "서울 소식");
  std::atomic<bool> done = false;
  std::vector<std::thread> searchers;
  for (const absl::string_view text : {"대전", "물", "대전 물가"}) {
    searchers.emplace_back([this, text, &done] {
      const std::vector<DocId> expected = Find(text);
      while (!done) ASSERT_EQ(Find(text), expected);
    });
  }
  for (int i = 0; i < 1500; ++i) Add("", "부산 " + std::to_string(i % 50));
  EXPECT_TRUE(index_->WaitForMerges().ok());
  done = true;
  for (std::thread& searcher : searchers) searcher.join();
  EXPECT_EQ(Find("부산").size(), 1000u);  // the fixture's limit
}

TEST_F(SearchMergeTest, RemovedDocumentsLeaveTheFiles) {
  for (int i = 0; i < 300; ++i) Change();
  while (oracle_.size() > 0) {
    Remove(oracle_.AnyDoc(0));
    oracle_.Remove(oracle_.AnyDoc(0));
  }
  ASSERT_TRUE(index_->Flush().ok());
  ASSERT_NO_FATAL_FAILURE(ExpectNoRemains());
  Reopen();
  EXPECT_EQ(index_->Stats().segments, 0u);
  EXPECT_EQ(index_->Stats().documents, 0u);
}

TEST_F(SearchMergeTest, ClosingCutsAMergeOff) {
  for (int round = 0; round < 30; ++round) {
    for (int i = 0; i < 30; ++i) Change();
    ASSERT_TRUE(index_->Flush().ok());
    Reopen();
    ASSERT_EQ(index_->indexed_up_to(), sequence_);
  }
  ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(50));
  ASSERT_NO_FATAL_FAILURE(ExpectNoRemains());
}

TEST_F(SearchMergeTest, LosesNothingWhereverThePowerIsCut) {
  for (int round = 0; round < 60; ++round) {
    env_.CutPowerAfter(rng_() % 400);
    for (uint32_t changes = 20 + rng_() % 60; changes > 0; --changes) Change();
    if (rng_() % 2 == 0) index_->WaitForMerges().IgnoreError();
    env_.CutPower();
    index_.reset();
    env_.RestorePower(rng_() % 2 == 0 ? 0 : 0.5);
    ASSERT_NO_FATAL_FAILURE(Reopen());
    ASSERT_NO_FATAL_FAILURE(Recover());
    ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(5));
  }
  ASSERT_TRUE(index_->Flush().ok());
  ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(50));
  ASSERT_NO_FATAL_FAILURE(ExpectNoRemains());
}

}  // namespace
}  // namespace gisa
