#include "storage/leveldb/merge_policy.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace gisa {
namespace {

// Segments as the policy sees them, and what merging them costs.
class Segments {
 public:
  void Add(uint32_t documents) {
    const DocId first = next_doc_;
    next_doc_ += documents;
    segments_.push_back({{next_id_++, first, next_doc_ - 1, documents}, 0});
    added_ += documents;
  }

  void Remove(size_t segment, uint32_t documents) { segments_[segment].removed += documents; }

  void MergeAll() {
    for (auto range = PickMerge(segments_); range.has_value(); range = PickMerge(segments_)) {
      ASSERT_GE(range->count, 1u);
      ASSERT_LE(range->begin + range->count, segments_.size());
      const auto begin = segments_.begin() + static_cast<std::ptrdiff_t>(range->begin);
      const auto end = begin + static_cast<std::ptrdiff_t>(range->count);
      MergeCandidate merged{{next_id_++, begin->info.first_doc, std::prev(end)->info.last_doc, 0}, 0};
      for (auto segment = begin; segment != end; ++segment) {
        merged.info.documents += segment->info.documents - segment->removed;
      }
      written_ += merged.info.documents;
      largest_ = std::max(largest_, merged.info.documents);
      const auto place = segments_.erase(begin, end);
      if (merged.info.documents > 0) segments_.insert(place, merged);
      ASSERT_LT(++merges_, 1000000u);
    }
  }

  size_t size() const { return segments_.size(); }
  uint64_t documents() const { return added_; }
  double times_written() const { return static_cast<double>(written_) / static_cast<double>(added_); }
  uint32_t largest() const { return largest_; }
  size_t merges() const { return merges_; }
  std::vector<MergeCandidate>& candidates() { return segments_; }

 private:
  std::vector<MergeCandidate> segments_;
  SegmentId next_id_ = 1;
  DocId next_doc_ = 1;
  uint64_t added_ = 0;
  uint64_t written_ = 0;
  uint32_t largest_ = 0;
  size_t merges_ = 0;
};

TEST(MergePolicyTest, FewSegmentsAreLeftAlone) {
  Segments segments;
  for (size_t i = 0; i + 1 < kMergeFactor; ++i) segments.Add(16384);
  segments.MergeAll();
  EXPECT_EQ(segments.merges(), 0u);
  segments.Add(16384);
  segments.MergeAll();
  EXPECT_EQ(segments.merges(), 1u);
  EXPECT_EQ(segments.size(), 1u);
}

TEST(MergePolicyTest, AMillionDocumentsTakeFewSegmentsAndFewWrites) {
  Segments segments;
  for (int i = 0; i < 64; ++i) {
    segments.Add(16384);
    segments.MergeAll();
    ASSERT_LE(segments.size(), 2 * (kMergeFactor - 1) + 1);
  }
  EXPECT_LE(segments.times_written(), 2.0);
}

// As when merging does not keep up with what is written.
TEST(MergePolicyTest, OfTooManySegmentsTheOldestAreMerged) {
  Segments segments;
  for (int round = 0; round < 6; ++round) {
    for (size_t i = 0; i < kMergeFactor + 3; ++i) segments.Add(16384);
    segments.MergeAll();
    for (size_t i = 1; i < segments.size(); ++i) {
      const MergeCandidate& before = segments.candidates()[i - 1];
      EXPECT_GE(before.info.documents, segments.candidates()[i].info.documents) << "a small one before a larger one";
    }
  }
  EXPECT_LE(segments.times_written(), 2.0);
}

// Flushes of one document each, as of a server that is started for each article, cost no more than a few times more.
TEST(MergePolicyTest, TinySegmentsAreMergedToo) {
  Segments segments;
  for (int i = 0; i < 100000; ++i) {
    segments.Add(1);
    segments.MergeAll();
    ASSERT_LE(segments.size(), 4 * (kMergeFactor - 1));
  }
  EXPECT_LE(segments.times_written(), 50.0);
}

TEST(MergePolicyTest, SegmentsOfAnySizesStayFew) {
  std::mt19937 rng(18);
  Segments segments;
  for (int i = 0; i < 3000; ++i) {
    segments.Add(1 + rng() % (1u << (rng() % 15)));
    segments.MergeAll();
    // Those of the highest level have at least 256 Ki documents.
    ASSERT_LE(segments.size(), 4 * (kMergeFactor - 1) + segments.documents() / (256u << 10));
  }
  EXPECT_LE(segments.times_written(), 6.0);
}

TEST(MergePolicyTest, LargeSegmentsAreNotMergedAgain) {
  Segments segments;
  for (int i = 0; i < 2000; ++i) {
    segments.Add(16384);
    segments.MergeAll();
  }
  EXPECT_LE(segments.largest(), 2u << 20);
  EXPECT_LE(segments.size(), 2000 / 64 + 2 * kMergeFactor);
}

TEST(MergePolicyTest, ASegmentOfWhichAQuarterWasRemovedIsWrittenAnew) {
  Segments segments;
  segments.Add(100000);
  segments.Add(1000);
  segments.Remove(0, 24999);
  segments.MergeAll();
  EXPECT_EQ(segments.merges(), 0u);
  segments.Remove(0, 1);
  segments.MergeAll();
  EXPECT_EQ(segments.merges(), 1u);
  EXPECT_EQ(segments.candidates()[0].info.documents, 75000u);
  segments.Remove(1, 1000);
  segments.MergeAll();
  EXPECT_EQ(segments.size(), 1u);
}

}  // namespace
}  // namespace gisa
