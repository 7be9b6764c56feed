#include "storage/index/union_cursor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/storage/index/segment_testing.h"

namespace gisa {
namespace {

// The place of the character in the term of a source: 가, then 가x and x가 in turn.
CharacterPlace PlaceOf(size_t source) {
  if (source == 0) return CharacterPlace::kAlone;
  return source % 2 == 1 ? CharacterPlace::kFirst : CharacterPlace::kSecond;
}

class UnionCursorTest : public ::testing::Test {
 protected:
  // Makes each occurrence of the character one of the terms of `count` sources, some between two others one of two.
  void Distribute(const ModelPostings& model, size_t count) {
    ModelIndex index;
    for (const ModelPosting& posting : model) {
      ModelPosting& expected = model_.emplace_back();
      expected.doc = posting.doc;
      for (Occurrence occurrence : posting.occurrences) {
        occurrence += MakeOccurrence(1, false, false);  // room for the character before
        const size_t source = rng_() % count;
        expected.occurrences.push_back(AddTo(source, posting.doc, occurrence, &index));
        if (PlaceOf(source) == CharacterPlace::kFirst && source + 1 < count) {
          expected.occurrences.back() |= AddTo(source + 1, posting.doc, occurrence, &index);
        }
      }
    }
    for (const auto& [term, postings] : index) sources_.emplace(std::stoul(term.substr(2)), term);
    segment_ = SegmentOf(index);
  }

  // Adds an occurrence of the character to the term of a source. Returns it as that term tells it.
  static Occurrence AddTo(size_t source, DocId doc, Occurrence occurrence, ModelIndex* index) {
    ModelPostings& postings = (*index)["tx" + std::to_string(source)];
    if (postings.empty() || postings.back().doc != doc) postings.push_back({doc, {}});
    const bool is_second = PlaceOf(source) == CharacterPlace::kSecond;
    postings.back().occurrences.push_back(is_second ? occurrence - MakeOccurrence(1, false, false) : occurrence);
    if (is_second) return occurrence & ~kStartsEojeol;
    return source == 0 ? occurrence : occurrence & ~kEndsStem;
  }

  std::unique_ptr<PostingCursor> Open() {
    std::vector<UnionSource> sources;
    for (const auto& [source, term] : sources_) {
      sources.push_back(
          {[this, term = term] { return NewMemoryCursor(segment_->Find(term), kEndDoc); }, PlaceOf(source)});
    }
    return NewUnionCursor(std::move(sources), kNoDoc, &guard_);
  }

  SearchControl control_;
  SearchGuard guard_{control_};
  std::map<size_t, std::string> sources_;  // with their terms
  std::unique_ptr<MemorySegment> segment_;
  ModelPostings model_;
  std::mt19937 rng_{10};
};

TEST_F(UnionCursorTest, WalksAllSourcesAsOneTerm) {
  Distribute(RandomPostings(&rng_, 300, 1, 5, 6), 20);
  ASSERT_NO_FATAL_FAILURE(ExpectWalks([this] { return Open(); }, model_, &rng_, 20, 2));
  EXPECT_GE(Open()->document_frequency(), model_.size());
}

// The cursor sorts 16384 documents at a time.
TEST_F(UnionCursorTest, DocumentsMayBeFarApart) {
  Distribute(RandomPostings(&rng_, 200, 1, 40000, 6), 5);
  ASSERT_NO_FATAL_FAILURE(ExpectWalks([this] { return Open(); }, model_, &rng_, 20, 2));
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
