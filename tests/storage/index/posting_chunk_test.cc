#include "storage/index/posting_chunk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "storage/base/errors.h"
#include "tests/storage/index/posting_testing.h"

namespace gisa {
namespace {

// A chunk's pieces of occurrences.
std::vector<std::string> PiecesOf(const EncodedChunk& chunk) {
  std::vector<std::string> pieces;
  for (size_t i = 0; i < chunk.piece_count(); ++i) pieces.emplace_back(chunk.piece(i));
  return pieces;
}

// Reads everything there is; the first error ends it.
absl::StatusOr<ModelPostings> Decode(absl::string_view postings, const std::vector<std::string>& pieces) {
  absl::StatusOr<ChunkReader> reader = ChunkReader::Open(postings);
  if (!reader.ok()) return reader.status();
  ModelPostings model;
  PostingBlock decoded;
  BlockOccurrences of_block;
  absl::StatusOr<OccurrencePiece> piece = OccurrencePiece();
  for (size_t block = 0; block < reader->block_count(); ++block) {
    if (absl::Status status = reader->ReadBlock(block, &decoded); !status.ok()) return status;
    if (absl::Status status = ChunkReader::ReadFreqs(&decoded); !status.ok()) return status;
    const size_t number = block / kPieceBlocks;
    if (!reader->inlined() && block % kPieceBlocks == 0) {
      const absl::string_view bytes = number < pieces.size() ? pieces[number] : absl::string_view();
      piece = OccurrencePiece::Open(bytes, reader->piece_block_count(number));
      if (!piece.ok()) return piece.status();
    }
    absl::Status opened = reader->OpenOccurrences(block, decoded, *piece, &of_block);
    if (!opened.ok()) return opened;
    if (absl::Status status = ChunkReader::ReadOccurrences(&of_block); !status.ok()) return status;
    auto in_block = of_block.values.begin();
    for (size_t i = 0; i < decoded.size; ++i) {
      ModelPosting& posting = model.emplace_back();
      posting.doc = decoded.docs[i];
      posting.occurrences.assign(in_block, in_block + decoded.freqs[i]);
      in_block += decoded.freqs[i];
    }
    EXPECT_EQ(in_block, of_block.values.end());
  }
  return model;
}

void ExpectRoundTrip(const ModelPostings& model) {
  const EncodedChunk chunk = Encode(model);
  const absl::StatusOr<ChunkReader> reader = ChunkReader::Open(chunk.postings);
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ(reader->size(), model.size());
  EXPECT_EQ(reader->first_doc(), model.front().doc);
  EXPECT_EQ(reader->block_count(), (model.size() + kBlockDocs - 1) / kBlockDocs);
  EXPECT_EQ(reader->inlined(), reader->block_count() <= kMaxInlinedBlocks);
  EXPECT_EQ(chunk.piece_count(), reader->inlined() ? 0 : (reader->block_count() + kPieceBlocks - 1) / kPieceBlocks);
  const absl::StatusOr<ModelPostings> decoded = Decode(chunk.postings, PiecesOf(chunk));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  ASSERT_EQ(decoded->size(), model.size());
  for (size_t i = 0; i < model.size(); ++i) {
    ASSERT_EQ((*decoded)[i].doc, model[i].doc);
    ASSERT_EQ((*decoded)[i].occurrences, model[i].occurrences);
  }
}

TEST(PostingChunkTest, ChunksOfAnySizeAreReadBack) {
  std::mt19937 rng(2);
  for (const size_t count : {1, 2, 15, 16, 127, 128, 129, 255, 256, 257, 512, 513, 4096, 4097, 40000}) {
    for (const uint32_t max_gap : {1u, 3u, 100000u}) {
      SCOPED_TRACE(testing::Message() << count << " documents, gaps up to " << max_gap);
      ExpectRoundTrip(RandomPostings(&rng, count, 1 + rng() % 1000, max_gap, 5));
    }
  }
}

TEST(PostingChunkTest, ATermMayOccurManyTimesInADocument) {
  std::mt19937 rng(3);
  for (const size_t count : {3, 40, 400}) {
    ModelPostings model = RandomPostings(&rng, count, 7, 10, 3);
    model[count / 2] = RandomPostings(&rng, 200000, model[count / 2].doc, 1, 1).front();
    std::vector<Occurrence>& many = model[count / 2].occurrences;
    many.clear();
    for (uint32_t i = 0; i < 200000; ++i) many.push_back(MakeOccurrence(i * 3, i % 2 == 0, i % 3 == 0));
    ExpectRoundTrip(model);
  }
}

TEST(PostingChunkTest, TheLargestNumbersFit) {
  ModelPostings model;
  model.push_back({1, {0}});
  model.push_back({kMaxDocId, {0, MakeOccurrence(kMaxPosition, true, true)}});
  ExpectRoundTrip(model);
  std::mt19937 rng(4);
  ModelPostings large = RandomPostings(&rng, 30, 1, 2, 4);
  large.push_back(model.back());
  ExpectRoundTrip(large);
}

TEST(PostingChunkTest, ABlocksHeaderTellsHowDenseTheTermIsAtMost) {
  std::mt19937 rng(5);
  const ModelPostings model = RandomPostings(&rng, 300, 50, 20, 9);
  const DocTable table = ModelTable(model);
  const EncodedChunk chunk = Encode(model, &table);
  const absl::StatusOr<ChunkReader> reader = ChunkReader::Open(chunk.postings);
  ASSERT_TRUE(reader.ok());
  ASSERT_EQ(reader->block_count(), 3u);
  for (size_t block = 0; block < 3; ++block) {
    TermDensity max{0, 0};
    const size_t end = std::min<size_t>((block + 1) * kBlockDocs, model.size());
    for (size_t i = block * kBlockDocs; i < end; ++i) {
      max.word = std::max(max.word, ModelDensity(model[i]).word);
      max.part = std::max(max.part, ModelDensity(model[i]).part);
    }
    EXPECT_EQ(reader->last_docs()[block], model[end - 1].doc);
    EXPECT_EQ(reader->max_density(block).word, DensityOfCode(CodeOfDensity(max.word)));
    EXPECT_EQ(reader->max_density(block).part, DensityOfCode(CodeOfDensity(max.part)));
  }
}

TEST(PostingChunkTest, WithoutTheirLengthsNothingIsKnownOfTheDocuments) {
  std::mt19937 rng(5);
  const EncodedChunk chunk = Encode(RandomPostings(&rng, 300, 50, 20, 9));
  const absl::StatusOr<ChunkReader> reader = ChunkReader::Open(chunk.postings);
  ASSERT_TRUE(reader.ok());
  for (size_t block = 0; block < 3; ++block) {
    EXPECT_EQ(reader->max_density(block).word, TermDensity::kUnknown);
    EXPECT_EQ(reader->max_density(block).part, TermDensity::kUnknown);
  }
}

TEST(PostingChunkTest, BlocksMayBeReadInAnyOrder) {
  std::mt19937 rng(18);
  const ModelPostings model = RandomPostings(&rng, 2000, 50, 20, 3);
  const EncodedChunk chunk = Encode(model);
  absl::StatusOr<ChunkReader> reader = ChunkReader::Open(chunk.postings);
  ASSERT_TRUE(reader.ok());
  PostingBlock decoded;
  BlockOccurrences occurrences;
  const absl::StatusOr<OccurrencePiece> piece = OccurrencePiece::Open(chunk.piece(0), reader->piece_block_count(0));
  ASSERT_TRUE(piece.ok());
  for (int i = 0; i < 50; ++i) {
    const size_t block = rng() % reader->block_count();
    ASSERT_TRUE(reader->ReadBlock(block, &decoded).ok());
    EXPECT_EQ(decoded.docs[3], model[block * kBlockDocs + 3].doc);
    ASSERT_TRUE(ChunkReader::ReadFreqs(&decoded).ok());
    ASSERT_TRUE(reader->OpenOccurrences(block, decoded, *piece, &occurrences).ok());
    ASSERT_TRUE(ChunkReader::ReadOccurrences(&occurrences).ok());
    EXPECT_EQ(occurrences.values.front(), model[block * kBlockDocs].occurrences.front());
  }
}

TEST(PostingChunkTest, AChunkThatDoesNotParseIsNotOpened) {
  for (const char* const bytes : {"", "\xff", "\1"}) {
    EXPECT_EQ(ErrorReason(PostingChunk::Open(bytes).status()), "DATA_CORRUPTED");
  }
}

TEST(PostingChunkTest, BlocksOutOfOrderAreNotOpened) {
  std::mt19937 rng(19);
  std::string postings = Encode(RandomPostings(&rng, 300, 50, 20, 3)).postings;
  const size_t headers = 2 + 1;  // behind the size, 300, and the first document, 50
  postings[headers + kBlockHeaderBytes] = postings[headers];
  postings[headers + kBlockHeaderBytes + 1] = postings[headers + 1];
  EXPECT_EQ(ErrorReason(PostingChunk::Open(postings).status()), "DATA_CORRUPTED");
}

// Damage is reported or changes what is read, and reads stay within the bytes: AddressSanitizer watches the exact
// buffers.
TEST(PostingChunkTest, DamagedBytesAreAnErrorOrOtherPostings) {
  std::mt19937 rng(6);
  for (const size_t count : {1, 16, 129, 300, 700}) {
    const ModelPostings model = RandomPostings(&rng, count, 9, 30, 4);
    const EncodedChunk chunk = Encode(model);
    for (int i = 0; i < 3000; ++i) {
      std::vector<char> postings(chunk.postings.begin(), chunk.postings.end());
      const absl::string_view piece = chunk.piece_count() == 0 ? absl::string_view() : chunk.piece(0);
      std::vector<char> occurrences(piece.begin(), piece.end());
      std::vector<char>& damaged = occurrences.empty() || rng() % 4 != 0 ? postings : occurrences;
      if (rng() % 3 == 0) {
        damaged.resize(rng() % damaged.size());
        damaged.shrink_to_fit();
      } else {
        // The front, where the headers are, more often than the rest.
        const size_t reach = rng() % 2 == 0 ? std::min<size_t>(damaged.size(), 64) : damaged.size();
        for (uint32_t bytes = 1 + rng() % 3; bytes > 0; --bytes) damaged[rng() % reach] = static_cast<char>(rng());
      }
      const absl::StatusOr<ModelPostings> decoded =
          Decode({postings.data(), postings.size()}, {std::string(occurrences.data(), occurrences.size())});
      if (!decoded.ok()) {
        ASSERT_EQ(ErrorReason(decoded.status()), "DATA_CORRUPTED");
        continue;
      }
      DocId last = kNoDoc;
      for (const ModelPosting& posting : *decoded) {
        ASSERT_GT(posting.doc, last);
        ASSERT_LE(posting.doc, kMaxDocId);
        ASSERT_FALSE(posting.occurrences.empty());
        last = posting.doc;
      }
    }
  }
}

TEST(PostingChunkTest, WhatIsNoChunkIsRefused) {
  for (const std::string& bytes :
       // Nothing; cut short; no documents; no such document; no headers.
       {std::string(), std::string("\x01"), std::string("\x00\x01\x00", 3), std::string("\x01\x00\x00", 3),
        std::string("\xff\xff\xff\xff\x0f\x01", 6)}) {
    EXPECT_EQ(ErrorReason(Decode(bytes, {}).status()), "DATA_CORRUPTED");
  }
}

TEST(PostingChunkTest, DocumentsWithoutOccurrencesKeepTheirFrequencies) {
  std::mt19937 rng(18);
  ChunkBuilder builder(/*docs=*/nullptr);
  EncodedChunk chunk;
  for (const size_t count : {1, 2, 128, 129, 600, 20000}) {
    const ModelPostings model = RandomPostings(&rng, count, 5, 3, 3);
    for (const ModelPosting& posting : model) {
      builder.AddWithoutOccurrences(posting.doc, static_cast<uint32_t>(posting.occurrences.size()));
    }
    builder.Finish(&chunk);
    EXPECT_EQ(chunk.piece_count(), 0u);
    const absl::StatusOr<ChunkReader> reader = ChunkReader::Open(chunk.postings);
    ASSERT_TRUE(reader.ok()) << reader.status();
    size_t next = 0;
    PostingBlock block;
    for (size_t i = 0; i < reader->block_count(); ++i) {
      ASSERT_TRUE(reader->ReadBlock(i, &block).ok());
      ASSERT_TRUE(ChunkReader::ReadFreqs(&block).ok());
      for (size_t j = 0; j < block.size; ++j, ++next) {
        ASSERT_EQ(block.docs[j], model[next].doc);
        ASSERT_EQ(block.freqs[j], model[next].occurrences.size());
      }
    }
    EXPECT_EQ(next, count);
  }
}

TEST(PostingChunkTest, SeveralDocumentsAreAddedAsOneByOne) {
  std::mt19937 rng(20);
  for (const size_t count : {1, 127, 128, 129, 300, 5000}) {
    const ModelPostings model = RandomPostings(&rng, count, 5, 3, 3);
    const DocTable table = ModelTable(model);
    ChunkBuilder builder(&table);
    std::vector<DocId> docs;
    std::vector<uint32_t> freqs;
    std::vector<Occurrence> occurrences;
    const auto add_all = [&] {
      builder.AddAll(docs, freqs, occurrences);
      docs.clear();
      freqs.clear();
      occurrences.clear();
    };
    for (const ModelPosting& posting : model) {
      docs.push_back(posting.doc);
      freqs.push_back(static_cast<uint32_t>(posting.occurrences.size()));
      occurrences.insert(occurrences.end(), posting.occurrences.begin(), posting.occurrences.end());
      if (rng() % 90 == 0) add_all();
    }
    add_all();
    EXPECT_EQ(builder.size(), count);
    EncodedChunk chunk;
    builder.Finish(&chunk);
    EXPECT_EQ(chunk.postings, Encode(model, &table).postings);
    EXPECT_EQ(PiecesOf(chunk), PiecesOf(Encode(model, &table)));
  }
}

TEST(PostingChunkTest, ABuilderBeginsAnewAfterEachChunk) {
  std::mt19937 rng(17);
  DocTable table;
  for (DocId doc = 1; doc < 70000; ++doc) table.Add(doc, {kNoTime, ModelLength(doc), kModelTitle});
  ChunkBuilder builder(&table);
  EncodedChunk chunk;
  for (const size_t count : {300, 3, 20000, 17, 1, 129}) {
    EXPECT_TRUE(builder.empty());
    const ModelPostings model = RandomPostings(&rng, count, 5, 3, 3);
    for (const ModelPosting& posting : model) builder.Add(posting.doc, posting.occurrences);
    builder.Finish(&chunk);
    EXPECT_EQ(chunk.postings, Encode(model, &table).postings);
    EXPECT_EQ(PiecesOf(chunk), PiecesOf(Encode(model, &table)));
  }
}

}  // namespace
}  // namespace gisa
