#include "storage/index/trigram_collector.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/index/code_sort.h"
#include "storage/index/occurrence.h"

namespace gisa {

// Without branches on which of the two is ahead, for they would be foreseen no better than a coin.
void TrigramCollector::FindTerms(const PostingRun& run) {
  terms_.resize(std::min(bigrams_.size(), run.terms.size()) + 1);
  size_t count = 0;
  for (size_t bigram = 0, term = 0; bigram < bigrams_.size() && term < run.terms.size();) {
    const TermCode wanted = bigrams_[bigram].code;
    const TermCode found = run.terms[term];
    terms_[count] = {static_cast<uint32_t>(bigram), static_cast<uint32_t>(term)};
    count += wanted == found ? 1 : 0;
    bigram += wanted <= found ? 1 : 0;
    term += found <= wanted ? 1 : 0;
  }
  terms_.resize(count);
}

void TrigramCollector::Add(const PostingRun& run) {
  if (run.docs.empty()) return;
  const auto [first, last] = std::minmax_element(run.docs.begin(), run.docs.end());
  const DocId first_doc = *first;
  // First how many places each document has, then where they begin, and, once they are filled in, end.
  place_ends_.assign(*last - first_doc + 2, 0);
  FindTerms(run);
  for (const Term& term : terms_) {
    for (uint32_t i = run.posting_begin(term.place); i < run.posting_ends[term.place]; ++i) {
      place_ends_[run.docs[i] - first_doc + 1] += run.occurrence_ends[i] - run.occurrence_begin(i);
    }
  }
  for (size_t i = 1; i < place_ends_.size(); ++i) place_ends_[i] += place_ends_[i - 1];
  places_.resize(place_ends_.back());
  for (const Term& term : terms_) {
    for (uint32_t i = run.posting_begin(term.place); i < run.posting_ends[term.place]; ++i) {
      uint32_t& end = place_ends_[run.docs[i] - first_doc];
      for (const Occurrence occurrence : run.occurrences_of(i)) {
        places_[end++] = {PositionOf(occurrence), term.bigram, bigrams_[term.bigram].code, 0};
      }
    }
  }
  uint32_t begin = 0;
  for (size_t i = 0; i + 1 < place_ends_.size(); begin = place_ends_[i++]) {
    CollectFrom(static_cast<DocId>(first_doc + i), absl::MakeSpan(places_).subspan(begin, place_ends_[i] - begin));
  }
}

// Where a Hanja has readings several bigrams stand at one position.
void TrigramCollector::CollectFrom(DocId doc, absl::Span<Place> places) {
  for (uint32_t i = 0; i < places.size(); ++i) {
    Place& place = places[i];
    if (heads_.size() < place.position + size_t{2}) heads_.resize(2 * (place.position + size_t{2}));
    place.next = std::exchange(heads_[place.position], i + 1);
  }
  for (const Place& place : places) {
    for (uint32_t next = heads_[place.position + 1]; next != 0; next = places[next - 1].next) {
      const Place& second = places[next - 1];
      if (MakeTrigram(place.code, second.code)) found_.push_back({place.bigram << 16 | second.bigram, doc});
    }
  }
  for (const Place& place : places) heads_[place.position] = 0;
}

absl::Status TrigramCollector::ForEach(
    absl::FunctionRef<absl::Status(const Trigram&, absl::Span<const Posting>)> visit) {
  std::vector<Found> scratch;
  SortByCode(&found_, &scratch);
  std::vector<Posting> postings;
  for (auto next = found_.begin(); next != found_.end();) {
    const TermCode code = next->code;
    postings.clear();
    for (; next != found_.end() && next->code == code; ++next) {
      if (postings.empty() || postings.back().doc != next->doc) postings.push_back({next->doc, 0});
      ++postings.back().freq;
    }
    RETURN_IF_ERROR(visit({bigrams_[code >> 16].code, bigrams_[code & 0xFFFF].code}, postings));
  }
  return absl::OkStatus();
}

}  // namespace gisa
