#include "storage/index/term_intersection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "storage/index/chunk_cursor.h"
#include "storage/index/concat_cursor.h"

namespace gisa {
namespace {

// Terms in two chunks, each of which is decoded or not, and one cursor after another, as memory follows disk.
class TermIntersectionTest : public ::testing::Test {
 protected:
  static constexpr DocId kDocs = 60000;
  static constexpr DocId kLimit = 55000;

  std::vector<DocId> RandomDocs(uint32_t mean_gap) {
    std::vector<DocId> docs;
    for (DocId doc = 1 + rng_() % mean_gap; doc < kDocs; doc += 1 + rng_() % (2 * mean_gap - 1)) docs.push_back(doc);
    return docs;
  }

  static std::shared_ptr<const PostingChunk> Chunk(const std::vector<DocId>& docs, bool decoded) {
    ChunkBuilder builder(/*docs=*/nullptr);
    for (const DocId doc : docs) builder.Add(doc, {MakeOccurrence(1, false, false)});
    EncodedChunk encoded;
    builder.Finish(&encoded);
    std::shared_ptr<const PostingChunk> chunk = PostingChunk::Open(encoded.postings).value();
    if (!decoded) return chunk;
    chunk->NoteBlocksRead(1 << 20);
    std::shared_ptr<const PostingChunk> dense = chunk->DecodedIfItPays();
    return dense == nullptr ? chunk : dense;
  }

  std::unique_ptr<PostingCursor> Cursor(const std::vector<DocId>& docs, DocId from, DocId to) {
    auto chunks = std::make_shared<std::vector<TermChunk>>();
    const DocId middle = from + (to - from) / 2;
    for (const auto& [begin, end] : {std::pair(from, middle), std::pair(middle, to)}) {
      const auto first = std::lower_bound(docs.begin(), docs.end(), begin);
      const auto last = std::lower_bound(docs.begin(), docs.end(), end);
      if (first != last) chunks->push_back({begin, Chunk({first, last}, rng_() % 2 == 0)});
    }
    const auto load = [](const TermChunk&, uint32_t) -> absl::StatusOr<std::shared_ptr<const OwnedPiece>> {
      return absl::InternalError("no occurrences are asked for");
    };
    return NewChunkCursor(std::move(chunks), {kNoDoc, kLimit}, load, &guard_);
  }

  std::unique_ptr<PostingCursor> Cursor(const std::vector<DocId>& docs) {
    std::vector<std::unique_ptr<PostingCursor>> parts;
    parts.push_back(Cursor(docs, 0, 40000));
    parts.push_back(Cursor(docs, 40000, kDocs));
    return NewConcatCursor(std::move(parts));
  }

  std::mt19937 rng_{5};
  const SearchControl control_;
  SearchGuard guard_{control_};
};

TEST_F(TermIntersectionTest, FindsWhatAllHaveByStepsAndBySeeks) {
  for (int round = 0; round < 60; ++round) {
    std::vector<std::vector<DocId>> terms;
    for (uint32_t count = 1 + rng_() % 4; count > 0; --count) terms.push_back(RandomDocs(1 + rng_() % 60));
    std::sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    std::vector<DocId> common = terms.front();
    std::vector<std::unique_ptr<PostingCursor>> cursors;
    for (const std::vector<DocId>& docs : terms) {
      std::vector<DocId> both;
      std::set_intersection(common.begin(), common.end(), docs.begin(), docs.end(), std::back_inserter(both));
      common = std::move(both);
      cursors.push_back(Cursor(docs));
    }
    common.erase(std::lower_bound(common.begin(), common.end(), kLimit), common.end());
    common.push_back(kEndDoc);
    std::vector<PostingCursor*> all;
    for (const auto& cursor : cursors) all.push_back(cursor.get());
    // Some documents may be left out, as far as it looks ahead.
    const uint32_t left_out = round % 2 == 0 ? kEndDoc : 3;
    const auto may_be_left_out = [left_out](DocId doc) { return doc % left_out == 0 && doc != kEndDoc; };
    TermIntersection intersection(all, [may_be_left_out](absl::Span<DocId> docs) {
      return static_cast<size_t>(std::remove_if(docs.begin(), docs.end(), may_be_left_out) - docs.begin());
    });
    const uint32_t step = round % 3 == 0 ? 1 : 1 + rng_() % 2000;
    for (DocId target = 1; target != kEndDoc;) {
      const DocId found = intersection.Seek(target);
      auto expected_at = std::lower_bound(common.begin(), common.end(), target);
      while (*expected_at != found && may_be_left_out(*expected_at)) ++expected_at;
      const DocId expected = *expected_at;
      ASSERT_EQ(found, expected) << round;
      if (expected == kEndDoc) break;
      for (const PostingCursor* const cursor : all) ASSERT_EQ(cursor->doc(), expected);
      // Somebody else may move a cursor on.
      if (rng_() % 16 == 0) all[rng_() % all.size()]->Seek(expected + 1);
      target = expected + 1 + rng_() % step;
    }
  }
}

}  // namespace
}  // namespace gisa
