// Bounds of scores for many documents at a time, against the score of each.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "storage/index/chunk_cursor.h"
#include "storage/index/concat_cursor.h"
#include "storage/index/query_compiler.h"
#include "storage/index/query_parser.h"
#include "tests/storage/index/text_index.h"
#include "tests/support/korean_text.h"

namespace gisa {
namespace {

constexpr DocId kSecondChunk = 500;
constexpr DocId kInMemory = 900;
constexpr DocId kDocs = 1000;

// Articles of which those below kInMemory are stored, in two chunks for each term.
class StoredIndex : public IndexView {
 public:
  explicit StoredIndex(TextIndex* texts) : texts_(*texts) {
    const absl::Status stored =
        texts->postings().ForEachTerm([this](absl::string_view term, absl::Span<const RunSlice> postings) {
          Store(std::string(term), {kNoDoc, kSecondChunk}, postings);
          Store(std::string(term), {kSecondChunk, kInMemory}, postings);
          return absl::OkStatus();
        });
    EXPECT_TRUE(stored.ok());
  }

  const Corpus& corpus() const override { return texts_.corpus(); }

  std::unique_ptr<PostingCursor> OpenTerm(absl::string_view term, DocRange range, SearchGuard* guard) override {
    const std::string name(term);
    const auto load = [this, name](const TermChunk& chunk, uint32_t piece) {
      return OwnedPiece::Open(pieces_.at({name, chunk.segment, piece}), chunk.chunk->reader().piece_block_count(piece));
    };
    const auto chunks = std::make_shared<const std::vector<TermChunk>>(chunks_[name]);
    std::vector<std::unique_ptr<PostingCursor>> parts;
    parts.push_back(NewChunkCursor(chunks, range, load, guard));
    parts.push_back(texts_.OpenTerm(term, {kInMemory, range.end}, guard));
    return NewConcatCursor(std::move(parts));
  }

  std::unique_ptr<PostingCursor> OpenCharacter(absl::string_view character, DocRange range,
                                               SearchGuard* guard) override {
    return texts_.OpenCharacter(character, range, guard);
  }

  TrigramPostings OpenTrigram(const Trigram& trigram, DocRange range, SearchGuard* guard) override {
    return texts_.OpenTrigram(trigram, range, guard);
  }

  std::unique_ptr<PostingCursor> OpenWordPrefix(absl::string_view prefix, DocRange range, SearchGuard* guard) override {
    return texts_.OpenWordPrefix(prefix, range, guard);
  }

  std::shared_ptr<WordNotes> FindNotes(absl::string_view name, const StoredList& list) override {
    std::shared_ptr<WordNotes>& notes = notes_[{std::string(name), list.segment}];
    if (notes == nullptr) notes = std::make_shared<WordNotes>(list.size);
    return notes;
  }

 private:
  void Store(const std::string& term, DocRange range, absl::Span<const RunSlice> postings) {
    ChunkBuilder builder(&texts_.corpus().docs);
    for (const RunSlice& slice : postings) {
      for (uint32_t i = slice.begin; i < slice.end; ++i) {
        const DocId doc = slice.run->docs[i];
        if (range.begin <= doc && doc < range.end) builder.Add(doc, slice.run->occurrences_of(i));
      }
    }
    if (builder.empty()) return;
    EncodedChunk chunk;
    builder.Finish(&chunk);
    chunks_[term].push_back({range.begin, *PostingChunk::Open(chunk.postings)});
    for (uint32_t piece = 0; piece < chunk.piece_count(); ++piece) {
      pieces_[{term, range.begin, piece}] = std::string(chunk.piece(piece));
    }
  }

  TextIndex& texts_;
  std::map<std::string, std::vector<TermChunk>> chunks_;  // each named by its first document
  std::map<std::tuple<std::string, uint32_t, uint32_t>, std::string> pieces_;
  std::map<std::pair<std::string, uint32_t>, std::shared_ptr<WordNotes>> notes_;
};

class ScoreBoundTest : public ::testing::Test {
 protected:
  ScoreBoundTest() {
    for (DocId doc = 1; doc < kDocs; ++doc) {
      // Some short and full of one word, and some so long that their lead is not all of them.
      const bool is_short = rng_() % 20 == 0;
      const std::string title = korean_.Text(rng_() % 4);
      const std::string body = is_short ? std::string("대전시 대전시 국정 ") : korean_.Text(10 + rng_() % 200);
      texts_.Add(title, body);
    }
    stored_ = std::make_unique<StoredIndex>(&texts_);
  }

  std::string RandomQuery() {
    std::string text = korean_.QueryWord();
    for (uint32_t more = rng_() % 3; more > 0; --more) {
      static const std::vector<std::string> kJoints = {" ", " OR ", " -", " title:", " body:"};
      text += kJoints[rng_() % kJoints.size()] + (rng_() % 4 == 0 ? "대전" : korean_.QueryWord());
    }
    return text;
  }

  // Asks for bounds from here and there on, and compares with all that follows. Returns how many said something.
  size_t ExpectBoundsHold(absl::string_view text, SearchMatch match, const Bm25& bm25) {
    const absl::StatusOr<QueryNode> query = ParseQuery(text, match);
    EXPECT_TRUE(query.ok()) << text;
    QueryCompiler compiler(stored_.get(), {kNoDoc, kDocs}, bm25, &guard_);
    compiler.OpenTerms(*query);
    const std::unique_ptr<QueryCursor> cursor = compiler.Compile(*query);
    size_t telling = 0;
    ScoreBound bound{0, kNoDoc};
    while (cursor->doc() != kEndDoc) {
      if (cursor->doc() >= bound.end || rng_() % 50 == 0) {
        // The cursor may go on from where it is, or from behind.
        const DocId target = cursor->doc() + (rng_() % 3 == 0 ? rng_() % 10 : 0);
        bound = cursor->MaxScoreFrom(target);
        EXPECT_GT(bound.end, target);
        telling += bound.score < cursor->MaxScoreOfAny() * 0.99 ? 1 : 0;
        cursor->Seek(target);
        continue;
      }
      const double max_score = cursor->MaxScore();
      if (cursor->Matches()) {
        const double score = cursor->Score();
        EXPECT_LE(score, bound.score) << text << " in " << cursor->doc();
        EXPECT_LE(score, max_score) << text << " in " << cursor->doc();
      }
      cursor->Next();
    }
    EXPECT_TRUE(guard_.status().ok());
    return telling;
  }

  std::mt19937 rng_{29};
  KoreanText korean_{&rng_};
  const SearchControl control_;
  SearchGuard guard_{control_};
  TextIndex texts_;
  std::unique_ptr<StoredIndex> stored_;
};

TEST_F(ScoreBoundTest, NoDocumentOfAnyQueryScoresAboveThem) {
  size_t telling = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string text = RandomQuery();
    const SearchMatch match = rng_() % 2 == 0 ? SearchMatch::kAll : SearchMatch::kAny;
    for (const uint64_t average : {1, 150, 600, 5000}) {
      telling += ExpectBoundsHold(text, match, Bm25(kDocs, average * kDocs));
    }
  }
  EXPECT_GT(telling, 1000u);
}

}  // namespace
}  // namespace gisa
