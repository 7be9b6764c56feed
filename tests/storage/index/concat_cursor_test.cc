#include "storage/index/concat_cursor.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <utility>

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

}  // namespace
}  // namespace gisa
