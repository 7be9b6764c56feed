#include "storage/text/hanja.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace gisa {
namespace {

struct Reading {
  char32_t hanja;
  char16_t syllable;
};

// By Hanja. make_hanja_table made it.
constexpr Reading kReadings[] = {
#include "storage/text/hanja_table.inc"
};
constexpr size_t kReadingCount = std::size(kReadings);

// The readings alone, so that those of one Hanja can be given out.
constexpr std::array<char16_t, kReadingCount> MakeSyllables() {
  std::array<char16_t, kReadingCount> syllables = {};
  for (size_t i = 0; i < kReadingCount; ++i) syllables[i] = kReadings[i].syllable;
  return syllables;
}
constexpr std::array<char16_t, kReadingCount> kSyllables = MakeSyllables();

// Nearly all Hanja are in these blocks, the unified ideographs and their extension A.
constexpr char32_t kFirstCommon = 0x3400;
constexpr char32_t kCommonEnd = 0xA000;

// Where the readings of each of them begin, and those of the next, so that a look touches two lines of memory; in a
// search of all readings it would be ten.
constexpr std::array<uint16_t, kCommonEnd - kFirstCommon + 1> MakeBegins() {
  static_assert(kReadingCount <= UINT16_MAX);
  std::array<uint16_t, kCommonEnd - kFirstCommon + 1> begins = {};
  size_t reading = 0;
  for (size_t i = 0; i < begins.size(); ++i) {
    while (reading < kReadingCount && kReadings[reading].hanja < kFirstCommon + i) ++reading;
    begins[i] = static_cast<uint16_t>(reading);
  }
  return begins;
}
constexpr std::array<uint16_t, kCommonEnd - kFirstCommon + 1> kBegins = MakeBegins();

constexpr bool IsAsDocumented() {
  for (size_t i = 0; i < kReadingCount; ++i) {
    if (!MayBeHanja(kReadings[i].hanja) || !IsHangulSyllable(kReadings[i].syllable)) return false;
    if (i > 0 && kReadings[i].hanja < kReadings[i - 1].hanja) return false;
    if (i >= kMaxHanjaReadings && kReadings[i].hanja == kReadings[i - kMaxHanjaReadings].hanja) return false;
  }
  return true;
}
static_assert(IsAsDocumented());

}  // namespace

absl::Span<const char16_t> HanjaReadings(char32_t c) {
  size_t begin = 0;
  size_t end = 0;
  if (const size_t place = c - kFirstCommon; place < kCommonEnd - kFirstCommon) {
    begin = kBegins[place];
    end = kBegins[place + 1];
  } else {
    const auto [first, last] = std::equal_range(kReadings + kBegins.back(), std::end(kReadings), Reading{c, 0},
                                                [](const Reading& a, const Reading& b) { return a.hanja < b.hanja; });
    begin = first - kReadings;
    end = last - kReadings;
  }
  return absl::MakeConstSpan(kSyllables).subspan(begin, end - begin);
}

bool SoundAlike(char32_t a, char32_t b) {
  if (a == b) return true;
  if (!MayBeHanja(a) && !MayBeHanja(b)) return false;
  const SpokenForms forms_of_a(a);
  const SpokenForms forms_of_b(b);
  for (size_t i = 0; i < forms_of_a.size(); ++i) {
    for (size_t j = 0; j < forms_of_b.size(); ++j) {
      if (forms_of_a[i] == forms_of_b[j]) return true;
    }
  }
  return false;
}

}  // namespace gisa
