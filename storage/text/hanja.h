#ifndef GISA_STORAGE_TEXT_HANJA_H_
#define GISA_STORAGE_TEXT_HANJA_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "storage/text/hangul.h"

namespace gisa {

// The most readings that a Hanja has.
inline constexpr size_t kMaxHanjaReadings = 4;

// Whether a character of Hangul, Han or kana can have readings. Tells without a look into the table, and nearly always
// rightly, that a text has no Hanja.
constexpr bool MayBeHanja(char32_t c) { return c >= 0x3400 && !IsHangulSyllable(c); }

// Returns the Hangul syllables that a Hanja is read as, each once and in no order of weight: 여 and 녀 for 女, 금 and
// 김 for 金. Empty for all other characters, and for Hanja that Korean has no use for. Thread-safe.
//
// From the kHangul property of the Unihan database and the initial-sound rule; storage/text/unihan.h has what is taken.
absl::Span<const char16_t> HanjaReadings(char32_t c);

// What a character is compared as where Hanja and Hangul are to be the same: its readings, or itself when it has none.
class SpokenForms {
 public:
  explicit SpokenForms(char32_t c) : self_(c) {
    if (MayBeHanja(c)) readings_ = HanjaReadings(c);
  }

  size_t size() const { return readings_.empty() ? 1 : readings_.size(); }
  char32_t operator[](size_t i) const { return readings_.empty() ? self_ : readings_[i]; }
  bool has_readings() const { return !readings_.empty(); }

 private:
  char32_t self_;
  absl::Span<const char16_t> readings_;
};

// Whether two characters are the same, or one is a Hanja and the other how it is read, or both are Hanja that may be
// read the same: they have a spoken form in common.
bool SoundAlike(char32_t a, char32_t b);

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_HANJA_H_
