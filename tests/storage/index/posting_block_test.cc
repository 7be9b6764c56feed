// The two halves of a block of postings: documents with their frequencies, and occurrences.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "storage/index/document_block.h"
#include "storage/index/occurrence_block.h"
#include "storage/index/occurrence_block_writer.h"
#include "tests/storage/index/posting_testing.h"

namespace gisa {
namespace {

class DocumentBlockTest : public ::testing::Test {
 protected:
  // Writes a block and returns its bytes. The documents are those after `before`.
  std::string Write(DocId before, bool first_known, const std::vector<DocId>& docs,
                    const std::vector<uint32_t>& freqs) {
    std::vector<uint32_t> gaps;
    for (const DocId doc : docs) {
      gaps.push_back(doc - before - 1);
      before = doc;
    }
    if (first_known) gaps.erase(gaps.begin());
    WriteDocuments(gaps, freqs, &writer_);
    return std::string(writer_.Finish());
  }

  void ExpectReadBack(bool first_known, const std::vector<DocId>& docs, const std::vector<uint32_t>& freqs) {
    const DocId before = first_known ? docs.front() - 1 : 0;
    const std::string bytes = Write(before, first_known, docs, freqs) + "rest";
    std::vector<DocId> read_docs(docs.size());
    std::vector<uint32_t> read_freqs(docs.size());
    DocumentBlockReader reader(bytes);
    ASSERT_TRUE(reader.ReadDocs(before, first_known, absl::MakeSpan(read_docs)));
    ASSERT_TRUE(reader.ReadFreqs(absl::MakeSpan(read_freqs)));
    ASSERT_EQ(read_docs, docs);
    ASSERT_EQ(read_freqs, freqs);
    ASSERT_EQ(reader.rest(), "rest");
  }

  BitWriter writer_;
  std::mt19937 rng_{1};
};

TEST_F(DocumentBlockTest, IsReadBackWhateverIsInIt) {
  for (const size_t size : {1, 2, 50, 128}) {
    for (const uint32_t max_gap : {1u, 2u, 40u, 10'000'000u}) {
      for (const uint32_t max_freq : {1u, 2u, 3u, 5000u}) {
        for (const uint32_t rarity : {1u, 2u, 10u}) {
          std::vector<DocId> docs;
          std::vector<uint32_t> freqs;
          DocId doc = 0;
          for (size_t i = 0; i < size; ++i) {
            docs.push_back(doc += 1 + rng_() % max_gap);
            freqs.push_back(rng_() % rarity == 0 ? 1 + rng_() % max_freq : 1);
          }
          ASSERT_NO_FATAL_FAILURE(ExpectReadBack(true, docs, freqs));
          ASSERT_NO_FATAL_FAILURE(ExpectReadBack(false, docs, freqs));
        }
      }
    }
  }
}

TEST_F(DocumentBlockTest, OneLargeNumberAmongSmallOnesIsReadBack) {
  std::vector<DocId> docs;
  for (DocId doc = 1; doc <= 127; ++doc) docs.push_back(doc);
  docs.push_back(kMaxDocId);
  std::vector<uint32_t> freqs(docs.size(), 2);
  freqs[77] = 3'000'000;
  ExpectReadBack(false, docs, freqs);
  EXPECT_LT(Write(0, false, docs, freqs).size(), 1000u);
  std::fill(freqs.begin(), freqs.end(), 1);
  freqs[77] = 3'000'000;
  ExpectReadBack(true, docs, freqs);
}

TEST_F(DocumentBlockTest, DocumentsWithoutGapsAndRepetitionsTakeABitEach) {
  std::vector<DocId> docs;
  for (DocId doc = 1; doc <= 128; ++doc) docs.push_back(doc);
  EXPECT_EQ(Write(0, false, docs, std::vector<uint32_t>(128, 1)).size(), 1 + 128 / 8u);
}

TEST_F(DocumentBlockTest, DocumentsBeyondTheLastAreRefused) {
  const std::string bytes = Write(0, false, {100, 200}, {1, 1});
  std::vector<DocId> docs(2);
  EXPECT_TRUE(DocumentBlockReader(bytes).ReadDocs(kMaxDocId - 200, false, absl::MakeSpan(docs)));
  EXPECT_FALSE(DocumentBlockReader(bytes).ReadDocs(kMaxDocId - 199, false, absl::MakeSpan(docs)));
}

class OccurrenceBlockTest : public ::testing::Test {
 protected:
  std::string Write(const std::vector<Occurrence>& occurrences) {
    occurrence_writer_.Write(occurrences, &writer_);
    return std::string(writer_.Finish());
  }

