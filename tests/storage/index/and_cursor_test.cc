#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/index/query_cursor.h"
#include "tests/storage/index/segment_testing.h"

namespace gisa {
namespace {

// Children are one-term words over random documents.
class AndCursorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ModelIndex index;
    for (const auto& [term, max_gap] : {std::pair("t가", 2), std::pair("t나", 3), std::pair("t다", 40)}) {
      index[term] = RandomPostings(&rng_, 2000 / max_gap, 1, max_gap, 3);
      for (const ModelPosting& posting : index[term]) docs_[term].insert(posting.doc);
    }
    for (DocId doc = 1; doc < 3000; ++doc) table_.Add(doc, {0, ModelLength(doc), 0});
    segment_ = SegmentOf(index);
  }

  std::unique_ptr<QueryCursor> OpenWord(const std::string& term) {
    std::vector<WordPart> parts;
    parts.push_back({NewMemoryCursor(segment_->Find(term), kEndDoc), 0});
    return NewWordCursor(std::move(parts), {}, docs_[term].size(), bm25_, table_);
  }

  std::unique_ptr<QueryCursor> Open(const std::vector<std::string>& terms) {
    std::vector<std::unique_ptr<QueryCursor>> children;
    for (const std::string& term : terms) children.push_back(OpenWord(term));
    return NewAndCursor(std::move(children), table_);
  }

  std::vector<DocId> Expected(const std::vector<std::string>& terms) {
    std::vector<DocId> expected;
    for (const DocId doc : docs_[terms.front()]) {
      bool in_all = true;
      for (const std::string& term : terms) in_all = in_all && docs_[term].count(doc) > 0;
      if (in_all) expected.push_back(doc);
    }
    return expected;
  }

  std::mt19937 rng_{15};
  std::map<std::string, std::set<DocId>> docs_;
  std::unique_ptr<MemorySegment> segment_;
  DocTable table_;
  const Bm25 bm25_{3000, 300000};
};

TEST_F(AndCursorTest, WalksTheDocumentsThatAllChildrenHave) {
  for (const std::vector<std::string>& terms : std::vector<std::vector<std::string>>{
           {"t가"}, {"t가", "t나"}, {"t나", "t다", "t가"}, {"t가", "t가"}, {"t가", "t라"}}) {
    std::vector<DocId> found;
    for (const auto cursor = Open(terms); cursor->doc() != kEndDoc; cursor->Next()) {
      ASSERT_TRUE(cursor->Matches());
      found.push_back(cursor->doc());
    }
    EXPECT_EQ(found, Expected(terms));
  }
}

TEST_F(AndCursorTest, SeeksTheFirstCommonDocumentFromATargetOn) {
  const std::vector<std::string> terms = {"t나", "t가"};
  const std::vector<DocId> expected = Expected(terms);
  for (DocId target = 1; target <= expected.back() + 1; target += 7) {
    const auto found = std::lower_bound(expected.begin(), expected.end(), target);
    EXPECT_EQ(Open(terms)->Seek(target), found == expected.end() ? kEndDoc : *found);
  }
}

TEST_F(AndCursorTest, TheScoreIsTheSumOfTheChildrensWhateverTheirOrder) {
  const auto ab = Open({"t가", "t다"});
  const auto ba = Open({"t다", "t가"});
  for (; ab->doc() != kEndDoc; ab->Next(), ba->Next()) {
    ASSERT_EQ(ab->doc(), ba->doc());
    ASSERT_TRUE(ab->Matches());
    ASSERT_TRUE(ba->Matches());
    double sum = 0;
    for (const char* term : {"t가", "t다"}) {
      const auto word = OpenWord(term);
      word->Seek(ab->doc());
      ASSERT_TRUE(word->Matches());
      sum += word->Score();
    }
    EXPECT_DOUBLE_EQ(ab->Score(), sum);
    EXPECT_DOUBLE_EQ(ba->Score(), sum);
    EXPECT_GE(ab->MaxScore(), ab->Score());
  }
}

}  // namespace
}  // namespace gisa
