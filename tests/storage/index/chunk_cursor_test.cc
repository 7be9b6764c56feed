#include "storage/index/chunk_cursor.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "storage/base/errors.h"
#include "tests/storage/index/posting_testing.h"

namespace gisa {
namespace {

// With chunks as they are stored, and with those decoded that suit.
class ChunkCursorTest : public ::testing::TestWithParam<bool> {
 protected:
  // Encodes the postings as chunks of segments 10, 11 … of the given sizes, and the rest as one more.
  void Store(const ModelPostings& model, const std::vector<size_t>& sizes, const DocTable* docs = nullptr) {
    auto chunks = std::make_shared<std::vector<TermChunk>>();
    occurrences_.clear();
    auto begin = model.begin();
    for (size_t i = 0; begin != model.end(); ++i) {
      const auto left = static_cast<size_t>(model.end() - begin);
      const auto end = begin + static_cast<std::ptrdiff_t>(i < sizes.size() ? std::min(sizes[i], left) : left);
      const EncodedChunk chunk = Encode(ModelPostings(begin, end), docs);
      const auto segment = static_cast<uint32_t>(10 + i);
      chunks->push_back({segment, OpenChunk(chunk.postings)});
      for (uint32_t piece = 0; piece < chunk.piece_count(); ++piece) {
        occurrences_[{segment, piece}] = std::string(chunk.piece(piece));
      }
      begin = end;
    }
    chunks_ = std::move(chunks);
  }

  static std::shared_ptr<const PostingChunk> OpenChunk(const std::string& postings) {
    std::shared_ptr<const PostingChunk> chunk = *PostingChunk::Open(postings);
    if (!GetParam()) return chunk;
    chunk->NoteBlocksRead(UINT32_MAX);
    std::shared_ptr<const PostingChunk> decoded = chunk->DecodedIfItPays();
    return decoded == nullptr ? chunk : decoded;
  }

  std::unique_ptr<PostingCursor> Open(DocId limit, DocId begin = kNoDoc) {
    return NewChunkCursor(
        chunks_, {begin, limit},
        [this](const TermChunk& chunk, uint32_t piece) -> absl::StatusOr<std::shared_ptr<const OwnedPiece>> {
          ++loads_;
          if (!load_status_.ok()) return load_status_;
          return OwnedPiece::Open(occurrences_.at({chunk.segment, piece}),
                                  chunk.chunk->reader().piece_block_count(piece));
        },
        &guard_);
  }