  void ExpectReadBack(const std::vector<Occurrence>& occurrences) {
    const std::string bytes = Write(occurrences);
    std::vector<Occurrence> read = {1, 2, 3};
    ASSERT_TRUE(Read(bytes, occurrences.size(), &read));
    ASSERT_EQ(read, occurrences);
    ASSERT_TRUE(Read(bytes + "rest", occurrences.size(), &read));
    ASSERT_EQ(read, occurrences);
    if (bytes.size() > 20) {
      ASSERT_FALSE(Read(bytes.substr(0, bytes.size() / 2), occurrences.size(), &read));
    }
  }

  static bool Read(absl::string_view bytes, uint64_t count, std::vector<Occurrence>* out) {
    OccurrenceBlockReader reader;
    if (!reader.Open(bytes, count)) return false;
    out->resize(count);
    return reader.ReadPositions(0, absl::MakeSpan(*out)) && reader.ReadFlags(kOccurrenceFlags, 0, absl::MakeSpan(*out));
  }

  OccurrenceBlockWriter occurrence_writer_;
  BitWriter writer_;
  std::mt19937 rng_{2};
};

TEST_F(OccurrenceBlockTest, IsReadBackWhateverIsInIt) {
  for (const size_t size : {1, 2, 57, 130, 2000}) {
    for (const uint32_t positions : {1u, 2u, 7u, 8u, 9u, 700u, 1025u, kMaxPosition}) {
      if (positions == 1 && size > kBlockDocs) continue;  // of each document one can be the first
      for (const uint32_t rarity : {1u, 3u, 30u, 1000u}) {
        std::vector<Occurrence> occurrences;
        for (size_t i = 0; i < size; ++i) {
          occurrences.push_back(
              MakeOccurrence(rng_() % positions, rng_() % rarity == 0, (rng_() % rarity != 0) == (rarity > 3)));
        }
        ASSERT_NO_FATAL_FAILURE(ExpectReadBack(occurrences));
      }
    }
  }
}

TEST_F(OccurrenceBlockTest, TheLargestPositionIsReadBack) {
  ExpectReadBack({MakeOccurrence(kMaxPosition, true, true)});
  ExpectReadBack({MakeOccurrence(kMaxPosition, false, true), MakeOccurrence(0, false, false)});
}

// As in an article that is longer than all others.
TEST_F(OccurrenceBlockTest, AFewLargePositionsDoNotMakeAllOthersLarge) {
  std::vector<Occurrence> occurrences;
  for (int i = 0; i < 130; ++i) occurrences.push_back(MakeOccurrence(rng_() % 512, false, false));
  const size_t without = Write(occurrences).size();
  occurrences[20] = MakeOccurrence(100'000, false, false);
  occurrences[99] = MakeOccurrence(70'000, false, false);
  ExpectReadBack(occurrences);
  EXPECT_LT(Write(occurrences).size(), without + 10);
}

TEST_F(OccurrenceBlockTest, PositionsOfSomeAreReadAlone) {
  std::vector<Occurrence> occurrences;
  for (int i = 0; i < 300; ++i) {
    occurrences.push_back(MakeOccurrence(rng_() % (i % 7 == 0 ? 100'000 : 700), false, false));
  }
  const std::string bytes = Write(occurrences);
  OccurrenceBlockReader reader;
  ASSERT_TRUE(reader.Open(bytes, occurrences.size()));
  for (const uint32_t begin : {0u, 1u, 57u, 290u, 299u, 300u}) {
    for (const uint32_t count : {0u, 1u, 10u}) {
      if (begin + count > occurrences.size()) continue;
      std::vector<Occurrence> some(count);
      ASSERT_TRUE(reader.ReadPositions(begin, absl::MakeSpan(some)));
      EXPECT_EQ(some, std::vector<Occurrence>(occurrences.begin() + begin, occurrences.begin() + begin + count));
    }
  }
}

// Of flags that few, most, none or all have, or every other one, in each combination.
TEST_F(OccurrenceBlockTest, OccurrencesOfSomeAreReadAloneWithAnyFlags) {
  constexpr uint32_t kPercentages[] = {0, 3, 20, 50, 90, 98, 100};
  for (const uint32_t starts : kPercentages) {
    for (const uint32_t ends : kPercentages) {
      std::vector<Occurrence> occurrences;
      for (int i = 0; i < 300; ++i) {
        const uint32_t position = rng_() % (i % 11 == 0 ? 100'000 : 700);
        occurrences.push_back(MakeOccurrence(position, rng_() % 100 < starts, rng_() % 100 < ends));
      }
      const std::string bytes = Write(occurrences);
      OccurrenceBlockReader reader;
      for (int i = 0; i < 40; ++i) {
        if (i % 8 == 0) {
          ASSERT_TRUE(reader.Open(bytes, occurrences.size()));
        }
        const uint32_t begin = rng_() % 300;
        const uint32_t count = rng_() % std::min(301 - begin, i % 4 == 0 ? 301u : 6u);
        const uint32_t flags = rng_() % (kOccurrenceFlags + 1);
        std::vector<Occurrence> some(count);
        ASSERT_TRUE(reader.ReadPositions(begin, absl::MakeSpan(some)));
        ASSERT_TRUE(reader.ReadFlags(flags, begin, absl::MakeSpan(some)));
        const auto expected = absl::MakeConstSpan(occurrences).subspan(begin, count);
        ASSERT_EQ(some, WithFlags(flags, expected)) << starts << " " << ends << " " << begin << " " << flags;
      }
    }
  }
}

// As when they were read of some documents before those of all are.
TEST_F(OccurrenceBlockTest, FlagsMayBeReadOnceMore) {
  for (const uint32_t rarity : {2u, 30u}) {
    std::vector<Occurrence> occurrences;
    for (int i = 0; i < 300; ++i) {
      occurrences.push_back(MakeOccurrence(rng_() % 700, rng_() % rarity == 0, rng_() % rarity != 0));
    }
    const std::string bytes = Write(occurrences);
    OccurrenceBlockReader reader;
    ASSERT_TRUE(reader.Open(bytes, occurrences.size()));
    std::vector<Occurrence> read(occurrences.size());
    ASSERT_TRUE(reader.ReadPositions(0, absl::MakeSpan(read)));
    ASSERT_TRUE(reader.ReadFlags(kEndsStem, 100, absl::MakeSpan(read).subspan(100, 50)));
    ASSERT_TRUE(reader.ReadFlags(kEndsStem, 0, absl::MakeSpan(read)));
    ASSERT_TRUE(reader.ReadFlags(kStartsEojeol, 0, absl::MakeSpan(read)));
    EXPECT_EQ(read, occurrences);
  }
}

TEST_F(OccurrenceBlockTest, PositionsTakeNoMoreBitsThanTheLargestOfMostOfThem) {
  std::vector<Occurrence> occurrences;
  for (int i = 0; i < 10000; ++i) occurrences.push_back(MakeOccurrence(rng_() % 1024, false, false));
  EXPECT_LE(Write(occurrences).size() * 8, 10000 * 10 + 16 + 8u);
}

TEST_F(OccurrenceBlockTest, FlagsThatAreRareTakeLittle) {
  std::vector<Occurrence> occurrences(128, MakeOccurrence(0, false, true));
  const size_t without = Write(occurrences).size();
  occurrences[5] |= kStartsEojeol;
  occurrences[100] &= ~kEndsStem;
  EXPECT_LE(Write(occurrences).size(), without + 6);
}

TEST_F(OccurrenceBlockTest, CountsThatTheBytesCannotHoldAreRefused) {
  std::vector<Occurrence> read;
  EXPECT_FALSE(Read("", 1, &read));
  EXPECT_FALSE(Read(std::string(100, '\0'), uint64_t{1} << 40, &read));
  EXPECT_LT(read.capacity(), 1000u);
}

}  // namespace
}  // namespace gisa
