#ifndef GISA_STORAGE_INDEX_PLACE_READER_H_
#define GISA_STORAGE_INDEX_PLACE_READER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/types/span.h"
#include "storage/index/analyzed_document.h"
#include "storage/index/occurrence.h"
#include "storage/index/term_code.h"
#include "storage/index/trigram.h"

namespace gisa {

// Walks the places of a document and sees what trigrams begin at each: which bigram follows it.
class PlaceReader {
 public:
  explicit PlaceReader(absl::Span<const AnalyzedDocument::TermPlace> places)
      : places_(places), position_(PositionAt(0)), next_position_(PositionAt(1)), after_position_(PositionAt(2)) {}

  bool at_end() const { return i_ == places_.size(); }
  const AnalyzedDocument::TermPlace& place() const { return places_[i_]; }

  // Whether a term behind this one is at its position, or several are at the next: where a Hanja has readings.
  bool is_crowded() const { return next_position_ == position_ || after_position_ == position_ + 1; }

  // At a bigram that is not crowded: the third character of the trigram that begins here; 0 when none does. Without a
  // branch on that, which would be foreseen no better than a coin.
  char16_t third() const {
    const TermCode next = places_[std::min(i_ + 1, places_.size() - 1)].code;
    const uint32_t is_behind = next_position_ == position_ + 1 ? 1 : 0;
    const uint32_t is_trigram = is_behind & (IsTrigram(place().code, next) ? 1 : 0);
    return static_cast<char16_t>(next & (0 - is_trigram));
  }

  // At any: calls `visit` with the third character of each trigram that begins here.
  template <typename Visit>
  void ForEachThird(Visit visit) const {
    if (!IsBigram(place().code)) return;
    for (size_t next = i_ + 1; PositionAt(next) <= position_ + 1; ++next) {
      const TermCode code = places_[next].code;
      if (PositionAt(next) == position_ + 1 && IsBigram(code) && IsTrigram(place().code, code)) {
        visit(static_cast<char16_t>(code & 0xFFFF));
      }
    }
  }

  void Next() {
    ++i_;
    position_ = std::exchange(next_position_, std::exchange(after_position_, PositionAt(i_ + 2)));
  }

 private:
  // Above all positions when there is none.
  uint32_t PositionAt(size_t i) const { return i < places_.size() ? PositionOf(places_[i].occurrence) : UINT32_MAX; }

  const absl::Span<const AnalyzedDocument::TermPlace> places_;
  size_t i_ = 0;
  // Of this place and the two behind it.
  uint32_t position_;
  uint32_t next_position_;
  uint32_t after_position_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_PLACE_READER_H_
