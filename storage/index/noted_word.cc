#include "storage/index/noted_word.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "storage/index/occurrence_weight.h"

namespace gisa {
namespace {

// All in the title, and the word itself.
uint32_t MaxWeightOf(uint32_t freq) {
  constexpr auto kMaxWeight = static_cast<uint32_t>(kTitleWeight * kWholeFactor * kWeightUnit);
  return freq > NotedWord::kUnbounded / kMaxWeight ? NotedWord::kUnbounded : freq * kMaxWeight;
}

}  // namespace

void NotedWord::GoTo(DocId doc) {
  doc_ = doc;
  weight_.reset();
  if (doc >= end_) EnterSegment();
  if (notes_ == nullptr) return;
  rank_ = shortest_->rank();
  weight_ = notes_->Find(rank_);
}

size_t NotedWord::FindAll(absl::Span<const DocId> docs, absl::Span<uint32_t> max_weights) const {
  if (shortest_ == nullptr || shortest_->doc() >= end_) return 0;
  std::array<ListPlace, kMaxDocs> places;
  const auto behind = std::lower_bound(docs.begin(), docs.end(), end_);
  const size_t count =
      shortest_->FindAll(docs.first(static_cast<size_t>(behind - docs.begin())), absl::MakeSpan(places));
  for (size_t i = 0; i < count; ++i) {
    max_weights[i] = MaxWeightOf(places[i].max_freq);
    if (places[i].max_freq == 0 || notes_ == nullptr) continue;
    if (const std::optional<uint32_t> weight = notes_->Find(places[i].rank)) max_weights[i] = *weight;
  }
  return count;
}

// Documents in memory stand behind all segments: of these there are no notes.
void NotedWord::EnterSegment() {
  notes_ = nullptr;
  shortest_ = nullptr;
  end_ = kEndDoc;
  size_t number = 0;
  StoredList shortest;
  for (size_t i = 0; i < cursors_.size(); ++i) {
    if (cursors_[i] == nullptr) continue;
    const std::optional<StoredList> list = cursors_[i]->list();
    if (!list.has_value()) return;
    if (shortest.size > 0 && list->size >= shortest.size) continue;
    shortest = *list;
    number = i;
  }
  end_ = shortest.end;
  shortest_ = cursors_[number];
  if (source_.view == nullptr || shortest.size < kMinDocuments) return;
  notes_ = source_.view->FindNotes(absl::StrCat(source_.name, number), shortest);
}

}  // namespace gisa
