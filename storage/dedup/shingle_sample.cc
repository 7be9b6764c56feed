#include "storage/dedup/shingle_sample.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace gisa {
namespace {

constexpr size_t kWordBits = 64;
constexpr size_t kMaxWords = 64;
constexpr size_t kMaxBits = kMaxWords * kWordBits;
// A bitmap has at least so many bits for each value.
constexpr size_t kBitsOfValue = 3;
// More values are not listed.
constexpr size_t kMaxListed = 96;

constexpr uint8_t kIsBitmap = 0x80;
constexpr uint8_t kSkip = UINT8_MAX;

// The number of standard deviations below its mean at which a sample still passes.
constexpr double kSlack = 3;

bool IsStoredAt(int shift, uint32_t hash) { return (hash & ((uint32_t{1} << shift) - 1)) == 0; }

// In each byte, how many of its bits are set (H. Warren, "Hacker's Delight", 5-1). Not every machine that this has to
// run on has an instruction for it.
uint64_t CountInBytes(uint64_t word) {
  word -= word >> 1 & 0x5555'5555'5555'5555;
  word = (word & 0x3333'3333'3333'3333) + (word >> 2 & 0x3333'3333'3333'3333);
  return (word + (word >> 4)) & 0x0F0F'0F0F'0F0F'0F0F;
}

// How many bits are set in word(0) to word(words - 1).
template <typename Word>
size_t CountBits(size_t words, Word word) {
  constexpr size_t kAtOnce = 16;  // so that no byte overflows
  constexpr uint64_t kLowBytes = 0x00FF'00FF'00FF'00FF;
  size_t count = 0;
  for (size_t begin = 0; begin < words; begin += kAtOnce) {
    uint64_t bytes = 0;
    for (size_t i = begin; i < std::min(words, begin + kAtOnce); ++i) bytes += CountInBytes(word(i));
    count += ((bytes & kLowBytes) + (bytes >> 8 & kLowBytes)) * 0x0001'0001'0001'0001 >> 48;
  }
  return count;
}

}  // namespace

void AppendStoredSample(absl::Span<const uint32_t> sample, std::string& out) {
  const int shift =
      std::min(static_cast<int>(std::bit_width(kBitsOfValue * sample.size() / kMaxBits)), SampleSieve::kMaxShift - 1);
  const size_t values = sample.size() >> shift;  // about
  const bool is_list = values <= kMaxListed;
  const size_t words = is_list ? kMaxWords : std::bit_ceil((kBitsOfValue * values + kWordBits - 1) / kWordBits);
  std::array<uint64_t, kMaxWords> bitmap = {};
  for (const uint32_t hash : sample) {
    const uint32_t value = hash >> shift;
    bitmap[value / kWordBits & (words - 1)] |= uint64_t{IsStoredAt(shift, hash)} << value % kWordBits;
  }
  out.push_back(static_cast<char>(shift | (is_list ? 0 : kIsBitmap)));
  if (!is_list) {
    out.append(reinterpret_cast<const char*>(bitmap.data()), words * sizeof(uint64_t));
    return;
  }
  uint32_t next = 0;  // the value above the one before
  for (size_t i = 0; i < words; ++i) {
    for (uint64_t word = bitmap[i]; word != 0; word &= word - 1) {
      const auto value = static_cast<uint32_t>(kWordBits * i + static_cast<size_t>(std::countr_zero(word)));
      for (; value - next >= kSkip; next += kSkip) out.push_back(static_cast<char>(kSkip));
      out.push_back(static_cast<char>(value - next));
      next = value + 1;
    }
  }
}

std::unique_ptr<const SampleSieve::Bitmaps> SampleSieve::MakeBitmaps(absl::Span<const uint32_t> sample, int shift) {
  auto bitmaps = std::make_unique<Bitmaps>();
  auto& words = bitmaps->words;
  for (const uint32_t hash : sample) {
    const uint32_t value = hash >> shift;
    words[kMaxWords + value / kWordBits % kMaxWords] |= uint64_t{IsStoredAt(shift, hash)} << value % kWordBits;
  }
  // A bitmap of half as many words is one with its halves laid on each other.
  for (size_t size = kMaxWords / 2; size > 0; size /= 2) {
    for (size_t i = 0; i < size; ++i) words[size + i] = words[2 * size + i] | words[3 * size + i];
  }
  for (size_t size = kMaxWords; size > 0; size /= 2) {
    bitmaps->bits[size] = CountBits(size, [&words, size](size_t i) { return words[size + i]; });
  }
  return bitmaps;
}

SampleSieve::Values SampleSieve::CountListed(const Bitmaps& here, absl::string_view list) {
  const uint64_t* const words = here.words.data() + kMaxWords;
  Values values;
  values.range = kMaxBits;
  values.here = here.bits[kMaxWords];
  uint32_t next = 0;
  for (const char c : list) {
    const auto gap = static_cast<uint8_t>(c);
    next += gap;
    if (gap == kSkip) continue;
    ++values.there;
    values.shared += words[next / kWordBits % kMaxWords] >> next % kWordBits & 1;
    ++next;
  }
  return values;
}

SampleSieve::Values SampleSieve::CountInBitmap(const Bitmaps& here, absl::string_view bitmap) {
  const size_t size = bitmap.size() / sizeof(uint64_t);
  const uint64_t* const words = here.words.data() + size;
  const auto there = [bitmap](size_t i) {
    uint64_t word = 0;
    std::memcpy(&word, bitmap.data() + i * sizeof(word), sizeof(word));
    return word;
  };
  Values values;
  values.range = size * kWordBits;
  values.here = here.bits[size];
  values.there = CountBits(size, there);
  values.shared = CountBits(size, [words, there](size_t i) { return words[i] & there(i); });
  return values;
}

bool SampleSieve::MayMatch(absl::string_view stored) {
  if (stored.empty()) return true;
  const auto kind = static_cast<uint8_t>(stored[0]);
  const size_t shift = kind & ~kIsBitmap;
  const absl::string_view rest = stored.substr(1);
  const bool is_bitmap = (kind & kIsBitmap) != 0;
  if (shift >= kMaxShift) return true;
  if (is_bitmap && (rest.size() % sizeof(uint64_t) != 0 || !std::has_single_bit(rest.size() / sizeof(uint64_t)) ||
                    rest.size() > kMaxWords * sizeof(uint64_t))) {
    return true;
  }
  std::unique_ptr<const Bitmaps>& here = bitmaps_[shift];
  if (here == nullptr) here = MakeBitmaps(sample_, static_cast<int>(shift));
  const Values values = is_bitmap ? CountInBitmap(*here, rest) : CountListed(*here, rest);

  const auto shorter = static_cast<double>(std::min(values.here, values.there));
  const auto longer = static_cast<double>(std::max(values.here, values.there));
  const auto range = static_cast<double>(values.range);
  // Of the shorter's values those of shared shingles are shared, and of the others as many as chance would have it.
  const double alike = shorter * min_similarity_;
  const double by_chance = alike < range ? std::max(longer - alike, 0.0) / (range - alike) : 1;
  const double share = min_similarity_ + (1 - min_similarity_) * by_chance;
  const double mean = shorter * share;
  return static_cast<double>(values.shared) >= mean - kSlack * std::sqrt(mean * (1 - share));
}

}  // namespace gisa
