#include "storage/index/dense_postings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/storage/index/posting_testing.h"

namespace gisa {
namespace {

DensePostings DecodeAll(const ModelPostings& model) {
  const EncodedChunk chunk = Encode(model);
  const absl::StatusOr<ChunkReader> reader = ChunkReader::Open(chunk.postings);
  EXPECT_TRUE(DensePostings::Suits(*reader));
  return *DensePostings::Decode(*reader);
}

TEST(DensePostingsTest, FindsTheNextDocumentAndItsPlaceFromAnywhere) {
  std::mt19937 rng(5);
  for (const DocId first : {1, 63, 64, 65, 1000}) {
    for (const uint32_t max_gap : {1, 2, 60}) {
      const ModelPostings model = RandomPostings(&rng, 700, first, max_gap, 1);
      const DensePostings dense = DecodeAll(model);
      for (DocId target = 0; target < model.back().doc + 200; ++target) {
        const auto next = std::lower_bound(model.begin(), model.end(), target,
                                           [](const ModelPosting& posting, DocId doc) { return posting.doc < doc; });
        ASSERT_EQ(dense.From(target), next == model.end() ? kEndDoc : next->doc) << target;
        ASSERT_EQ(dense.Rank(target), next - model.begin()) << target;
      }
      EXPECT_EQ(dense.From(kEndDoc), kEndDoc);
      EXPECT_EQ(dense.Rank(kEndDoc), model.size());
    }
  }
}

TEST(DensePostingsTest, FrequenciesMayBeLarge) {
  std::mt19937 rng(5);
  ModelPostings model = RandomPostings(&rng, 700, 9, 3, 3);
  for (const size_t place : {0, 127, 128, 500, 699}) {
    model[place].occurrences.clear();
    for (uint32_t i = 0; i < 254 + place; ++i) model[place].occurrences.push_back(i << 2);
  }
  const DensePostings dense = DecodeAll(model);
  size_t place = 0;
  for (size_t block = 0; place < model.size(); ++block) {
    uint32_t freqs[kBlockDocs];
    const size_t count = dense.ReadFreqs(block, absl::MakeSpan(freqs));
    ASSERT_EQ(count, std::min(kBlockDocs, model.size() - place));
    for (size_t i = 0; i < count; ++i, ++place) ASSERT_EQ(freqs[i], model[place].occurrences.size()) << place;
  }
}

TEST(DensePostingsTest, NotesASmallWeightForEachDocument) {
  std::mt19937 rng(5);
  const DensePostings dense = DecodeAll(RandomPostings(&rng, 700, 9, 3, 1));
  for (uint32_t rank = 0; rank < 700; ++rank) EXPECT_EQ(dense.weight(rank), 0);
  for (uint32_t rank = 0; rank < 700; ++rank) dense.NoteWeight(rank, rank);
  for (uint32_t rank = 0; rank < 700; ++rank) EXPECT_EQ(dense.weight(rank), rank < 256 ? rank : 0);
}

TEST(DensePostingsTest, SuitsNeitherFewDocumentsNorThoseFarFromEachOther) {
  const auto suits = [](size_t count, uint32_t gap) {
    ModelPostings model;
    for (size_t i = 0; i < count; ++i) model.push_back({static_cast<DocId>(1 + i * gap), {0}});
    const EncodedChunk chunk = Encode(model);
    return DensePostings::Suits(*ChunkReader::Open(chunk.postings));
  };
  EXPECT_TRUE(suits(1000, 1));
  EXPECT_TRUE(suits(1000, 32));
  EXPECT_FALSE(suits(1000, 33));
  EXPECT_FALSE(suits(100, 1));
}

}  // namespace
}  // namespace gisa
