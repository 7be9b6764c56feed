#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "storage/index/occurrence.h"
#include "storage/index/occurrence_weight.h"
#include "storage/index/query_cursor.h"
#include "storage/index/term_intersection.h"

namespace gisa {
namespace {

// Whether some occurrence of one part and some of another, which both ascend, stand as far from each other as the parts
// do in the word.
bool HasCommonPlace(absl::Span<const Occurrence> a, uint32_t a_offset, absl::Span<const Occurrence> b,
                    uint32_t b_offset) {
  size_t j = 0;
  for (const Occurrence occurrence : a) {
    const uint64_t wanted = uint64_t{PositionOf(occurrence)} + b_offset;
    while (j < b.size() && uint64_t{PositionOf(b[j])} + a_offset < wanted) ++j;
    if (j == b.size()) return false;
    if (uint64_t{PositionOf(b[j])} + a_offset == wanted) return true;
  }
  return false;
}

class WordCursor : public QueryCursor {
 public:
  WordCursor(std::vector<WordPart> parts, std::vector<WordTrigram> trigrams, uint64_t document_frequency,
             const Bm25& bm25, const DocTable& docs, QueryField field, double weight, NotesSource notes)
      : parts_(std::move(parts)),
        trigrams_(std::move(trigrams)),
        bm25_(bm25),
        docs_(docs),
        idf_(weight * bm25.Idf(document_frequency)),
        field_(field),
        notes_(std::move(notes), CursorsThatMove()) {
    for (const WordPart& part : parts_) by_rarity_.push_back(&part);
    std::stable_sort(by_rarity_.begin(), by_rarity_.end(), [](const WordPart* a, const WordPart* b) {
      return a->cursor->document_frequency() < b->cursor->document_frequency();
    });
    std::vector<PostingCursor*> cursors;
    for (const WordPart* const part : by_rarity_) {
      (IsInTrigram(*part) ? implied_ : cursors).push_back(part->cursor.get());
    }
    for (const WordTrigram& trigram : trigrams_) cursors.push_back(trigram.postings.cursor.get());
    std::stable_sort(cursors.begin(), cursors.end(), [](const PostingCursor* a, const PostingCursor* b) {
      return a->document_frequency() < b->document_frequency();
    });
    terms_.emplace(std::move(cursors),
                   [this](absl::Span<DocId> batch) { return SiftBatch(*this, min_score_, docs_, batch); });
    // Else two parts that stand as they must are enough.
    all_places_matter_ = field_ != QueryField::kText ||
                         std::any_of(parts_.begin(), parts_.end(), [](const WordPart& p) { return p.starts_eojeol; });
    // Else every document of the only term matches.
    places_matter_ = parts_.size() > 1 || all_places_matter_;
    is_trigram_ = trigrams_.size() == 1 && implied_.size() == parts_.size() && !all_places_matter_;
    doc_ = terms_->Seek(kNoDoc + 1);
  }

  DocId Next() override { return doc_ == kEndDoc ? doc_ : doc_ = terms_->Seek(doc_ + 1); }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    return doc_ = terms_->Seek(target);
  }

  bool Matches() override {
    if (!places_matter_ || (is_trigram_ && HasTrigram())) return true;
    if (const std::optional<uint32_t> weight = notes_.Find(doc_)) return *weight > 0;
    if (notes_.AreKept(doc_)) return FindWeight() > 0;
    if (matches_doc_ == doc_) return matches_;
    matches_doc_ = doc_;
    if (!HasImplied()) return matches_ = false;
    if (all_places_matter_) {
      FindPlaces();
      return matches_ = !places_.empty();
    }
    return matches_ = HasPlace();
  }

  double MaxScore() override {
    if (const std::optional<uint32_t> weight = notes_.Find(doc_)) return ScoreOf(doc_, *weight);
    uint32_t freq = UINT32_MAX;
    for (PostingCursor* const cursor : terms_->cursors()) freq = std::min(freq, cursor->freq());
    const double of_freq = bm25_.Score(idf_, kTitleWeight * freq, docs_.length(doc_));
    return doc_ < bound_.end ? std::min(of_freq, bound_.score) : of_freq;
  }

  // That of the part that bounds it best, as far as it goes.
  ScoreBound MaxScoreFrom(DocId target) override {
    double least = TermDensity::kUnknown;
    DocId end = kNoDoc;
    for (const WordPart& part : parts_) {
      // A term that stands behind is in none of the documents before.
      const DocId doc = part.cursor->doc();
      const DensityBound bound = doc > target ? DensityBound{{0, 0}, doc} : part.cursor->BoundFrom(target);
      const double density = DensityOfPart(part, bound.max);
      if (density <= least) {
        end = density < least ? bound.end : std::max(end, bound.end);
        least = density;
      }
    }
    return bound_ = {bm25_.MaxScore(idf_, least), end};
  }

