// Lists of documents for trigrams make a search quicker and change nothing of what it finds, wherever they are missing.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "storage/leveldb/index_database.h"
#include "tests/storage/leveldb/index_fixture.h"
#include "tests/storage/leveldb/search_oracle.h"
#include "tests/support/korean_text.h"

namespace gisa {
namespace {

class SearchTrigramTest : public SearchIndexTest {
 protected:
  void FlushEvery(uint32_t documents) {
    options_.documents_per_flush = documents;
    Reopen();
  }

  void AddTexts(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string title = korean_.Text(1);
      const std::string body = korean_.Text(6);
      oracle_.Add(Add(title, body), title, body);
    }
  }

  void RemoveTexts(int count) {
    for (int i = 0; i < count; ++i) {
      const DocId doc = oracle_.AnyDoc(rng_());
      Remove(doc);
      oracle_.Remove(doc);
    }
  }

  void Settle() {
    ASSERT_TRUE(index_->Flush().ok());
    ASSERT_TRUE(index_->WaitForMerges().ok());
  }

  void ExpectFindsWhatTheOracleFinds(int queries) {
    for (int i = 0; i < queries; ++i) {
      std::string text = korean_.QueryWord() + korean_.QueryWord();
      if (i % 3 == 0) text += " " + korean_.QueryWord();
      const std::vector<DocId> expected = oracle_.Find(text);
      for (int time = 0; time < 3; ++time) {
        const std::set<DocId> found = FindSet(text);
        ASSERT_EQ(std::vector<DocId>(found.begin(), found.end()), expected) << text;
      }
    }
  }

  // The segments of the index, which is closed for it.
  std::vector<std::shared_ptr<const SegmentFile>> Segments() {
    index_.reset();
    std::vector<std::shared_ptr<const SegmentFile>> segments;
    const auto database = IndexDatabase::Open(options_);
    EXPECT_TRUE(database.ok());
    for (const SegmentId id : (*database)->ListSegments()) segments.push_back(*(*database)->OpenSegment(id));
    return segments;
  }

  std::mt19937 rng_{31};
  KoreanText korean_{&rng_};
  SearchOracle oracle_;
};

TEST_F(SearchTrigramTest, FindsTheSameWithListsOfSmallSegmentsAndOfWhatTheyAreMergedTo) {
  FlushEvery(37);
  for (int round = 0; round < 8; ++round) {
    AddTexts(100);
    RemoveTexts(20);
    ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(20));
  }
  Settle();
  ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(100));
  for (const auto& segment : Segments()) EXPECT_TRUE(segment->trigram_scope().Contains(*ParseTrigram("대전시")));
}

TEST_F(SearchTrigramTest, FindsTheSameInALargeSegmentThatLeavesListsOut) {
  FlushEvery(9000);
  AddTexts(9000);
  Settle();
  AddTexts(300);  // of which a list is short by chance, and which stay in memory
  RemoveTexts(500);
  ASSERT_NO_FATAL_FAILURE(ExpectFindsWhatTheOracleFinds(100));
}

TEST_F(SearchTrigramTest, ATrigramThatIsNearlyAsFrequentAsABigramHasNoListInALargeSegment) {
  FlushEvery(10000);
  for (int i = 0; i < 10000; ++i) Add("", i % 2 == 0 ? "겹치는 낱말" : "겹침은 은치 낱말 치는");
  EXPECT_EQ(FindSet("겹치는").size(), 5000u);
  Settle();
  EXPECT_EQ(FindSet("겹치는").size(), 5000u);
  EXPECT_EQ(FindSet("겹침은").size(), 5000u);
  const auto segments = Segments();
  ASSERT_EQ(segments.size(), 1u);
  const TrigramScope& scope = segments.front()->trigram_scope();
  EXPECT_TRUE(scope.HasBigram(CodeOfCharacters(U'겹', U'침')));
  EXPECT_FALSE(scope.Contains(*ParseTrigram("겹침은")));
  EXPECT_EQ(scope.exceptions().size(), 2u);
  EXPECT_TRUE(scope.Contains(*ParseTrigram("침은치"))) << "is in no document";
}

TEST_F(SearchTrigramTest, ABigramThatOneSegmentFoundRareHasNoListsInWhatItIsMergedTo) {
  FlushEvery(100000);
  for (int i = 0; i < 20000; ++i) Add("", i < 50 ? "드문말이 있다" : "다른 글이 있다");
  ASSERT_TRUE(index_->Flush().ok());
  for (int segment = 0; segment < 10; ++segment) {
    for (int i = 0; i < 2000; ++i) Add("", "드문말이 많다");
    ASSERT_TRUE(index_->Flush().ok());
  }
  EXPECT_EQ(FindSet("드문말이").size(), 20050u);
  Settle();
  EXPECT_EQ(FindSet("드문말이").size(), 20050u);
  EXPECT_EQ(FindSet("드문말").size(), 20050u);
  EXPECT_EQ(FindSet("드문말은").size(), 0u);
}

TEST_F(SearchTrigramTest, AWordInTheTitleOrAtAnEojeolsStartIsHeldToItsPlace) {
  FlushEvery(1000);
  std::set<DocId> titles;
  std::set<DocId> starts;
  for (int i = 0; i < 1000; ++i) {
    const bool is_title = i % 5 == 0;
    const DocId doc = Add(is_title ? "고속철도" : "철도", is_title ? "느리다" : i % 2 == 0 ? "고속철도" : "새고속철도");
    if (is_title) titles.insert(doc);
    if (is_title || i % 2 == 0) starts.insert(doc);
  }
  ASSERT_TRUE(index_->Flush().ok());
  EXPECT_EQ(FindSet("title:고속철"), titles);
  EXPECT_EQ(FindSet("고속철*"), starts);
  EXPECT_EQ(FindSet("고속철").size(), 1000u);
}

}  // namespace
}  // namespace gisa