  SearchControl control_;
  SearchGuard guard_{control_};
  std::shared_ptr<const std::vector<TermChunk>> chunks_;
  std::map<std::pair<uint32_t, uint32_t>, std::string> occurrences_;  // by segment and piece
  absl::Status load_status_;
  int loads_ = 0;
  std::mt19937 rng_{7};
};

TEST_P(ChunkCursorTest, WalksItsDocumentsInOrder) {
  for (const size_t count : {1, 16, 127, 128, 129, 512, 513, 1000}) {
    SCOPED_TRACE(count);
    const ModelPostings model = RandomPostings(&rng_, count, 5, 4, 3);
    Store(model, {});
    ASSERT_NO_FATAL_FAILURE(ExpectWalks([this] { return Open(kEndDoc); }, model, &rng_));
    EXPECT_EQ(Open(kEndDoc)->document_frequency(), count);
  }
}

TEST_P(ChunkCursorTest, WalksFromChunkToChunk) {
  const ModelPostings model = RandomPostings(&rng_, 1200, 1, 5, 3);
  Store(model, {1, 16, 17, 530, 128, 1, 129, 10, 256});
  ASSERT_NO_FATAL_FAILURE(ExpectWalks([this] { return Open(kEndDoc); }, model, &rng_, 200));
  EXPECT_EQ(Open(kEndDoc)->document_frequency(), 1200u);
  EXPECT_TRUE(guard_.status().ok());
}

TEST_P(ChunkCursorTest, DocumentsFromTheLimitOnAreNotThere) {
  const ModelPostings model = RandomPostings(&rng_, 700, 1, 3, 2);
  Store(model, {16, 200, 129});
  for (int i = 0; i < 40; ++i) {
    const DocId limit = 1 + rng_() % (model.back().doc + 2);
    SCOPED_TRACE(limit);
    const ModelPostings below = Below(model, limit);
    ASSERT_NO_FATAL_FAILURE(ExpectWalks([this, limit] { return Open(limit); }, below, &rng_, 3));
    EXPECT_EQ(Open(limit)->document_frequency(), below.size());
  }
}

TEST_P(ChunkCursorTest, StartsAtTheBeginOfItsRange) {
  const ModelPostings model = RandomPostings(&rng_, 2500, 1, 3, 2);
  Store(model, {16, 200, 129, 700, 1, 1});
  for (int i = 0; i < 60; ++i) {
    const DocId begin = rng_() % (model.back().doc + 2);
    const DocId limit = begin + 1 + rng_() % 2000;
    SCOPED_TRACE(begin);
    ModelPostings within = Below(model, limit);
    std::erase_if(within, [begin](const ModelPosting& posting) { return posting.doc < begin; });
    ASSERT_NO_FATAL_FAILURE(ExpectWalks([&] { return Open(limit, begin); }, within, &rng_, 3));
    EXPECT_GE(Open(limit, begin)->document_frequency(), within.size());
  }
}

TEST_P(ChunkCursorTest, OccurrencesAreLoadedWhenAskedForAndEachPieceOnce) {
  Store(RandomPostings(&rng_, 8000, 1, 3, 2), {100, 600, 500, 700});
  const auto cursor = Open(kEndDoc);
  while (cursor->doc() != kEndDoc) {
    cursor->Next();
  }
  EXPECT_EQ(loads_, 0);
  const auto reading = Open(kEndDoc);
  while (reading->doc() != kEndDoc) {
    reading->Occurrences(kOccurrenceFlags);
    reading->Next();
  }
  EXPECT_EQ(loads_, 4);  // the first and the third chunk have them inlined, the last has two pieces
}

TEST_P(ChunkCursorTest, OccurrencesThatCannotBeLoadedEndTheWalk) {
  Store(RandomPostings(&rng_, 600, 1, 3, 2), {});
  const auto cursor = Open(kEndDoc);
  load_status_ = absl::UnavailableError("no disk");
  EXPECT_TRUE(cursor->Occurrences(kOccurrenceFlags).empty());
  EXPECT_EQ(cursor->doc(), kEndDoc);
  EXPECT_EQ(guard_.status(), load_status_);
}

// Few documents of a block are read one after another, of others the whole block is.
TEST_P(ChunkCursorTest, OccurrencesAreTheSameHoweverManyDocumentsAreRead) {
  const ModelPostings model = RandomPostings(&rng_, 6000, 1, 3, 4);
  Store(model, {});
  for (const uint32_t distance : {1u, 2u, 5u, 40u, 200u}) {
    const auto cursor = Open(kEndDoc);
    for (size_t at = rng_() % distance; at < model.size(); at += 1 + rng_() % (2 * distance)) {
      ASSERT_EQ(cursor->Seek(model[at].doc), model[at].doc);
      const uint32_t flags = rng_() % (kOccurrenceFlags + 1);
      ASSERT_EQ(WithFlags(flags, cursor->Occurrences(flags)), WithFlags(flags, model[at].occurrences));
    }
  }
  EXPECT_TRUE(guard_.status().ok());
}

TEST_P(ChunkCursorTest, TellsWhereADocumentStandsInItsList) {
  const ModelPostings model = RandomPostings(&rng_, 2000, 1, 3, 2);
  Store(model, {700});
  const auto cursor = Open(kEndDoc);
  for (uint32_t i = 0; i < model.size(); ++i, cursor->Next()) {
    const std::optional<StoredList> list = cursor->list();
    ASSERT_TRUE(list.has_value());
    EXPECT_EQ(list->size, i < 700 ? 700u : 1300u);
    EXPECT_EQ(list->end, i < 700 ? model[700].doc : kEndDoc);
    EXPECT_EQ(list->segment, (*chunks_)[i < 700 ? 0 : 1].segment);
    EXPECT_EQ(cursor->rank(), i < 700 ? i : i - 700);
  }
}

TEST_P(ChunkCursorTest, FindsDocumentsInItsListAsFarAsItHasReadIt) {
  const ModelPostings model = RandomPostings(&rng_, 2000, 1, 3, 2);
  Store(model, {700});
  for (const uint32_t at : {0u, 100u, 699u, 700u, 1800u}) {
    const auto cursor = Open(kEndDoc);
    cursor->Seek(model[at].doc);
    const uint32_t first = at < 700 ? 0 : 700;
    const uint32_t last = at < 700 ? 700 : 2000;
    std::vector<DocId> docs;
    for (DocId doc = model[at].doc; doc <= model[last - 1].doc && docs.size() < 300; ++doc) docs.push_back(doc);
    std::vector<ListPlace> places(docs.size());
    const size_t told = cursor->FindAll(docs, absl::MakeSpan(places));
    EXPECT_GE(told, GetParam() ? docs.size() : 1);
    uint32_t next = at;
    for (size_t i = 0; i < told; ++i) {
      const bool is_there = model[next].doc == docs[i];
      ASSERT_EQ(places[i].max_freq != 0, is_there) << docs[i];
      if (!is_there) continue;
      EXPECT_EQ(places[i].rank, next - first);
      EXPECT_GE(places[i].max_freq, model[next++].occurrences.size());
    }
  }
}

TEST_P(ChunkCursorTest, APieceThatIsCutShortEndsTheWalkAndIsReported) {
  Store(RandomPostings(&rng_, 600, 1, 3, 2), {});
  occurrences_.begin()->second.resize(20);
  const auto cursor = Open(kEndDoc);
  EXPECT_TRUE(cursor->Occurrences(0).empty());
  EXPECT_EQ(cursor->doc(), kEndDoc);
  EXPECT_EQ(ErrorReason(guard_.status()), "DATA_CORRUPTED");
}

TEST_P(ChunkCursorTest, AChunkThatBelongsBeforeEndsTheWalkAndIsReported) {
  Store(RandomPostings(&rng_, 10, 1, 3, 2), {});
  const std::shared_ptr<const PostingChunk> chunk = chunks_->front().chunk;
  chunks_ = std::make_shared<std::vector<TermChunk>>(std::vector<TermChunk>{{1, chunk}, {2, chunk}});
  EXPECT_EQ(Open(kEndDoc)->doc(), kEndDoc);
  EXPECT_EQ(ErrorReason(guard_.status()), "DATA_CORRUPTED");
}

TEST_P(ChunkCursorTest, StopsWhenTheSearchIsGivenUp) {
  Store(RandomPostings(&rng_, 3000, 1, 3, 2), {});
  control_.cancelled = [] { return true; };
  EXPECT_EQ(Open(kEndDoc)->doc(), kEndDoc);
  EXPECT_EQ(guard_.status().code(), absl::StatusCode::kCancelled);
}

TEST_P(ChunkCursorTest, WalksDocumentsThatAreFarFromEachOther) {
  const ModelPostings model = RandomPostings(&rng_, 1500, 3, 200, 2);
  Store(model, {700});
  ASSERT_NO_FATAL_FAILURE(ExpectWalks([this] { return Open(kEndDoc); }, model, &rng_, 300));
}

// From anywhere, whether the cursor stands there or far before it.
TEST_P(ChunkCursorTest, BoundsHoldForTheDocumentsThatTheyAreFor) {
  const ModelPostings model = RandomPostings(&rng_, 3000, 1, 5, 4);
  const DocTable table = ModelTable(model);
  Store(model, {100, 700, 1, 300, 128}, &table);
  const DocId limit = model[2900].doc;
  for (int walk = 0; walk < 50; ++walk) {
    const auto cursor = Open(limit);
    size_t known = 0;
    for (DocId target = 1; target != kEndDoc;) {
      const DensityBound bound = cursor->BoundFrom(target);
      ASSERT_GT(bound.end, target);
      for (const ModelPosting& posting : Below(model, std::min(bound.end, limit))) {
        if (posting.doc < target) continue;
        ASSERT_LE(ModelDensity(posting).word, bound.max.word);
        ASSERT_LE(ModelDensity(posting).part, bound.max.part);
      }
      known += bound.max.part < TermDensity::kUnknown ? 1 : 0;
      target = rng_() % 2 == 0 || bound.end == kEndDoc ? bound.end : target + 1 + rng_() % (bound.end - target);
      if (rng_() % 4 == 0 && target != kEndDoc && cursor->Seek(target) == kEndDoc) break;
    }
    EXPECT_GT(known, 15u);
  }
}

INSTANTIATE_TEST_SUITE_P(Forms, ChunkCursorTest, ::testing::Bool(),
                         [](const auto& param) { return param.param ? "Decoded" : "Stored"; });

}  // namespace
}  // namespace gisa
