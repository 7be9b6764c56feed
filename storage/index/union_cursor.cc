#include "storage/index/union_cursor.h"

#include <algorithm>
#include <utility>

namespace gisa {
namespace {

constexpr uint64_t kWindowDocs = 1 << 14;
constexpr size_t kMinCountedEntries = 1024;

// Turns an occurrence of a term into that of its character. What is said of the end of two characters is said of the
// second, and what is said of their start of the first.
Occurrence OfCharacter(Occurrence occurrence, CharacterPlace place) {
  switch (place) {
    case CharacterPlace::kAlone:
      return occurrence;
    case CharacterPlace::kFirst:
      return occurrence & ~kEndsStem;
    case CharacterPlace::kSecond:
      return (occurrence & ~kStartsEojeol) + MakeOccurrence(1, false, false);
  }
  return occurrence;
}

// Makes one occurrence, with the flags of all, of those in a row that have the same position.
void JoinEqualPositions(std::vector<Occurrence>* occurrences) {
  size_t kept = 0;
  for (const Occurrence occurrence : *occurrences) {
    if (kept > 0 && PositionOf((*occurrences)[kept - 1]) == PositionOf(occurrence)) {
      (*occurrences)[kept - 1] |= occurrence;
    } else {
      (*occurrences)[kept++] = occurrence;
    }
  }
  occurrences->resize(kept);
}

class UnionCursor : public PostingCursor {
 public:
  UnionCursor(std::vector<UnionSource> sources, DocId begin, SearchGuard* guard)
      : sources_(std::move(sources)), guard_(guard) {
    walking_.reserve(sources_.size());
    for (const UnionSource& source : sources_) {
      walking_.push_back(source.open());
      document_frequency_ += walking_.back()->document_frequency();
    }
    reading_.resize(sources_.size());
    FillWindow(begin);
  }

  DocId Next() override {
    if (doc_ == kEndDoc) return doc_;
    begin_ = end_;
    return begin_ < window_.size() ? Settle() : FillWindow(doc_ + 1);
  }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    const auto found = std::lower_bound(window_.begin() + static_cast<std::ptrdiff_t>(end_), window_.end(), target,
                                        [](const Entry& entry, DocId d) { return entry.doc < d; });
    begin_ = static_cast<size_t>(found - window_.begin());
    return begin_ < window_.size() ? Settle() : FillWindow(target);
  }

  uint32_t freq() override {
    uint32_t freq = 0;
    for (size_t i = begin_; i < end_; ++i) freq += window_[i].freq;
    return freq;
  }

  absl::Span<const Occurrence> Occurrences(uint32_t flags) override {
    occurrences_.clear();
    for (size_t i = begin_; i < end_; ++i) {
      const uint32_t source = window_[i].source;
      std::unique_ptr<PostingCursor>& reading = reading_[source];
      if (reading == nullptr) reading = sources_[source].open();
      if (reading->Seek(doc_) != doc_) continue;  // it failed, and has told the guard
      for (const Occurrence occurrence : reading->Occurrences(flags)) {
        occurrences_.push_back(OfCharacter(occurrence, sources_[source].place));
      }
    }
    std::sort(occurrences_.begin(), occurrences_.end());
    JoinEqualPositions(&occurrences_);
    return occurrences_;
  }

  uint64_t document_frequency() const override { return document_frequency_; }

 private:
  struct Entry {
    DocId doc;
    uint32_t freq;
    uint32_t source;
  };

  // Gathers the first window with a document that is `from` or after it.
  DocId FillWindow(DocId from) {
    gathered_.clear();
    DocId first = kEndDoc;
    for (const auto& cursor : walking_) first = std::min(first, cursor->Seek(from));
    begin_ = end_ = 0;
    if (first == kEndDoc) return doc_ = kEndDoc;
    const uint64_t end = std::min<uint64_t>(uint64_t{first} + kWindowDocs, kEndDoc);
    for (size_t source = 0; source < walking_.size(); ++source) {
      PostingCursor& cursor = *walking_[source];
      for (; cursor.doc() < end; cursor.Next()) {
        if (guard_->ShouldStop()) return doc_ = kEndDoc;
        gathered_.push_back({cursor.doc(), cursor.freq(), static_cast<uint32_t>(source)});
      }
    }
    SortWindow(first);
    return Settle();
  }

  // Makes window_ of what was gathered. By counting, unless that would cost more than the entries are worth.
  void SortWindow(DocId first) {
    if (gathered_.size() < kMinCountedEntries) {
      window_.swap(gathered_);
      std::sort(window_.begin(), window_.end(), [](const Entry& a, const Entry& b) { return a.doc < b.doc; });
      return;
    }
    ends_.assign(kWindowDocs, 0);
    for (const Entry& entry : gathered_) ++ends_[entry.doc - first];
    uint32_t begin = 0;
    for (uint32_t& end : ends_) begin += std::exchange(end, begin);
    window_.resize(gathered_.size());
    for (const Entry& entry : gathered_) window_[ends_[entry.doc - first]++] = entry;
  }

  // Takes all entries of the document at begin_.
  DocId Settle() {
    doc_ = window_[begin_].doc;
    end_ = begin_ + 1;
    while (end_ < window_.size() && window_[end_].doc == doc_) ++end_;
    return doc_;
  }

  const std::vector<UnionSource> sources_;
  SearchGuard* const guard_;
  std::vector<std::unique_ptr<PostingCursor>> walking_;  // each stands past the window
  std::vector<std::unique_ptr<PostingCursor>> reading_;  // opened when first needed
  uint64_t document_frequency_ = 0;
  std::vector<Entry> gathered_;  // by source
  std::vector<uint32_t> ends_;   // in window_, of each document
  std::vector<Entry> window_;    // by document
  size_t begin_ = 0;             // the entries of doc_: [begin_, end_)
  size_t end_ = 0;
  std::vector<Occurrence> occurrences_;  // of doc_, once they are asked for
};

}  // namespace

std::unique_ptr<PostingCursor> NewUnionCursor(std::vector<UnionSource> sources, DocId begin, SearchGuard* guard) {
  return std::make_unique<UnionCursor>(std::move(sources), begin, guard);
}

}  // namespace gisa
