#ifndef GISA_STORAGE_INDEX_POSTING_RUN_H_
#define GISA_STORAGE_INDEX_POSTING_RUN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "storage/index/document.h"
#include "storage/index/occurrence.h"
#include "storage/index/term_code.h"

namespace gisa {

// A trigram at a place where several terms stand, or before one: as a Hanja has them that is read in several ways.
struct CrowdedTrigram {
  TermCode code = 0;  // of its first bigram
  DocId doc = kNoDoc;
  char16_t third = 0;
};

// The postings of some documents in a row, sorted by term, then document. Never changes once it is built.
struct PostingRun {
  std::vector<TermCode> terms;            // ascending, each once
  std::vector<uint32_t> posting_ends;     // of each term
  std::vector<DocId> docs;                // of each posting; of one term ascending
  std::vector<uint32_t> occurrence_ends;  // of each posting
  std::vector<Occurrence> occurrences;
  // Of each occurrence of a bigram: the third character of the trigram that begins there; 0 when none does, or it is
  // among the crowded.
  std::vector<char16_t> thirds;
  std::vector<CrowdedTrigram> crowded;  // by document
  uint32_t document_count = 0;
  DocId last_doc = kNoDoc;  // of all terms

  uint32_t posting_begin(size_t term) const { return term == 0 ? 0 : posting_ends[term - 1]; }
  uint32_t occurrence_begin(uint32_t posting) const { return posting == 0 ? 0 : occurrence_ends[posting - 1]; }
  absl::Span<const Occurrence> occurrences_of(uint32_t posting) const {
    const uint32_t begin = occurrence_begin(posting);
    return absl::MakeConstSpan(occurrences.data() + begin, occurrence_ends[posting] - begin);
  }

  // The place of the first term that is `code` or above it.
  size_t LowerBound(TermCode code) const;

  size_t memory_bytes() const;
};

// One place of a term.
struct TermPlace {
  TermCode code = 0;
  Occurrence occurrence = 0;
  uint16_t doc = 0;    // which of the documents
  char16_t third = 0;  // as PostingRun has it
};

// A run has so many documents at most when it is built.
inline constexpr size_t kMaxBuiltDocuments = 1 << 16;

// Builds a run of places in `docs`, which ascend. They come by document, and within one term of a document by position.
// What it leaves in *places and *scratch is good for nothing but to be used again.
PostingRun BuildRun(absl::Span<const DocId> docs, std::vector<TermPlace>* places, std::vector<TermPlace>* scratch);

// A term's postings in one of several runs.
struct RunSlice {
  const PostingRun* run = nullptr;
  uint32_t begin = 0;  // postings
  uint32_t end = 0;
};

// Walks the terms of several runs together, ascending. The documents of each run come after those of the run before it.
//
// It sorts some thousand terms at a time rather than keep a heap of the runs: that takes a third of the time, and as
// much however many the runs are.
class RunMerger {
 public:
  // From the first term on that is `first` or above it.
  explicit RunMerger(std::vector<const PostingRun*> runs, TermCode first = 0);

  // Goes to the next term; false at the end.
  bool Next();

  TermCode code() const { return code_; }
  // The term's postings, by document.
  absl::Span<const RunSlice> slices() const { return slices_; }

 private:
  // A term in one of the runs.
  struct RunTerm {
    TermCode code = 0;
    uint32_t run = 0;
    uint32_t place = 0;
  };

  // Replaces the batch by the terms that come next in all runs; false at the end.
  bool ReadBatch();
  // The code before which the next batch ends; nullopt when it takes all that is left.
  std::optional<TermCode> EndOfBatch() const;

  const std::vector<const PostingRun*> runs_;
  std::vector<uint32_t> next_term_;  // of each run
  std::vector<RunTerm> batch_;       // by code, then run
  std::vector<RunTerm> scratch_;
  size_t batch_next_ = 0;
  TermCode code_ = 0;
  std::vector<RunSlice> slices_;
};

// Puts runs together as one.
PostingRun MergeRuns(const std::vector<const PostingRun*>& runs);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_RUN_H_
