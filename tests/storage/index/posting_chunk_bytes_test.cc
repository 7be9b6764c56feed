// Holds the encoder to its bytes: the same postings are stored as the first encoder of this format stored them, bit by
// bit, so that an index does not depend on which version wrote it. The digests are that encoder's; other ones take
// another schema version.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "storage/base/sha256.h"
#include "storage/index/coding.h"
#include "tests/storage/index/posting_testing.h"

namespace gisa {
namespace {

// What postings of a term may be like.
struct Shape {
  size_t documents;
  uint32_t max_gap;
  uint32_t repeats_in;   // one document in so many has the term several times
  uint32_t long_in;      // one document in so many is long
  uint32_t starts_in_8;  // of eight occurrences so many start an eojeol
  uint32_t ends_in_8;    // or end a stem
};

std::vector<Shape> AllShapes() {
  std::vector<Shape> shapes;
  for (const size_t documents : {1, 2, 7, 127, 128, 129, 300, 513, 5000}) {
    for (const uint32_t max_gap : {1u, 30u, 5000u}) {
      for (const uint32_t repeats_in : {1u, 3u, 40u}) {
        for (const uint32_t starts : {0u, 1u, 4u, 8u}) {
          shapes.push_back({documents, max_gap, repeats_in, starts % 3 == 0 ? 200u : 5u, starts, (starts * 5 + 3) % 9});
        }
      }
    }
  }
  return shapes;
}

ModelPostings PostingsOf(const Shape& shape, std::mt19937* rng) {
  auto& random = *rng;
  ModelPostings model;
  DocId doc = 0;
  for (size_t i = 0; i < shape.documents; ++i) {
    ModelPosting& posting = model.emplace_back();
    posting.doc = doc += 1 + random() % shape.max_gap;
    const uint32_t freq = random() % shape.repeats_in == 0 ? 1 + random() % 20 : 1;
    const uint32_t length = random() % shape.long_in == 0 ? 20000 : 900;
    for (uint32_t j = 0; j < freq; ++j) {
      const uint32_t position = random() % length;
      const bool starts = random() % 8 < shape.starts_in_8;
      const bool ends = random() % 8 < shape.ends_in_8;
      posting.occurrences.push_back(MakeOccurrence(position, starts, ends));
    }
    std::sort(posting.occurrences.begin(), posting.occurrences.end());
  }
  return model;
}

void AppendSized(absl::string_view bytes, std::string* out) {
  AppendVarint64(bytes.size(), out);
  out->append(bytes.data(), bytes.size());
}

TEST(PostingChunkBytesTest, StayAsTheyAre) {
  std::mt19937 rng(41);
  DocTable table;
  for (DocId doc = 1; doc < 200'000; ++doc) table.Add(doc, {kNoTime, 20 + doc * 7919 % 1500, doc % 31});
  std::string bytes;
  EncodedChunk chunk;
  for (const Shape& shape : AllShapes()) {
    const ModelPostings model = PostingsOf(shape, &rng);
    chunk = Encode(model, model.back().doc < 200'000 ? &table : nullptr);
    AppendSized(chunk.postings, &bytes);
    for (size_t i = 0; i < chunk.piece_count(); ++i) AppendSized(chunk.piece(i), &bytes);
  }
  EXPECT_EQ(ToHex(Sha256(bytes)), "1a27a2a9e4a216cf62a3992aa0016e01a4ba7c81d165dd93752abf67a0b0aabc");
}

TEST(PostingChunkBytesTest, StayAsTheyAreWithoutOccurrences) {
  std::mt19937 rng(43);
  std::string bytes;
  ChunkBuilder builder(/*docs=*/nullptr);
  EncodedChunk chunk;
  for (const Shape& shape : AllShapes()) {
    for (const ModelPosting& posting : PostingsOf(shape, &rng)) {
      builder.AddWithoutOccurrences(posting.doc, static_cast<uint32_t>(posting.occurrences.size()));
    }
    builder.Finish(&chunk);
    AppendSized(chunk.postings, &bytes);
  }
  EXPECT_EQ(ToHex(Sha256(bytes)), "2248d1642676f6c072db7354f676407fad5da4c2f8006cad7f6946441cd6b927");
}

}  // namespace
}  // namespace gisa
