#include <algorithm>
#include <utility>

#include "storage/index/intersection.h"
#include "storage/index/occurrence.h"
#include "storage/index/query_cursor.h"

namespace gisa {
namespace {

// How much one occurrence counts as term frequency. One in the title says more about an article than one in its text;
// one inside another word (대전 in 대전환) says less than the word itself (대전, 대전에서).
constexpr double kTitleWeight = 3.0;
constexpr double kBodyWeight = 1.0;
constexpr double kInsideWordFactor = 0.3;

class WordCursor : public QueryCursor {
 public:
  WordCursor(std::vector<WordPart> parts, uint64_t document_frequency, const Bm25& bm25, const DocTable& docs)
      : parts_(std::move(parts)), bm25_(bm25), docs_(docs), idf_(bm25.Idf(document_frequency)) {
    std::vector<size_t> order(parts_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [this](size_t a, size_t b) {
      return parts_[a].cursor->document_frequency() < parts_[b].cursor->document_frequency();
    });
    for (const size_t i : order) {
      by_rarity_.push_back(parts_[i].cursor.get());
      part_by_rarity_.push_back(i);
    }
    doc_ = SeekCommonDoc<PostingCursor>(by_rarity_);
  }

  DocId Next() override {
    if (doc_ == kEndDoc) return doc_;
    by_rarity_.front()->Next();
    return doc_ = SeekCommonDoc<PostingCursor>(by_rarity_);
  }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    by_rarity_.front()->Seek(target);
    return doc_ = SeekCommonDoc<PostingCursor>(by_rarity_);
  }

  bool Matches() override {
    if (parts_.size() == 1) return true;
    FindPlaces();
    return !places_.empty();
  }

  double MaxScore() override {
    const uint32_t freq = parts_.size() == 1 ? by_rarity_.front()->freq() : static_cast<uint32_t>(places_.size());
    return bm25_.Score(idf_, kTitleWeight * freq, docs_.length(doc_));
  }

  double Score() override {
    if (parts_.size() == 1) FindPlaces();
    const uint32_t title_length = docs_.title_length(doc_);
    double tf = 0;
    for (const Occurrence place : places_) {
      const double weight = PositionOf(place) < title_length ? kTitleWeight : kBodyWeight;
      tf += (place & kOccurrenceFlags) == kOccurrenceFlags ? weight : weight * kInsideWordFactor;
    }
    return bm25_.Score(idf_, tf, docs_.length(doc_));
  }

  uint64_t cost() const override { return by_rarity_.front()->document_frequency(); }

 private:
  // Makes places_ those where the word starts in doc_, flagged as the word is at its two ends.
  void FindPlaces() {
    for (size_t i = 0; i < by_rarity_.size(); ++i) {
      const size_t part = part_by_rarity_[i];
      uint32_t flags = 0;
      if (part == 0) flags |= kStartsEojeol;
      if (part + 1 == parts_.size()) flags |= kEndsStem;
      by_rarity_[i]->ReadOccurrences(&occurrences_);
      if (i == 0) {
        TakePlaces(parts_[part].offset, flags);
      } else {
        KeepPlaces(parts_[part].offset, flags);
      }
      if (places_.empty()) return;
    }
  }

  void TakePlaces(uint32_t offset, uint32_t flags) {
    places_.clear();
    for (const Occurrence occurrence : occurrences_) {
      if (PositionOf(occurrence) < offset) continue;
      places_.push_back((occurrence & ~kOccurrenceFlags) - (offset << 2) + (occurrence & flags));
    }
  }

  // Keeps the places at which the part occurs as well. Both lists ascend.
  void KeepPlaces(uint32_t offset, uint32_t flags) {
    size_t kept = 0;
    auto occurrence = occurrences_.begin();
    for (const Occurrence place : places_) {
      const uint64_t wanted = uint64_t{PositionOf(place)} + offset;
      while (occurrence != occurrences_.end() && PositionOf(*occurrence) < wanted) ++occurrence;
      if (occurrence == occurrences_.end()) break;
      if (PositionOf(*occurrence) == wanted) places_[kept++] = place | (*occurrence & flags);
    }
    places_.resize(kept);
  }

  const std::vector<WordPart> parts_;
  const Bm25& bm25_;
  const DocTable& docs_;
  const double idf_;
  std::vector<PostingCursor*> by_rarity_;
  std::vector<size_t> part_by_rarity_;
  std::vector<Occurrence> places_;
  std::vector<Occurrence> occurrences_;
};

}  // namespace

std::unique_ptr<QueryCursor> NewWordCursor(std::vector<WordPart> parts, uint64_t document_frequency, const Bm25& bm25,
                                           const DocTable& docs) {
  return std::make_unique<WordCursor>(std::move(parts), document_frequency, bm25, docs);
}

uint64_t DocumentFrequencyOf(const std::vector<WordPart>& parts) {
  uint64_t least = UINT64_MAX;
  for (const WordPart& part : parts) least = std::min(least, part.cursor->document_frequency());
  return least;
}

}  // namespace gisa
