#include "storage/index/posting_run.h"

#include <algorithm>
#include <utility>

#include "storage/index/code_sort.h"

namespace gisa {
namespace {

// How many terms of all runs are sorted at a time, about: little enough for the second cache.
constexpr size_t kBatchTerms = 16384;

// Copies the postings of a slice behind `postings` postings and `occurrences` occurrences of a run that has room.
void CopySlice(const RunSlice& slice, uint32_t postings, uint32_t occurrences, PostingRun* out) {
  const PostingRun& from = *slice.run;
  const uint32_t begin = from.occurrence_begin(slice.begin);
  const uint32_t end = from.occurrence_ends[slice.end - 1];
  // Most slices have a posting or two: loops do for them what would be as many calls.
  for (uint32_t i = slice.begin; i < slice.end; ++i, ++postings) {
    out->docs[postings] = from.docs[i];
    out->occurrence_ends[postings] = from.occurrence_ends[i] - begin + occurrences;
  }
  for (uint32_t i = begin; i < end; ++i, ++occurrences) {
    out->occurrences[occurrences] = from.occurrences[i];
    out->thirds[occurrences] = from.thirds[i];
  }
}

// Counts the terms and postings of places that come by term, then document. Without branches on which of them is new,
// for they would be foreseen no better than a coin.
class PlaceCounter {
 public:
  void Count(const TermPlace& place) {
    const uint32_t is_new_term = place.code != last_code_ ? 1 : 0;
    const uint32_t is_new_doc = place.doc != last_doc_ ? 1 : 0;
    terms_ += is_new_term;
    postings_ += is_new_term | is_new_doc;
    last_code_ = place.code;
    last_doc_ = place.doc;
  }

  uint32_t terms() const { return terms_; }
  uint32_t postings() const { return postings_; }

 private:
  uint32_t terms_ = 0;
  uint32_t postings_ = 0;
  TermCode last_code_ = 0;  // no term's
  uint32_t last_doc_ = 0;
};

}  // namespace

size_t PostingRun::LowerBound(TermCode code) const {
  return static_cast<size_t>(std::lower_bound(terms.begin(), terms.end(), code) - terms.begin());
}

size_t PostingRun::memory_bytes() const {
  return terms.capacity() * sizeof(TermCode) + posting_ends.capacity() * sizeof(uint32_t) +
         docs.capacity() * sizeof(DocId) + occurrence_ends.capacity() * sizeof(uint32_t) +
         occurrences.capacity() * sizeof(Occurrence) + thirds.capacity() * sizeof(char16_t) +
         crowded.capacity() * sizeof(CrowdedTrigram);
}

PostingRun BuildRun(absl::Span<const DocId> docs, std::vector<TermPlace>* places, std::vector<TermPlace>* scratch) {
  SortByCode(places, scratch);
  PlaceCounter counter;
  for (const TermPlace& place : *places) counter.Count(place);
  PostingRun run;
  run.last_doc = docs.empty() ? kNoDoc : docs.back();
  run.document_count = static_cast<uint32_t>(docs.size());
  run.terms.resize(counter.terms());
  run.posting_ends.resize(counter.terms());
  run.docs.resize(counter.postings());
  run.occurrence_ends.resize(counter.postings());
  run.occurrences.resize(places->size());
  run.thirds.resize(places->size());
  // Writes the term and the posting at hand anew for each place.
  counter = PlaceCounter();
  const DocId* const doc_ids = docs.data();
  for (uint32_t i = 0; i < run.occurrences.size(); ++i) {
    const TermPlace& place = (*places)[i];
    counter.Count(place);
    const uint32_t term = counter.terms() - 1;
    const uint32_t posting = counter.postings() - 1;
    run.terms[term] = place.code;
    run.posting_ends[term] = posting + 1;
    run.docs[posting] = doc_ids[place.doc];
    run.occurrence_ends[posting] = i + 1;
    run.occurrences[i] = place.occurrence;
    run.thirds[i] = place.third;
  }
  return run;
}

RunMerger::RunMerger(std::vector<const PostingRun*> runs, TermCode first) : runs_(std::move(runs)) {
  for (const PostingRun* run : runs_) next_term_.push_back(static_cast<uint32_t>(run->LowerBound(first)));
}

bool RunMerger::Next() {
  if (batch_next_ == batch_.size() && !ReadBatch()) return false;
  slices_.clear();
  code_ = batch_[batch_next_].code;
  for (; batch_next_ < batch_.size() && batch_[batch_next_].code == code_; ++batch_next_) {
    const RunTerm& term = batch_[batch_next_];
    const PostingRun& run = *runs_[term.run];
    slices_.push_back({&run, run.posting_begin(term.place), run.posting_ends[term.place]});
  }
  return true;
}

bool RunMerger::ReadBatch() {
  const std::optional<TermCode> end = EndOfBatch();
  batch_.clear();
  batch_next_ = 0;
  for (uint32_t i = 0; i < runs_.size(); ++i) {
    const std::vector<TermCode>& terms = runs_[i]->terms;
    uint32_t& next = next_term_[i];
    for (; next < terms.size() && (!end.has_value() || terms[next] < *end); ++next) {
      batch_.push_back({terms[next], i, next});
    }
  }
  SortByCode(&batch_, &scratch_);
  return !batch_.empty();
}

// The run with most terms left sets the pace, so each batch has some, and the others have about as many or fewer.
std::optional<TermCode> RunMerger::EndOfBatch() const {
  const size_t step = std::max<size_t>(kBatchTerms / std::max<size_t>(runs_.size(), 1), 1);
  size_t most_left = 0;
  std::optional<TermCode> end;
  for (size_t i = 0; i < runs_.size(); ++i) {
    const size_t left = runs_[i]->terms.size() - next_term_[i];
    if (left <= most_left) continue;
    most_left = left;
    if (left > step) end = runs_[i]->terms[next_term_[i] + step];
  }
  return end;
}

PostingRun MergeRuns(const std::vector<const PostingRun*>& runs) {
  PostingRun merged;
  size_t terms = 0;
  size_t postings = 0;
  size_t occurrences = 0;
  for (const PostingRun* run : runs) {
    terms = std::max(terms, run->terms.size());
    postings += run->docs.size();
    occurrences += run->occurrences.size();
    merged.document_count += run->document_count;
    merged.last_doc = std::max(merged.last_doc, run->last_doc);
    merged.crowded.insert(merged.crowded.end(), run->crowded.begin(), run->crowded.end());
  }
  merged.terms.reserve(2 * terms);
  merged.posting_ends.reserve(2 * terms);
  merged.docs.resize(postings);
  merged.occurrence_ends.resize(postings);
  merged.occurrences.resize(occurrences);
  merged.thirds.resize(occurrences);
  uint32_t posting = 0;
  RunMerger merger(runs);
  while (merger.Next()) {
    for (const RunSlice& slice : merger.slices()) {
      CopySlice(slice, posting, merged.occurrence_begin(posting), &merged);
      posting += slice.end - slice.begin;
    }
    merged.terms.push_back(merger.code());
    merged.posting_ends.push_back(posting);
  }
  merged.terms.shrink_to_fit();
  merged.posting_ends.shrink_to_fit();
  return merged;
}

}  // namespace gisa
