#ifndef GISA_TESTS_STORAGE_INDEX_POSTING_TESTING_H_
#define GISA_TESTS_STORAGE_INDEX_POSTING_TESTING_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "storage/index/doc_table.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/posting_cursor.h"
#include "storage/index/term_density.h"

namespace gisa {

// A term's postings as plain lists: what a cursor over them must walk.
struct ModelPosting {
  DocId doc = kNoDoc;
  std::vector<Occurrence> occurrences;
};
using ModelPostings = std::vector<ModelPosting>;

// Returns `count` documents from `first_doc` on with gaps of up to `max_gap` and up to `max_freq` occurrences each.
inline ModelPostings RandomPostings(std::mt19937* rng, size_t count, DocId first_doc, uint32_t max_gap,
                                    uint32_t max_freq) {
  ModelPostings postings;
  DocId doc = first_doc;
  for (size_t i = 0; i < count; ++i) {
    ModelPosting& posting = postings.emplace_back();
    posting.doc = doc;
    const uint32_t freq = 1 + (*rng)() % max_freq;
    uint32_t position = (*rng)() % 100;
    for (uint32_t j = 0; j < freq; ++j) {
      posting.occurrences.push_back(position << 2 | ((*rng)() & kOccurrenceFlags));
      position += 1 + (*rng)() % 50;
    }
    doc += 1 + (*rng)() % max_gap;
  }
  return postings;
}

// Any length will do, but each document must have the same one everywhere.
inline uint32_t ModelLength(DocId doc) { return 100 + doc % 17; }
inline constexpr uint32_t kModelTitle = 20;

// What is known of the documents of `model`, which are not far from each other.
inline DocTable ModelTable(const ModelPostings& model) {
  DocTable table;
  for (const ModelPosting& posting : model) table.Add(posting.doc, {kNoTime, ModelLength(posting.doc), kModelTitle});
  return table;
}

// The density of a posting's term in its document.
inline TermDensity ModelDensity(const ModelPosting& posting) {
  return DensityOf(posting.occurrences, kModelTitle, ModelLength(posting.doc));
}

inline EncodedChunk Encode(const ModelPostings& model, const DocTable* docs = nullptr) {
  ChunkBuilder builder(docs);
  for (const ModelPosting& posting : model) builder.Add(posting.doc, posting.occurrences);
  EncodedChunk chunk;
  builder.Finish(&chunk);
  return chunk;
}

// Returns the documents of `model` below `limit`.
inline ModelPostings Below(const ModelPostings& model, DocId limit) {
  ModelPostings below;
  for (const ModelPosting& posting : model) {
    if (posting.doc < limit) below.push_back(posting);
  }
  return below;
}

// Returns the occurrences with no other flags than some.
inline std::vector<Occurrence> WithFlags(uint32_t flags, absl::Span<const Occurrence> occurrences) {
  std::vector<Occurrence> with(occurrences.begin(), occurrences.end());
  for (Occurrence& occurrence : with) occurrence &= ~kOccurrenceFlags | flags;
  return with;
}

// Holds the cursor to the posting of the model it should stand on. An occurrence may be counted `max_terms` times.
inline void ExpectStandsAt(PostingCursor* cursor, const ModelPostings& model, size_t at, size_t max_terms = 1) {
  if (at >= model.size()) {
    ASSERT_EQ(cursor->doc(), kEndDoc);
    return;
  }
  ASSERT_EQ(cursor->doc(), model[at].doc);
  ASSERT_GE(cursor->freq(), model[at].occurrences.size());
  ASSERT_LE(cursor->freq(), max_terms * model[at].occurrences.size());
  const std::vector<Occurrence>& expected = model[at].occurrences;
  for (const uint32_t flags : {0u, kStartsEojeol, kEndsStem, kOccurrenceFlags}) {
    ASSERT_EQ(WithFlags(flags, cursor->Occurrences(flags)), WithFlags(flags, expected)) << flags;
  }
}

// Walks new cursors over `model`: once by Next alone, then `walks` times by a random mix of Next and Seek, some targets
// in the past, some between documents, some past the end.
inline void ExpectWalks(const std::function<std::unique_ptr<PostingCursor>()>& open, const ModelPostings& model,
                        std::mt19937* rng, int walks = 20, size_t max_terms = 1) {
  const auto next = open();
  for (size_t at = 0; at <= model.size(); ++at) {
    ASSERT_NO_FATAL_FAILURE(ExpectStandsAt(next.get(), model, at, max_terms));
    const DocId doc = next->Next();
    ASSERT_EQ(doc, next->doc());
  }
  ASSERT_EQ(next->Next(), kEndDoc);
  ASSERT_EQ(next->Seek(1), kEndDoc);

  const DocId last_doc = model.empty() ? 100 : model.back().doc;
  for (int walk = 0; walk < walks; ++walk) {
    const auto cursor = open();
    const uint32_t stride = 1 + (*rng)() % (last_doc / 4 + 2);
    size_t at = 0;
    while (at < model.size()) {
      if ((*rng)() % 3 == 0) {
        cursor->Next();
        ++at;
      } else {
        const DocId target = model[at].doc - std::min<DocId>(model[at].doc, 3) + (*rng)() % stride;
        const DocId doc = cursor->Seek(target);
        ASSERT_EQ(doc, cursor->doc());
        while (at < model.size() && model[at].doc < target) ++at;
      }
      ASSERT_EQ(cursor->doc(), at < model.size() ? model[at].doc : kEndDoc);
      if ((*rng)() % 4 == 0) {
        ASSERT_NO_FATAL_FAILURE(ExpectStandsAt(cursor.get(), model, at, max_terms));
      }
    }
    ASSERT_EQ(cursor->Seek(kEndDoc), kEndDoc);
  }
}

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_INDEX_POSTING_TESTING_H_
