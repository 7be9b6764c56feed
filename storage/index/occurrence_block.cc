#include "storage/index/occurrence_block.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "storage/index/document_block.h"
#include "storage/index/rice_code.h"
#include "storage/index/short_float.h"

namespace gisa {
namespace {

// How positions are written: those below a range in the range's bits, the others apart.
constexpr int kRangeParameterBits = 8;      // the range, as a short float
constexpr int kExceptionParameterBits = 3;  // 0 when there are none, else the low bits of their list, plus 1
constexpr int kMaxExceptionLowBits = 6;
constexpr int kExceptionWidthBits = 6;  // how many bits an exception takes, up to 32

// How a flag is written: one of these, or one that has a list of the places that differ from the others.
constexpr int kFlagParameterBits = 4;
constexpr uint32_t kNoneSet = 0;
constexpr uint32_t kAllSet = 1;
constexpr uint32_t kBitmap = 2;
constexpr uint32_t kListOfSet = 3;    // plus the low bits of the list
constexpr uint32_t kListOfUnset = 9;  // plus the low bits of the list
constexpr int kMaxFlagLowBits = 5;
constexpr uint32_t kFlagParameterEnd = kListOfUnset + kMaxFlagLowBits + 1;

int BitsOf(uint64_t value) { return value == 0 ? 0 : 64 - __builtin_clzll(value); }

// Truncated binary code: of `range` numbers, the lowest `short_codes` take `bits` bits and the others one more, so that
// all codes are used.
struct RangeCode {
  explicit RangeCode(uint64_t range) : bits(BitsOf(range) - 1), short_codes((uint64_t{2} << bits) - range) {}

  const int bits;
  const uint64_t short_codes;
};

// Finds the range with which positions take the least; its code.
uint8_t ChooseRange(absl::Span<const Occurrence> occurrences) {
  std::array<uint32_t, 256> counts = {};  // of positions, by their short float
  uint8_t largest = 0;
  for (const Occurrence occurrence : occurrences) {
    const uint8_t code = ShortFloatFloor(PositionOf(occurrence));
    largest = std::max(largest, code);
    ++counts[code];
  }
  const auto count = static_cast<uint32_t>(occurrences.size());
  const uint64_t end = ShortFloatValue(largest + 1);
  uint64_t least = UINT64_MAX;
  uint8_t best = largest + 1;
  uint32_t exceptions = 0;
  // Invariant: `exceptions` positions are at the value of `code` or above it.
  for (int code = largest + 1; code > 0 && exceptions <= count / 4; exceptions += counts[--code]) {
    const uint64_t range = ShortFloatValue(static_cast<uint8_t>(code));
    const RangeCode range_code(range);
    uint32_t longer = 0;
    for (int i = code; i > 0 && ShortFloatValue(static_cast<uint8_t>(i - 1)) >= range_code.short_codes; --i) {
      longer += counts[i - 1];
    }
    uint64_t bits = uint64_t{count} * range_code.bits + longer;
    if (exceptions > 0) {
      // Of the list, each gap takes about two bits more than the mean has.
      const int gap_bits = BitsOf(count / exceptions) + 2;
      bits += kExceptionWidthBits + gap_bits + uint64_t{exceptions} * (gap_bits + BitsOf(end - range));
    }
    if (bits >= least) continue;
    least = bits;
    best = static_cast<uint8_t>(code);
  }
  return best;
}

void WritePositions(absl::Span<const Occurrence> occurrences, BitWriter* out) {
  const uint8_t code = ChooseRange(occurrences);
  const uint64_t range = ShortFloatValue(code);
  const auto count = static_cast<uint32_t>(occurrences.size());
  std::vector<uint32_t> exceptions;  // their places
  uint32_t largest = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t position = PositionOf(occurrences[i]);
    if (position < range) continue;
    exceptions.push_back(i);
    largest = std::max(largest, position);
  }
  const int list_low_bits =
      std::min(RiceLowBits(count - exceptions.size(), exceptions.size() + 1), kMaxExceptionLowBits);
  out->Write(code, kRangeParameterBits);
  out->Write(exceptions.empty() ? 0 : static_cast<uint32_t>(list_low_bits) + 1, kExceptionParameterBits);

