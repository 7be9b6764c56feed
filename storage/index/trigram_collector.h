#ifndef GISA_STORAGE_INDEX_TRIGRAM_COLLECTOR_H_
#define GISA_STORAGE_INDEX_TRIGRAM_COLLECTOR_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "storage/index/document.h"
#include "storage/index/frequent_bigrams.h"
#include "storage/index/posting_run.h"
#include "storage/index/trigram.h"

namespace gisa {

// Finds in which documents trigrams are that consist of two frequent bigrams, from where the bigrams are.
//
// Postings are by term, but which bigram follows another one is seen document by document: the places of a run's
// documents are brought back together, by counting.
class TrigramCollector {
 public:
  struct Posting {
    DocId doc = kNoDoc;
    uint32_t freq = 0;
  };

  // `bigrams`, by code and at most kMaxFrequentBigrams, outlive this.
  explicit TrigramCollector(absl::Span<const BigramFrequency> bigrams) : bigrams_(bigrams) {}

  // Adds the documents of a run, which come behind all before them.
  void Add(const PostingRun& run);

  // After the last run: calls `visit` for each trigram once, ascending, with its documents, until it returns an error;
  // returns that.
  absl::Status ForEach(absl::FunctionRef<absl::Status(const Trigram&, absl::Span<const Posting>)> visit);

 private:
  // One of bigrams_ at a place of a document.
  struct Place {
    uint32_t position = 0;
    uint32_t bigram = 0;
    TermCode code = 0;  // of it
    uint32_t next = 0;  // another one at the same position, counted from 1; 0 for none
  };

  // One of bigrams_ among the terms of a run.
  struct Term {
    uint32_t bigram = 0;
    uint32_t place = 0;
  };

  // A trigram in a document.
  struct Found {
    TermCode code = 0;  // the places of its bigrams in bigrams_, of 16 bits each
    DocId doc = kNoDoc;
  };

  void FindTerms(const PostingRun& run);
  void CollectFrom(DocId doc, absl::Span<Place> places);

  const absl::Span<const BigramFrequency> bigrams_;
  std::vector<Found> found_;

  // For one run.
  std::vector<Term> terms_;
  std::vector<uint32_t> place_ends_;  // of each document, from the first one of the run
  std::vector<Place> places_;         // by document
  std::vector<uint32_t> heads_;       // by position: the last place there, counted from 1; between documents all 0
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TRIGRAM_COLLECTOR_H_
