#ifndef GISA_STORAGE_INDEX_TRIGRAM_COLLECTOR_H_
#define GISA_STORAGE_INDEX_TRIGRAM_COLLECTOR_H_

#include <cstddef>
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

// Finds in which documents trigrams are that consist of two frequent bigrams, from the postings of the bigrams and what
// follows each place of them. It takes one bigram after the other, and groups the documents of each by what follows.
class TrigramCollector {
 public:
  struct Posting {
    DocId doc = kNoDoc;
    uint32_t freq = 0;
  };

  // A trigram.
  struct List {
    BigramFrequency first;
    BigramFrequency second;
    uint32_t documents = 0;              // that have it
    absl::Span<const Posting> postings;  // theirs; none unless IsSelective, with the documents of the first bigram
  };

  // Of a segment of `documents` documents. `crowded`: the crowded trigrams of all its runs, by document.
  TrigramCollector(uint32_t documents, std::vector<CrowdedTrigram> crowded);

  // Adds a bigram, behind all before it by code, with its postings by document.
  void Add(const BigramFrequency& bigram, absl::Span<const RunSlice> postings);

  // Calls `visit` for each trigram of two of `bigrams`, which were all added, ascending, until it returns an error;
  // returns that.
  absl::Status ForEach(absl::Span<const BigramFrequency> bigrams,
                       absl::FunctionRef<absl::Status(const List&)> visit) const;

 private:
  // A trigram at a place of the bigram at hand.
  struct Place {
    DocId doc = kNoDoc;
    char16_t third = 0;
  };

  // The documents of the bigram at hand that have a third character.
  struct Group {
    uint32_t documents = 0;
    uint32_t end = 0;  // in grouped_, of those that are there
    DocId last_doc = kNoDoc;
  };

  // A trigram.
  struct Found {
    TermCode code = 0;  // of the first bigram
    uint32_t documents = 0;
    uint32_t end = 0;  // in postings_
    char16_t third = 0;
  };

  // Returns the trigrams that begin at places of the bigram, by document.
  absl::Span<const Place> FindPlaces(TermCode bigram, absl::Span<const RunSlice> postings);
  // The same with those that are crowded, if there are any. The others are the first `count` of places_.
  absl::Span<const Place> WithCrowded(TermCode bigram, size_t count);
  // Counts the documents of each third character, and returns these, ascending.
  absl::Span<const char16_t> CountGroups(absl::Span<const Place> places);
  // Then lists them in grouped_.
  void FillGroups(absl::Span<const Place> places, absl::Span<const char16_t> thirds);

  const uint32_t documents_;
  std::vector<CrowdedTrigram> crowded_;  // by code, then document
  size_t next_crowded_ = 0;

  std::vector<Found> found_;       // ascending
  std::vector<Posting> postings_;  // of those that are selective

  // For one bigram.
  std::vector<Place> places_;     // by document
  std::vector<Group> groups_;     // by third character; empty between bigrams
  std::vector<char16_t> thirds_;  // of the groups that have documents
  std::vector<Posting> grouped_;  // by group
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TRIGRAM_COLLECTOR_H_
