#include "storage/index/union_cursor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/storage/index/segment_testing.h"

namespace gisa {
namespace {

class UnionCursorTest : public ::testing::Test {
 protected:
  // Gives each occurrence of `model` to one of `count` terms; the first is the exact one.
  void Distribute(const ModelPostings& model, size_t count) {
    ModelIndex index;
    std::map<DocId, std::vector<Occurrence>> expected;
    for (const ModelPosting& posting : model) {
      for (const Occurrence occurrence : posting.occurrences) {
        const size_t source = rng_() % count;
        ModelPostings& postings = index["t가" + std::string(source, 'x')];
        if (postings.empty() || postings.back().doc != posting.doc) postings.push_back({posting.doc, {}});
        postings.back().occurrences.push_back(occurrence);
        expected[posting.doc].push_back(source == 0 ? occurrence : occurrence & ~kEndsStem);
      }
    }
    for (const auto& [term, postings] : index) terms_.insert(term);
    segment_ = SegmentOf(index);
    for (auto& [doc, occurrences] : expected) model_.push_back({doc, std::move(occurrences)});
  }

  std::unique_ptr<PostingCursor> Open() {
    std::vector<UnionSource> sources;
    for (const std::string& term : terms_) {
      sources.push_back({[this, term] { return NewMemoryCursor(segment_->Find(term), kEndDoc); }, term == "t가"});
    }
    return NewUnionCursor(std::move(sources), &guard_);
  }

  SearchControl control_;
  SearchGuard guard_{control_};
  std::set<std::string> terms_;
  std::unique_ptr<MemorySegment> segment_;
  ModelPostings model_;
  std::mt19937 rng_{10};
};

TEST_F(UnionCursorTest, WalksAllSourcesAsOneTerm) {
  Distribute(RandomPostings(&rng_, 300, 1, 5, 6), 20);
  ASSERT_NO_FATAL_FAILURE(ExpectWalks([this] { return Open(); }, model_, &rng_));
  EXPECT_GE(Open()->document_frequency(), model_.size());
}

// The cursor sorts 16384 documents at a time.
TEST_F(UnionCursorTest, DocumentsMayBeFarApart) {
  Distribute(RandomPostings(&rng_, 200, 1, 40000, 6), 5);
  ASSERT_NO_FATAL_FAILURE(ExpectWalks([this] { return Open(); }, model_, &rng_));
}

TEST_F(UnionCursorTest, WithoutSourcesItIsAtTheEnd) {
  ASSERT_NO_FATAL_FAILURE(ExpectWalks([this] { return Open(); }, {}, &rng_));
}

TEST_F(UnionCursorTest, StopsWhenTheSearchIsGivenUp) {
  Distribute(RandomPostings(&rng_, 300, 1, 5, 6), 20);
  control_.cancelled = [] { return true; };
  EXPECT_EQ(Open()->doc(), kEndDoc);
  EXPECT_EQ(guard_.status().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace gisa