  double MaxScoreOfAny() const override { return bm25_.MaxScore(idf_); }

  double Score() override {
    const std::optional<uint32_t> weight = notes_.Find(doc_);
    return ScoreOf(doc_, weight.has_value() ? *weight : FindWeight());
  }

  size_t Sift(absl::Span<DocId> docs, absl::Span<double> bounds) const override {
    static_assert(TermIntersection::kMaxBatch <= NotedWord::kMaxDocs);
    std::array<uint32_t, TermIntersection::kMaxBatch> weights;
    const size_t told = notes_.FindAll(docs, absl::MakeSpan(weights));
    size_t kept = 0;
    for (size_t i = 0; i < docs.size(); ++i) {
      const uint32_t weight = i < told ? weights[i] : NotedWord::kUnbounded;
      if (weight == 0) continue;
      docs[kept] = docs[i];
      bounds[kept++] = bounds[i] + (weight == NotedWord::kUnbounded ? MaxScoreOfAny() : ScoreOf(docs[i], weight));
    }
    return kept;
  }

  void SetMinScore(double score) override { min_score_ = score; }

  uint64_t cost() const override { return terms_->cursors().front()->document_frequency(); }

  void AppendNeeded(std::vector<PostingCursor*>* cursors) override {
    cursors->insert(cursors->end(), terms_->cursors().begin(), terms_->cursors().end());
  }

 private:
  // Whether the part is one of the two bigrams of a trigram.
  bool IsInTrigram(const WordPart& part) const {
    return std::any_of(trigrams_.begin(), trigrams_.end(), [&part](const WordTrigram& trigram) {
      return part.offset == trigram.offset || part.offset == trigram.offset + 1;
    });
  }

  // Whether doc_ is known to have the only trigram.
  bool HasTrigram() {
    const std::vector<DocRange>& unsure = trigrams_.front().postings.unsure;
    while (next_unsure_ < unsure.size() && unsure[next_unsure_].end <= doc_) ++next_unsure_;
    return next_unsure_ == unsure.size() || doc_ < unsure[next_unsure_].begin;
  }

  // Those of all parts and then of all trigrams.
  std::vector<const PostingCursor*> CursorsThatMove() const {
    std::vector<const PostingCursor*> cursors;
    cursors.reserve(parts_.size() + trigrams_.size());
    for (const WordPart& part : parts_) cursors.push_back(IsInTrigram(part) ? nullptr : part.cursor.get());
    for (const WordTrigram& trigram : trigrams_) cursors.push_back(trigram.postings.cursor.get());
    return cursors;
  }

  // What the occurrences in doc_ weigh together; 0 when there is none. Notes it.
  uint32_t FindWeight() {
    uint32_t weight = 0;
    if (HasImplied() && docs_.Contains(doc_)) {
      const uint32_t title_length = docs_.title_length(doc_);
      for (const Occurrence place : Places()) weight += WeightOf(place, title_length);
    }
    notes_.Note(doc_, weight);
    return weight;
  }

  double ScoreOf(DocId doc, uint32_t weight) const {
    return bm25_.Score(idf_, static_cast<double>(weight) / kWeightUnit, docs_.length(doc));
  }

  // Moves the terms that trigrams stand in for to doc_. False when one is not in it.
  bool HasImplied() {
    return std::all_of(implied_.begin(), implied_.end(),
                       [this](PostingCursor* cursor) { return cursor->Seek(doc_) == doc_; });
  }

  // A bound of that of the word.
  double DensityOfPart(const WordPart& part, const TermDensity& density) const {
    if (parts_.size() == 1) return density.word;
    return part.offset <= kMaxPartOffset ? density.part : TermDensity::kUnknown;
  }

  // Whether the word is anywhere in doc_. Quicker than finding all places, and needs no flags.
  bool HasPlace() {
    const WordPart& last = *by_rarity_.back();
    if (by_rarity_.size() == 2) {
      const WordPart& first = *by_rarity_.front();
      return HasCommonPlace(OccurrencesOf(first, 0), first.offset, OccurrencesOf(last, 0), last.offset);
    }
    places_doc_ = kNoDoc;
    TakePlaces(*by_rarity_.front(), 0);
    for (size_t i = 1; i + 1 < by_rarity_.size() && !places_.empty(); ++i) KeepPlaces(*by_rarity_[i], 0);
    return !places_.empty() && HasCommonPlace(places_, 0, OccurrencesOf(last, 0), last.offset);
  }

