#include "storage/index/noted_word.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/index/chunk_cursor.h"
#include "storage/index/concat_cursor.h"
#include "storage/index/occurrence_weight.h"
#include "tests/storage/index/segment_testing.h"
#include "tests/storage/index/text_index.h"

namespace gisa {
namespace {

// Keeps notes of all that it is asked for.
class NotingIndex : public TextIndex {
 public:
  std::shared_ptr<WordNotes> FindNotes(absl::string_view name, const StoredList& list) override {
    std::shared_ptr<WordNotes>& notes = notes_[absl::StrCat(name, " in ", list.segment)];
    if (notes == nullptr) notes = std::make_shared<WordNotes>(list.size);
    return notes;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [name, notes] : notes_) names.push_back(name);
    return names;
  }

 private:
  std::map<std::string, std::shared_ptr<WordNotes>> notes_;
};

// A word of two terms, each in two segments and then in memory. The first term has more documents in the first segment,
// and less in the second.
class NotedWordTest : public ::testing::Test {
 protected:
  static constexpr DocId kSecond = 10001;
  static constexpr DocId kMemory = 20001;

  NotedWordTest() {
    AddTerm({RandomPostings(&rng_, 900, 1, 3, 3), RandomPostings(&rng_, 300, kSecond, 9, 3)});
    AddTerm({RandomPostings(&rng_, 300, 1, 9, 3), RandomPostings(&rng_, 900, kSecond, 3, 3)});
  }

  void AddTerm(const std::vector<ModelPostings>& segments) {
    auto chunks = std::make_shared<std::vector<TermChunk>>();
    for (const ModelPostings& postings : segments) {
      chunks->push_back({static_cast<uint32_t>(chunks->size()), *PostingChunk::Open(Encode(postings).postings)});
    }
    terms_.push_back({std::move(chunks), segments});
  }

  struct Term {
    std::shared_ptr<const std::vector<TermChunk>> chunks;
    std::vector<ModelPostings> segments;
  };

  // The cursors of one search.
  struct Cursors {
    std::vector<std::unique_ptr<PostingCursor>> cursors;
    std::unique_ptr<NotedWord> word;

    // The next document from `target` on that both terms have.
    DocId Seek(DocId target) {
      while (true) {
        const DocId first = cursors[0]->Seek(target);
        target = cursors[1]->Seek(first);
        if (first == target) return target;
      }
    }
  };

  Cursors Open(IndexView* view) {
    Cursors open;
    std::vector<const PostingCursor*> all;
    for (const Term& term : terms_) {
      std::vector<std::unique_ptr<PostingCursor>> parts;
      parts.push_back(NewChunkCursor(term.chunks, {kNoDoc, kEndDoc}, /*loader=*/nullptr, &guard_));
      parts.push_back(NewMemoryCursor(memory_->Find("t가"), kEndDoc));
      open.cursors.push_back(NewConcatCursor(std::move(parts)));
      all.push_back(open.cursors.back().get());
    }
    open.word = std::make_unique<NotedWord>(NotesSource{view, "word", &guard_}, std::move(all));
    return open;
  }

  std::mt19937 rng_{5};
  const SearchControl control_;
  SearchGuard guard_{control_};
  std::vector<Term> terms_;
  const std::unique_ptr<MemorySegment> memory_ = SegmentOf({{"t가", RandomPostings(&rng_, 100, kMemory, 3, 3)}});
  NotingIndex view_;
};

TEST_F(NotedWordTest, WhatOneSearchNotesOthersFindButForDocumentsInMemory) {
  Cursors noting = Open(&view_);
  std::vector<DocId> docs;
  for (DocId doc = noting.Seek(1); doc != kEndDoc; doc = noting.Seek(doc + 1)) {
    docs.push_back(doc);
    EXPECT_EQ(noting.word->Find(doc), std::nullopt);
    EXPECT_EQ(noting.word->AreKept(doc), doc < kMemory);
    noting.word->Note(doc, doc % 400);
  }
  ASSERT_GT(docs.size(), 200u);
  EXPECT_EQ(view_.names(), (std::vector<std::string>{"word0 in 1", "word1 in 0"})) << "with the shorter lists";

  Cursors finding = Open(&view_);
  for (const DocId doc : docs) {
    finding.Seek(doc);
    const bool is_noted = doc < kMemory && doc % 400 < UINT8_MAX;
    EXPECT_EQ(finding.word->Find(doc), is_noted ? std::optional<uint32_t>(doc % 400) : std::nullopt) << doc;
  }
}

TEST_F(NotedWordTest, WhatIsFoundAfterAnErrorIsNotNoted) {
  Cursors failing = Open(&view_);
  const DocId doc = failing.Seek(1);
  EXPECT_EQ(failing.word->Find(doc), std::nullopt);
  guard_.Fail(absl::UnavailableError("no disk"));
  failing.word->Note(doc, 0);
  Cursors finding = Open(&view_);
  finding.Seek(doc);
  EXPECT_EQ(finding.word->Find(doc), std::nullopt);
}

TEST_F(NotedWordTest, WithoutAViewNothingIsKnown) {
  Cursors open = Open(nullptr);
  const DocId doc = open.Seek(1);
  EXPECT_FALSE(open.word->AreKept(doc));
  open.word->Note(doc, 7);
  EXPECT_EQ(open.word->Find(open.Seek(doc + 1)), std::nullopt);
}

TEST_F(NotedWordTest, BoundsWeightsAheadByWhatIsNotedOrByFrequencies) {
  for (const bool notes : {false, true}) {
    Cursors noting = Open(&view_);
    if (notes) {
      for (DocId doc = noting.Seek(1); doc < kSecond; doc = noting.Seek(doc + 1)) noting.word->Note(doc, doc % 7);
    }
    Cursors open = Open(&view_);
    const DocId first = open.Seek(1);
    open.word->Find(first);
    std::vector<DocId> docs;
    for (DocId doc = first; docs.size() < NotedWord::kMaxDocs; ++doc) docs.push_back(doc);
    std::vector<uint32_t> bounds(docs.size());
    const size_t told = open.word->FindAll(docs, absl::MakeSpan(bounds));
    EXPECT_GT(told, 0u);
    const ModelPostings& shorter = terms_[1].segments[0];
    for (size_t i = 0; i < told; ++i) {
      const auto posting = std::find_if(shorter.begin(), shorter.end(),
                                        [&](const ModelPosting& posting) { return posting.doc == docs[i]; });
      if (posting == shorter.end()) {
        EXPECT_EQ(bounds[i], 0u);
        continue;
      }
      Cursors there = Open(&view_);
      const bool is_noted = notes && there.Seek(docs[i]) == docs[i];
      if (is_noted) {
        EXPECT_EQ(bounds[i], docs[i] % 7);
      } else {
        EXPECT_GE(bounds[i], posting->occurrences.size() * kTitleWeight * kWeightUnit);
      }
    }
  }
}

}  // namespace
}  // namespace gisa
