#include "storage/leveldb/posting_cache.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/storage/index/posting_testing.h"

namespace gisa {
namespace {

PostingCache::Chunk MakeChunk(DocId first_doc, size_t documents) {
  std::mt19937 rng(first_doc);
  return *PostingChunk::Open(Encode(RandomPostings(&rng, documents, first_doc, 5, 3)).postings);
}

TEST(PostingCacheTest, FindsWhatWasAdded) {
  PostingCache cache(1 << 20);
  const IndexKey key = IndexKey::OfPostings(3, "t대전");
  EXPECT_FALSE(cache.FindChunk(key).has_value());
  cache.AddChunk(key, MakeChunk(77, 10));
  ASSERT_TRUE(cache.FindChunk(key).has_value());
  EXPECT_EQ((*cache.FindChunk(key))->reader().first_doc(), 77u);
  EXPECT_FALSE(cache.FindChunk(IndexKey::OfPostings(4, "t대전")).has_value());

  const IndexKey piece_key = IndexKey::OfOccurrences(3, "t대전", 1);
  EXPECT_FALSE(cache.FindPiece(piece_key).has_value());
  const PostingCache::Piece piece = *OwnedPiece::Open("occurrences", 1);
  cache.AddPiece(piece_key, piece);
  EXPECT_EQ(*cache.FindPiece(piece_key), piece);
}

TEST(PostingCacheTest, RemembersThatASegmentHasNone) {
  PostingCache cache(1 << 20);
  const IndexKey key = IndexKey::OfPostings(3, "t대전");
  cache.AddChunk(key, nullptr);
  ASSERT_TRUE(cache.FindChunk(key).has_value());
  EXPECT_EQ(*cache.FindChunk(key), nullptr);
}

TEST(PostingCacheTest, WhatDoesNotFitGoesAndStaysValidForWhoeverHoldsIt) {
  PostingCache cache(1 << 16);
  const IndexKey key = IndexKey::OfPostings(1, "t가나");
  cache.AddChunk(key, MakeChunk(5, 10));
  const PostingCache::Chunk held = *cache.FindChunk(key);
  const PostingCache::Chunk other = MakeChunk(6, 1000);
  for (SegmentId segment = 2; segment < 2000; ++segment) {
    cache.AddChunk(IndexKey::OfPostings(segment, "t가나"), other);
  }
  EXPECT_FALSE(cache.FindChunk(key).has_value());
  EXPECT_EQ(held->reader().first_doc(), 5u);
  size_t kept = 0;
  for (SegmentId segment = 2; segment < 2000; ++segment) {
    kept += cache.FindChunk(IndexKey::OfPostings(segment, "t가나")).has_value() ? 1 : 0;
  }
  EXPECT_LE(kept * other->memory_bytes(), size_t{1} << 16);
}

TEST(PostingCacheTest, WhatIsReadMuchIsDecoded) {
  PostingCache cache(1 << 20);
  const IndexKey key = IndexKey::OfPostings(3, "t대전");
  cache.AddChunk(key, MakeChunk(1, 1000));
  EXPECT_EQ((*cache.FindChunk(key))->dense(), nullptr);
  (*cache.FindChunk(key))->NoteBlocksRead(15);
  EXPECT_EQ((*cache.FindChunk(key))->dense(), nullptr) << "it has 8 blocks";
  (*cache.FindChunk(key))->NoteBlocksRead(1);
  const PostingCache::Chunk decoded = *cache.FindChunk(key);
  EXPECT_NE(decoded->dense(), nullptr);
  EXPECT_EQ(*cache.FindChunk(key), decoded) << "once";
}

TEST(PostingCacheTest, OfDocumentsFarFromEachOtherAListIsDecoded) {
  std::mt19937 rng(7);
  const ModelPostings model = RandomPostings(&rng, 300, 5, 500, 3);
  PostingCache cache(1 << 20);
  const IndexKey key = IndexKey::OfPostings(3, "t대전");
  cache.AddChunk(key, *PostingChunk::Open(Encode(model).postings));
  EXPECT_FALSE((*cache.FindChunk(key))->is_decoded());
  (*cache.FindChunk(key))->NoteBlocksRead(6);
  const PostingCache::Chunk decoded = *cache.FindChunk(key);
  EXPECT_EQ(decoded->dense(), nullptr);
  ASSERT_EQ(decoded->docs().size(), model.size());
  for (size_t i = 0; i < model.size(); ++i) EXPECT_EQ(decoded->docs()[i], model[i].doc);
}

TEST(PostingCacheTest, WhatIsDecodedLeavesRoomForOthers) {
  constexpr size_t kCapacity = 1 << 18;
  PostingCache cache(kCapacity);
  const PostingCache::Chunk chunk = MakeChunk(1, 4000);
  chunk->NoteBlocksRead(UINT32_MAX);
  size_t decoded_bytes = 0;
  for (SegmentId segment = 1; segment < 200; ++segment) {
    const IndexKey key = IndexKey::OfPostings(segment, "t대전");
    cache.AddChunk(key, chunk);
    cache.FindChunk(key);
  }
  for (SegmentId segment = 1; segment < 200; ++segment) {
    const std::optional<PostingCache::Chunk> kept = cache.FindChunk(IndexKey::OfPostings(segment, "t대전"));
    if (kept.has_value() && (*kept)->dense() != nullptr) decoded_bytes += (*kept)->memory_bytes();
  }
  EXPECT_GT(decoded_bytes, 0u);
  EXPECT_LT(decoded_bytes, kCapacity / 2 + chunk->DecodedIfItPays()->memory_bytes());
}

TEST(PostingCacheTest, KeepsNotesOnEachWordInEachSegment) {
  PostingCache cache(1 << 20);
  const PostingCache::Notes notes = cache.FindNotes(3, "word", 100);
  ASSERT_NE(notes, nullptr);
  notes->Note(99, 7);
  EXPECT_EQ(cache.FindNotes(3, "word", 100), notes);
  EXPECT_EQ(cache.FindNotes(3, "other", 100)->Find(99), std::nullopt);
  EXPECT_EQ(cache.FindNotes(4, "word", 200)->Find(99), std::nullopt);
}

TEST(PostingCacheTest, RemembersWhichWordsWereSearchedFor) {
  PostingCache cache(1 << 20);
  EXPECT_FALSE(cache.NoteSearch("word"));
  EXPECT_FALSE(cache.NoteSearch("other"));
  EXPECT_TRUE(cache.NoteSearch("word"));
}

TEST(PostingCacheTest, NotesLeaveRoomForOthers) {
  constexpr int kCapacity = 1 << 18;
  PostingCache cache(kCapacity);
  constexpr SegmentId kSegments = 200;
  std::vector<std::weak_ptr<WordNotes>> all;
  for (SegmentId segment = 1; segment < kSegments; ++segment) all.push_back(cache.FindNotes(segment, "word", 4000));
  const auto kept = std::count_if(all.begin(), all.end(), [](const auto& notes) { return !notes.expired(); });
  EXPECT_GT(kept, 10);
  EXPECT_LE(kept, int64_t{kCapacity} / 2 / 4000 + 1);
}

TEST(PostingCacheTest, WithoutRoomNothingIsKept) {
  PostingCache cache(0);
  const IndexKey key = IndexKey::OfPostings(3, "t대전");
  cache.AddChunk(key, MakeChunk(1, 1));
  EXPECT_FALSE(cache.FindChunk(key).has_value());
}

}  // namespace
}  // namespace gisa
