#include "storage/index/dense_postings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

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

TEST(DensePostingsTest, FindsADocumentWithItsPlaceAndFrequency) {
  std::mt19937 rng(5);
  ModelPostings model = RandomPostings(&rng, 700, 70, 3, 3);
  model[300].occurrences.clear();
  for (uint32_t i = 0; i < 255; ++i) model[300].occurrences.push_back(i << 2);
  const DensePostings dense = DecodeAll(model);
  size_t next = 0;
  for (DocId doc = 1; doc < model.back().doc + 200; ++doc) {
    const bool is_there = next < model.size() && model[next].doc == doc;
    const ListPlace place = dense.Find(doc);
    ASSERT_EQ(place.max_freq, !is_there ? 0 : next == 300 ? UINT32_MAX : model[next].occurrences.size()) << doc;
    if (!is_there) continue;
    ASSERT_EQ(place.rank, next++) << doc;
  }
  EXPECT_EQ(next, model.size());
}

TEST(DensePostingsTest, LeavesTheBitsOfItsDocumentsInAnyRange) {
  std::mt19937 rng(5);
  const DensePostings dense = DecodeAll(RandomPostings(&rng, 700, 300, 9, 1));
  for (DocId begin = 0; begin < 9000; begin += DensePostings::kWordBits) {
    for (const size_t words : {1, 3, 200}) {
      std::vector<uint64_t> bits(words);
      for (uint64_t& word : bits) word = rng() | uint64_t{rng()} << 32;
      std::vector<uint64_t> expected = bits;
      for (DocId i = 0; i < words * DensePostings::kWordBits; ++i) {
        if (dense.From(begin + i) != begin + i) expected[i / 64] &= ~(uint64_t{1} << (i % 64));
      }
      dense.SiftBits(begin, absl::MakeSpan(bits));
      ASSERT_EQ(bits, expected) << begin;
    }
  }
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
