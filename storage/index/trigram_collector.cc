#include "storage/index/trigram_collector.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr size_t kCharacters = 1 << 16;

// Makes room for `size` items.
template <typename T>
void GrowTo(size_t size, std::vector<T>* items) {
  if (items->size() < size) items->resize(std::max(size, 2 * items->size()));
}

}  // namespace

TrigramCollector::TrigramCollector(uint32_t documents, std::vector<CrowdedTrigram> crowded)
    : documents_(documents), crowded_(std::move(crowded)), groups_(kCharacters), thirds_(kCharacters) {
  std::sort(crowded_.begin(), crowded_.end(), [](const CrowdedTrigram& a, const CrowdedTrigram& b) {
    return std::tie(a.code, a.doc) < std::tie(b.code, b.doc);
  });
}

void TrigramCollector::Add(const BigramFrequency& bigram, absl::Span<const RunSlice> postings) {
  const absl::Span<const Place> places = FindPlaces(bigram.code, postings);
  const absl::Span<const char16_t> thirds = CountGroups(places);
  FillGroups(places, thirds);
  uint32_t begin = 0;
  for (const char16_t third : thirds) {
    Group& group = groups_[third];
    // The other bigram may be rarer, which is not known yet.
    if (IsSelective(group.documents, bigram.documents, documents_)) {
      postings_.insert(postings_.end(), grouped_.data() + begin, grouped_.data() + group.end);
    }
    found_.push_back({bigram.code, group.documents, static_cast<uint32_t>(postings_.size()), third});
    begin = std::exchange(group, Group()).end;
  }
}

// Here and below without branches on whether something follows a place, and on what is new: they would be foreseen no
// better than a coin.
absl::Span<const TrigramCollector::Place> TrigramCollector::FindPlaces(TermCode bigram,
                                                                       absl::Span<const RunSlice> postings) {
  size_t count = 0;
  for (const auto& [run, begin, end] : postings) {
    uint32_t occurrence = run->occurrence_begin(begin);
    GrowTo(count + run->occurrence_ends[end - 1] - occurrence, &places_);
    Place* place = places_.data() + count;
    for (uint32_t i = begin; i < end; ++i) {
      const DocId doc = run->docs[i];
      for (const uint32_t occurrence_end = run->occurrence_ends[i]; occurrence < occurrence_end; ++occurrence) {
        const char16_t third = run->thirds[occurrence];
        *place = {doc, third};
        place += third != 0 ? 1 : 0;
      }
    }
    count = static_cast<size_t>(place - places_.data());
  }
  return WithCrowded(bigram, count);
}

absl::Span<const TrigramCollector::Place> TrigramCollector::WithCrowded(TermCode bigram, size_t count) {
  const auto is_of = [this](TermCode code) {
    return next_crowded_ < crowded_.size() && crowded_[next_crowded_].code == code;
  };
  while (next_crowded_ < crowded_.size() && crowded_[next_crowded_].code < bigram) ++next_crowded_;
  if (!is_of(bigram)) return absl::MakeConstSpan(places_).first(count);
  places_.resize(count);
  for (; is_of(bigram); ++next_crowded_) {
    places_.push_back({crowded_[next_crowded_].doc, crowded_[next_crowded_].third});
  }
  std::inplace_merge(places_.begin(), places_.begin() + static_cast<std::ptrdiff_t>(count), places_.end(),
                     [](const Place& a, const Place& b) { return a.doc < b.doc; });
  return places_;
}

absl::Span<const char16_t> TrigramCollector::CountGroups(absl::Span<const Place> places) {
  size_t count = 0;
  for (const Place& place : places) {
    Group& group = groups_[place.third];
    thirds_[count] = place.third;
    count += group.documents == 0 ? 1 : 0;
    group.documents += group.last_doc != place.doc ? 1 : 0;
    group.last_doc = place.doc;
  }
  std::sort(thirds_.begin(), thirds_.begin() + static_cast<std::ptrdiff_t>(count));
  return absl::MakeConstSpan(thirds_).first(count);
}

void TrigramCollector::FillGroups(absl::Span<const Place> places, absl::Span<const char16_t> thirds) {
  uint32_t begin = 0;
  for (const char16_t third : thirds) {
    Group& group = groups_[third];
    group.end = begin;
    group.last_doc = kNoDoc;
    begin += group.documents;
  }
  GrowTo(begin, &grouped_);
  for (const Place& place : places) {
    Group& group = groups_[place.third];
    const bool is_new = std::exchange(group.last_doc, place.doc) != place.doc;
    group.end += is_new ? 1 : 0;
    Posting& posting = grouped_[group.end - 1];
    posting = {place.doc, is_new ? 1 : posting.freq + 1};
  }
}

absl::Status TrigramCollector::ForEach(absl::Span<const BigramFrequency> bigrams,
                                       absl::FunctionRef<absl::Status(const List&)> visit) const {
  const BigramFrequency* first = bigrams.begin();
  const BigramFrequency* second = bigrams.begin();
  TermCode last = 0;
  size_t begin = 0;
  for (const Found& found : found_) {
    const auto postings = absl::MakeConstSpan(postings_).first(found.end).subspan(std::exchange(begin, found.end));
    while (first != bigrams.end() && first->code < found.code) ++first;
    if (first == bigrams.end()) break;
    if (first->code != found.code) continue;
    const TermCode wanted = CodeOfCharacters(found.code & 0xFFFF, found.third);
    if (std::exchange(last, found.code) != found.code) second = LowerBound(bigrams, wanted);
    while (second != bigrams.end() && second->code < wanted) ++second;
    if (second == bigrams.end() || second->code != wanted) continue;
    RETURN_IF_ERROR(visit({*first, *second, found.documents, postings}));
  }
  return absl::OkStatus();
}

}  // namespace gisa
