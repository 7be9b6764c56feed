#include "storage/leveldb/list_cache.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

namespace gisa {
namespace {

std::shared_ptr<const PostingChunk> MakeChunk(DocId doc) {
  ChunkBuilder builder(/*docs=*/nullptr);
  builder.Add(doc, {4});
  EncodedChunk chunk;
  builder.Finish(&chunk);
  return *PostingChunk::Open(chunk.postings);
}

TEST(ListCacheTest, FindsAListOfTheSameSegments) {
  ListCache cache;
  EXPECT_FALSE(cache.Find("t가나", 1).has_value());
  const auto chunk = MakeChunk(5);
  cache.Add("t가나", 1, {{{7, chunk}}, {{5, 9}}});
  const std::optional<PostingList> found = cache.Find("t가나", 1);
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->chunks.size(), 1u);
  EXPECT_EQ(found->chunks.front().segment, 7u);
  EXPECT_EQ(found->chunks.front().chunk, chunk);
  ASSERT_EQ(found->unsure.size(), 1u);
  EXPECT_EQ(found->unsure.front().end, 9u);
  EXPECT_FALSE(cache.Find("가나다", 1).has_value());
}

TEST(ListCacheTest, AListOfNothingIsFoundToo) {
  ListCache cache;
  cache.Add("t가나", 1, {});
  ASSERT_TRUE(cache.Find("t가나", 1).has_value());
  EXPECT_TRUE(cache.Find("t가나", 1)->chunks.empty());
}

TEST(ListCacheTest, ForgetsListsOfOtherSegments) {
  ListCache cache;
  cache.Add("t가나", 1, {});
  EXPECT_FALSE(cache.Find("t가나", 2).has_value());
  cache.Add("t가나", 2, {});
  EXPECT_TRUE(cache.Find("t가나", 2).has_value());
  cache.Add("t가나", 1, {});  // a search that began before the segments changed
  EXPECT_FALSE(cache.Find("t가나", 1).has_value());
  EXPECT_TRUE(cache.Find("t가나", 2).has_value());
}

TEST(ListCacheTest, FindsNothingOnceWhenAChunkWasReadSoMuchThatItMayBeDecoded) {
  ListCache cache;
  const auto chunk = MakeChunk(5);
  cache.Add("t가나", 1, {{{7, chunk}}, {}});
  chunk->NoteBlocksRead(1);
  EXPECT_TRUE(cache.Find("t가나", 1).has_value());
  chunk->NoteBlocksRead(1);
  EXPECT_FALSE(cache.Find("t가나", 1).has_value());
  chunk->NoteBlocksRead(1);
  EXPECT_TRUE(cache.Find("t가나", 1).has_value());
}

TEST(ListCacheTest, KeepsNoChunkAlive) {
  ListCache cache;
  auto chunk = MakeChunk(5);
  cache.Add("t가나", 1, {{{7, chunk}}, {}});
  chunk.reset();
  EXPECT_FALSE(cache.Find("t가나", 1).has_value());
}

TEST(ListCacheTest, SendsTheReaderToTheSegmentsNowAndThen) {
  ListCache cache;
  cache.Add("t가나", 1, {});
  for (uint32_t i = 0; i < ListCache::kFoundInARow; ++i) EXPECT_TRUE(cache.Find("t가나", 1).has_value());
  EXPECT_FALSE(cache.Find("t가나", 1).has_value());
  cache.Add("t가나", 1, {});
  EXPECT_TRUE(cache.Find("t가나", 1).has_value());
}

TEST(ListCacheTest, KeepsABoundedNumberOfLists) {
  ListCache cache;
  for (size_t i = 0; i < 3 * ListCache::kMaxLists; ++i) cache.Add(absl::StrCat("t", i), 1, {});
  size_t found = 0;
  for (size_t i = 0; i < 3 * ListCache::kMaxLists; ++i)
    found += cache.Find(absl::StrCat("t", i), 1).has_value() ? 1 : 0;
  EXPECT_GT(found, 0u);
  EXPECT_LE(found, ListCache::kMaxLists);
}

}  // namespace
}  // namespace gisa