  const RangeCode range_code(range);
  // An exception is written as 0.
  const auto coded = [&](Occurrence occurrence) -> uint64_t {
    const uint32_t position = PositionOf(occurrence);
    if (position >= range) return 0;
    return position < range_code.short_codes ? uint64_t{position} * 2 : position + range_code.short_codes;
  };
  for (const Occurrence o : occurrences) out->Write(static_cast<uint32_t>(coded(o) >> 1), range_code.bits);
  for (const Occurrence o : occurrences) {
    const uint64_t value = coded(o);
    if (value >> 1 >= range_code.short_codes) out->Write(value & 1, 1);
  }
  if (exceptions.empty()) return;
  const int width = BitsOf(largest - range);
  out->Write(static_cast<uint32_t>(width), kExceptionWidthBits);
  SparseListWriter list(list_low_bits, out);
  for (const uint32_t i : exceptions) list.Add(i);
  list.End(count);
  for (const uint32_t i : exceptions) out->Write(static_cast<uint32_t>(PositionOf(occurrences[i]) - range), width);
}

bool ReadPositions(BitReader* in, absl::Span<uint32_t> out) {
  const uint64_t range = ShortFloatValue(static_cast<uint8_t>(in->Read(kRangeParameterBits)));
  const int list_low_bits = static_cast<int>(in->Read(kExceptionParameterBits)) - 1;
  if (range == 0 || range > uint64_t{kMaxPosition} + 1) return false;
  const RangeCode range_code(range);
  in->ReadAll(range_code.bits, out);
  if (range_code.short_codes < uint64_t{1} << range_code.bits) {
    const auto short_codes = static_cast<uint32_t>(range_code.short_codes);
    // Without branches, which would be foreseen no better than a coin.
    in->ReadBitsFor(out, [short_codes](uint32_t& position, uint32_t bit) {
      const uint32_t is_long = position >= short_codes ? 1 : 0;
      position += (0 - is_long) & (position + bit - short_codes);
      return is_long;
    });
  }
  if (!in->ok()) return false;
  if (list_low_bits < 0) return true;
  const auto width = static_cast<int>(in->Read(kExceptionWidthBits));
  if (width > 32) return false;
  std::vector<uint32_t> exceptions;
  const auto note = [&](uint32_t place) { exceptions.push_back(place); };
  if (!ReadSparseList(static_cast<uint32_t>(out.size()), list_low_bits, in, note)) return false;
  for (const uint32_t place : exceptions) {
    const uint64_t position = range + in->Read(width);
    if (position > kMaxPosition) return false;
    out[place] = static_cast<uint32_t>(position);
  }
  return in->ok();
}

void WriteFlagList(absl::Span<const Occurrence> occurrences, uint32_t flag, bool listed_is_set, int low_bits,
                   BitWriter* out) {
  SparseListWriter list(low_bits, out);
  for (uint32_t i = 0; i < occurrences.size(); ++i) {
    if (((occurrences[i] & flag) != 0) == listed_is_set) list.Add(i);
  }
  list.End(static_cast<uint32_t>(occurrences.size()));
}

void WriteFlag(absl::Span<const Occurrence> occurrences, uint32_t flag, BitWriter* out) {
  size_t set = 0;
  for (const Occurrence occurrence : occurrences) set += (occurrence & flag) != 0 ? 1 : 0;
  const size_t unset = occurrences.size() - set;
  if (set == 0 || unset == 0) {
    out->Write(set == 0 ? kNoneSet : kAllSet, kFlagParameterBits);
    return;
  }
  const bool listed_is_set = set < unset;
  const size_t listed = std::min(set, unset);
  const int low_bits = std::min(RiceLowBits(occurrences.size() - listed, listed + 1), kMaxFlagLowBits);
  // Of a list each gap takes its low bits and, at best, one and a half for the rest.
  if ((listed + 1) * (2 * low_bits + 3) / 2 >= occurrences.size()) {
    out->Write(kBitmap, kFlagParameterBits);
    for (const Occurrence occurrence : occurrences) out->Write((occurrence & flag) != 0 ? 1 : 0, 1);
    return;
  }
  out->Write((listed_is_set ? kListOfSet : kListOfUnset) + static_cast<uint32_t>(low_bits), kFlagParameterBits);
  WriteFlagList(occurrences, flag, listed_is_set, low_bits, out);
}

bool ReadFlag(uint32_t flag, BitReader* in, absl::Span<Occurrence> out) {
  const uint32_t parameter = in->Read(kFlagParameterBits);
  if (parameter >= kFlagParameterEnd) return false;
  if (parameter == kNoneSet) return in->ok();
  if (parameter == kBitmap) {
    in->ReadBitsFor(out, [flag](Occurrence& occurrence, uint32_t bit) {
      occurrence |= (0 - bit) & flag;
      return 1;
    });
    return in->ok();
  }
  const bool others_are_set = parameter == kAllSet || parameter >= kListOfUnset;
  if (others_are_set) {
    for (Occurrence& occurrence : out) occurrence |= flag;
  }
  if (parameter == kAllSet) return in->ok();
  const auto low_bits = static_cast<int>(parameter - (others_are_set ? kListOfUnset : kListOfSet));
  return ReadSparseList(static_cast<uint32_t>(out.size()), low_bits, in, [&](uint32_t place) { out[place] ^= flag; });
}

}  // namespace

void WriteOccurrences(absl::Span<const Occurrence> occurrences, BitWriter* out) {
  WritePositions(occurrences, out);
  WriteFlag(occurrences, kStartsEojeol, out);
  WriteFlag(occurrences, kEndsStem, out);
}

bool OccurrenceBlockReader::ReadPositions(absl::string_view data, uint64_t count, std::vector<Occurrence>* out) {
  // Only those of a block that are all at position 0, one in a document, take no bits.
  if (count > std::max<uint64_t>(kBlockDocs, data.size() * 8)) return false;
  out->resize(count);
  in_ = BitReader(data);
  if (!gisa::ReadPositions(&in_, absl::MakeSpan(*out))) return false;
  for (Occurrence& occurrence : *out) occurrence <<= 2;
  return true;
}

bool OccurrenceBlockReader::ReadFlags(absl::Span<Occurrence> occurrences) {
  return ReadFlag(kStartsEojeol, &in_, occurrences) && ReadFlag(kEndsStem, &in_, occurrences);
}

}  // namespace gisa
