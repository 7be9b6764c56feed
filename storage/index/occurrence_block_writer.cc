#include "storage/index/occurrence_block_writer.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "storage/index/coding.h"
#include "storage/index/count_ones.h"
#include "storage/index/occurrence_block_format.h"
#include "storage/index/rice_code.h"

namespace gisa {
namespace {

int BitsOf(uint32_t value) { return value == 0 ? 0 : 32 - __builtin_clz(value); }

// How many positions do not fit so many bits.
uint32_t CountWider(absl::Span<const uint32_t> positions, int bits) {
  uint32_t count = 0;
  for (const uint32_t position : positions) count += position >> bits != 0 ? 1 : 0;
  return count;
}

// Finds in how many bits each position takes the least together. The widest takes `most`. Counts anew for each number
// of bits, of which there are two or three: that takes no more than adding and comparing, and several at a time, where
// to count by width is to wait for the count before.
int ChoosePositionBits(absl::Span<const uint32_t> positions, int most) {
  const auto count = static_cast<uint32_t>(positions.size());
  uint64_t least = uint64_t{count} * most;
  int best = most;
  for (int bits = most - 1; bits >= 0; --bits) {
    const uint32_t exceptions = CountWider(positions, bits);
    if (exceptions > count / 4) break;
    // Of the list, each gap takes about two bits more than the mean has.
    const int gap_bits = BitsOf(count / exceptions) + 2;
    const uint64_t size =
        uint64_t{count} * bits + kExceptionWidthBits + gap_bits + uint64_t{exceptions} * (gap_bits + most);
    if (size >= least) continue;
    least = size;
    best = bits;
  }
  return best;
}

constexpr size_t kWordBits = 64;

// A word with a bit for each of up to kWordBits occurrences, from the lowest up: whether it has the flag.
uint64_t FlagWord(absl::Span<const Occurrence> occurrences, uint32_t flag) {
  char has_flag[kWordBits] = {};
  for (size_t i = 0; i < occurrences.size(); ++i) has_flag[i] = (occurrences[i] & flag) != 0 ? 1 : 0;
  uint64_t word = 0;
  for (size_t i = 0; i < kWordBits; i += 8) {
    // Of eight bytes the product moves the lowest bit of number n to bit 56 + n, and none to where another comes.
    word |= LoadFixed64(has_flag + i) * 0x0102040810204080 >> 56 << i;
  }
  return word;
}

}  // namespace

void OccurrenceBlockWriter::Write(absl::Span<const Occurrence> occurrences, BitWriter* out) {
  WritePositions(occurrences, out);
  WriteFlag(occurrences, kStartsEojeol, out);
  WriteFlag(occurrences, kEndsStem, out);
}

void OccurrenceBlockWriter::WritePositions(absl::Span<const Occurrence> occurrences, BitWriter* out) {
  const size_t count = occurrences.size();
  if (positions_.size() < count) positions_.resize(count);
  const auto positions = absl::MakeSpan(positions_).first(count);
  uint32_t all = 0;
  for (size_t i = 0; i < count; ++i) all |= positions[i] = PositionOf(occurrences[i]);
  const int width = BitsOf(all);
  const int bits = ChoosePositionBits(positions, width);
  exceptions_.clear();
  for (uint32_t i = 0; i < count && bits < width; ++i) {
    if (positions[i] >> bits != 0) exceptions_.push_back({i, std::exchange(positions[i], 0)});
  }
  const int list_low_bits =
      std::min(RiceLowBits(count - exceptions_.size(), exceptions_.size() + 1), kMaxExceptionLowBits);
  out->Write(static_cast<uint32_t>(bits), kPositionBitsBits);
  out->Write(exceptions_.empty() ? 0 : static_cast<uint32_t>(list_low_bits) + 1, kExceptionParameterBits);
  out->WriteAll(bits, positions);
  if (exceptions_.empty()) return;
  out->Write(static_cast<uint32_t>(width), kExceptionWidthBits);
  SparseListWriter list(list_low_bits, out);
  for (const Exception& exception : exceptions_) list.Add(exception.place);
  list.End(static_cast<uint32_t>(count));
  for (const Exception& exception : exceptions_) out->Write(exception.position, width);
}

void OccurrenceBlockWriter::WriteFlag(absl::Span<const Occurrence> occurrences, uint32_t flag, BitWriter* out) {
  const size_t count = occurrences.size();
  flag_words_.clear();
  size_t set = 0;
  for (size_t begin = 0; begin < count; begin += kWordBits) {
    flag_words_.push_back(FlagWord(occurrences.subspan(begin, kWordBits), flag));
    set += CountOnes(flag_words_.back());
  }
  const size_t unset = count - set;
  if (set == 0 || unset == 0) {
    out->Write(set == 0 ? kNoneSet : kAllSet, kFlagParameterBits);
    return;
  }
  const bool listed_is_set = set < unset;
  const size_t listed = std::min(set, unset);
  const int low_bits = std::min(RiceLowBits(count - listed, listed + 1), kMaxFlagLowBits);
  // Of a list each gap takes its low bits and, at best, one and a half for the rest.
  if ((listed + 1) * (2 * low_bits + 3) / 2 >= count) {
    out->Write(kBitmap, kFlagParameterBits);
    size_t left = count;
    for (const uint64_t word : flag_words_) {
      const auto bits = static_cast<int>(std::min(left, kWordBits));
      out->Write(static_cast<uint32_t>(word), std::min(bits, 32));
      out->Write(word >> 32, std::max(bits - 32, 0));
      left -= static_cast<size_t>(bits);
    }
    return;
  }
  out->Write((listed_is_set ? kListOfSet : kListOfUnset) + static_cast<uint32_t>(low_bits), kFlagParameterBits);
  SparseListWriter list(low_bits, out);
  for (size_t i = 0; i < flag_words_.size(); ++i) {
    const size_t begin = i * kWordBits;
    const uint64_t in_use = ~uint64_t{0} >> (kWordBits - std::min(count - begin, kWordBits));
    for (uint64_t places = (listed_is_set ? flag_words_[i] : ~flag_words_[i]) & in_use; places != 0;
         places &= places - 1) {
      list.Add(static_cast<uint32_t>(begin) + static_cast<uint32_t>(__builtin_ctzll(places)));
    }
  }
  list.End(static_cast<uint32_t>(count));
}

}  // namespace gisa
