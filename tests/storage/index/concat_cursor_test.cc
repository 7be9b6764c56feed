#include "storage/index/concat_cursor.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <utility>

#include "storage/index/chunk_cursor.h"
#include "storage/index/memory_segment.h"
#include "tests/storage/index/segment_testing.h"

namespace gisa {
namespace {

TEST(ConcatCursorTest, WalksOnePartAfterTheOther) {
  std::mt19937 rng(8);
  const ModelPostings model = RandomPostings(&rng, 400, 1, 4, 3);
  for (const size_t parts : {1, 2, 7}) {
    std::vector<std::unique_ptr<MemorySegment>> segments;
    for (size_t part = 0; part < parts; ++part) {
      segments.push_back(SegmentOf({{"t가", Slice(model, part, parts)}}));
    }
    const auto open = [&segments] {
      std::vector<std::unique_ptr<PostingCursor>> cursors;
      for (const auto& segment : segments) cursors.push_back(NewMemoryCursor(segment->Find("t가"), kEndDoc));
      return NewConcatCursor(std::move(cursors));
    };
    ASSERT_NO_FATAL_FAILURE(ExpectWalks(open, model, &rng));
    EXPECT_EQ(open()->document_frequency(), model.size());
  }
}

TEST(ConcatCursorTest, PartsMayBeEmpty) {
  std::mt19937 rng(9);
  const ModelPostings model = RandomPostings(&rng, 10, 5, 4, 3);
  const auto segment = SegmentOf({{"t가", model}});
  const auto open = [&segment] {
    std::vector<std::unique_ptr<PostingCursor>> cursors;
    cursors.push_back(NewMemoryCursor({}, kEndDoc));
    cursors.push_back(NewMemoryCursor(segment->Find("t가"), kEndDoc));
    cursors.push_back(NewMemoryCursor({}, kEndDoc));
    return NewConcatCursor(std::move(cursors));
  };
  ASSERT_NO_FATAL_FAILURE(ExpectWalks(open, model, &rng));
  ASSERT_NO_FATAL_FAILURE(ExpectWalks([] { return NewConcatCursor({}); }, {}, &rng));
}

// The first part knows all of its documents, and the second nothing.
TEST(ConcatCursorTest, ABoundIsThatOfAPartAndGoesNoFurther) {
  std::mt19937 rng(10);
  const ModelPostings model = RandomPostings(&rng, 1000, 1, 4, 3);
  const DocTable table = ModelTable(model);
  auto chunks = std::make_shared<std::vector<TermChunk>>();
  chunks->push_back({1, *PostingChunk::Open(Encode(Slice(model, 0, 2), &table).postings)});
  const auto segment = SegmentOf({{"t가", Slice(model, 1, 2)}});
  const SearchControl control;
  SearchGuard guard(control);
  std::vector<std::unique_ptr<PostingCursor>> cursors;
  cursors.push_back(NewMemoryCursor({}, kEndDoc));
  cursors.push_back(NewChunkCursor(chunks, DocRange(), OccurrencesLoader(), &guard));
  cursors.push_back(NewMemoryCursor(segment->Find("t가"), kEndDoc));
  const auto cursor = NewConcatCursor(std::move(cursors));
  const DocId second = Slice(model, 1, 2).front().doc;
  for (DocId target = 1; target < second;) {
    const DensityBound bound = cursor->BoundFrom(target);
    EXPECT_LT(bound.max.part, TermDensity::kUnknown);
    ASSERT_GT(bound.end, target);
    ASSERT_LE(bound.end, second);
    target = bound.end;
  }
  EXPECT_EQ(cursor->BoundFrom(second).max.part, TermDensity::kUnknown);
}

}  // namespace
}  // namespace gisa