  absl::Span<const Occurrence> Places() {
    if (!places_matter_) return by_rarity_.front()->cursor->Occurrences(kOccurrenceFlags);
    FindPlaces();
    return places_;
  }

  // Makes places_ those where the word starts in doc_, flagged as the word is at its two ends.
  void FindPlaces() {
    if (places_doc_ == doc_) return;
    HasImplied();
    for (const WordPart* const part : by_rarity_) {
      uint32_t flags = 0;
      if (part == &parts_.front()) flags |= kStartsEojeol;
      if (part == &parts_.back()) flags |= kEndsStem;
      if (part == by_rarity_.front()) {
        TakePlaces(*part, flags);
      } else {
        KeepPlaces(*part, flags);
      }
      if (places_.empty()) break;
    }
    if (field_ != QueryField::kText) KeepField();
    places_doc_ = doc_;
  }

  // Where the part may stand in doc_, with `flags` at least.
  absl::Span<const Occurrence> OccurrencesOf(const WordPart& part, uint32_t flags) {
    if (!part.starts_eojeol) return part.cursor->Occurrences(flags);
    const absl::Span<const Occurrence> occurrences = part.cursor->Occurrences(flags | kStartsEojeol);
    eojeol_starts_.clear();
    for (const Occurrence occurrence : occurrences) {
      if ((occurrence & kStartsEojeol) != 0) eojeol_starts_.push_back(occurrence);
    }
    return eojeol_starts_;
  }

  void KeepField() {
    if (!docs_.Contains(doc_)) return places_.clear();
    const uint32_t title_length = docs_.title_length(doc_);
    const bool keep_title = field_ == QueryField::kTitle;
    const auto is_outside = [title_length, keep_title](Occurrence place) {
      return (PositionOf(place) < title_length) != keep_title;
    };
    places_.erase(std::remove_if(places_.begin(), places_.end(), is_outside), places_.end());
  }

  void TakePlaces(const WordPart& part, uint32_t flags) {
    places_.clear();
    for (const Occurrence occurrence : OccurrencesOf(part, flags)) {
      if (PositionOf(occurrence) < part.offset) continue;
      places_.push_back((occurrence & ~kOccurrenceFlags) - (part.offset << 2) + (occurrence & flags));
    }
  }

  // Keeps the places at which the part occurs as well. Both lists ascend.
  void KeepPlaces(const WordPart& part, uint32_t flags) {
    size_t kept = 0;
    if (places_.empty()) return;
    const absl::Span<const Occurrence> occurrences = OccurrencesOf(part, flags);
    const auto* occurrence = occurrences.begin();
    for (const Occurrence place : places_) {
      const uint64_t wanted = uint64_t{PositionOf(place)} + part.offset;
      while (occurrence != occurrences.end() && PositionOf(*occurrence) < wanted) ++occurrence;
      if (occurrence == occurrences.end()) break;
      if (PositionOf(*occurrence) == wanted) places_[kept++] = place | (*occurrence & flags);
    }
    places_.resize(kept);
  }

  const std::vector<WordPart> parts_;
  const std::vector<WordTrigram> trigrams_;
  const Bm25& bm25_;
  const DocTable& docs_;
  const double idf_;
  const QueryField field_;
  std::vector<const WordPart*> by_rarity_;
  std::optional<TermIntersection> terms_;  // of the trigrams, and of the parts that are in none
  std::vector<PostingCursor*> implied_;    // of the other parts; they follow only where the word may be
  bool is_trigram_ = false;                // the word is its only trigram
  size_t next_unsure_ = 0;                 // of that trigram
  bool places_matter_ = false;
  bool all_places_matter_ = false;
  DocId matches_doc_ = kNoDoc;  // of which matches_ tells
  bool matches_ = false;
  DocId places_doc_ = kNoDoc;  // whose places_ are
  std::vector<Occurrence> places_;
  std::vector<Occurrence> eojeol_starts_;
  ScoreBound bound_{0, kNoDoc};  // the last that was asked for
  NotedWord notes_;
  double min_score_ = 0;
};

}  // namespace

std::unique_ptr<QueryCursor> NewWordCursor(std::vector<WordPart> parts, std::vector<WordTrigram> trigrams,
                                           uint64_t document_frequency, const Bm25& bm25, const DocTable& docs,
                                           QueryField field, double weight, NotesSource notes) {
  return std::make_unique<WordCursor>(std::move(parts), std::move(trigrams), document_frequency, bm25, docs, field,
                                      weight, std::move(notes));
}

}  // namespace gisa
