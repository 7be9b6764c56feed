#include "storage/index/occurrence_block.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "storage/index/document_block.h"
#include "storage/index/rice_code.h"

namespace gisa {
namespace {

// How positions are written: in as many bits as most of them need, the others apart.
constexpr int kPositionBitsBits = 5;
constexpr int kExceptionParameterBits = 3;  // 0 when there are none, else the low bits of their list, plus 1
constexpr int kMaxExceptionLowBits = 6;
constexpr int kExceptionWidthBits = 5;  // how many bits an exception takes

// How a flag is written: one of these, or one that has a list of the places that differ from the others.
constexpr int kFlagParameterBits = 4;
constexpr uint32_t kNoneSet = 0;
constexpr uint32_t kAllSet = 1;
constexpr uint32_t kBitmap = 2;
constexpr uint32_t kListOfSet = 3;    // plus the low bits of the list
constexpr uint32_t kListOfUnset = 9;  // plus the low bits of the list
constexpr int kMaxFlagLowBits = 5;
constexpr uint32_t kFlagParameterEnd = kListOfUnset + kMaxFlagLowBits + 1;

constexpr int kMaxPositionBits = 30;
static_assert(kMaxPosition == (uint32_t{1} << kMaxPositionBits) - 1);

int BitsOf(uint32_t value) { return value == 0 ? 0 : 32 - __builtin_clz(value); }

// Finds in how many bits each position takes the least together.
int ChoosePositionBits(absl::Span<const Occurrence> occurrences) {
  std::array<uint32_t, kMaxPositionBits + 1> counts = {};  // of positions, by how many bits they need
  for (const Occurrence occurrence : occurrences) ++counts[BitsOf(PositionOf(occurrence))];
  int most = kMaxPositionBits;
  while (most > 0 && counts[most] == 0) --most;
  const auto count = static_cast<uint32_t>(occurrences.size());
  uint64_t least = uint64_t{count} * most;
  int best = most;
  uint32_t exceptions = 0;
  for (int bits = most - 1; bits >= 0; --bits) {
    exceptions += counts[bits + 1];
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

void WritePositions(absl::Span<const Occurrence> occurrences, BitWriter* out) {
  const int bits = ChoosePositionBits(occurrences);
  const auto count = static_cast<uint32_t>(occurrences.size());
  std::vector<uint32_t> exceptions;  // their places
  uint32_t largest = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t position = PositionOf(occurrences[i]);
    if (position >> bits == 0) continue;
    exceptions.push_back(i);
    largest = std::max(largest, position);
  }
  const int list_low_bits =
      std::min(RiceLowBits(count - exceptions.size(), exceptions.size() + 1), kMaxExceptionLowBits);
  out->Write(static_cast<uint32_t>(bits), kPositionBitsBits);
  out->Write(exceptions.empty() ? 0 : static_cast<uint32_t>(list_low_bits) + 1, kExceptionParameterBits);
  for (const Occurrence occurrence : occurrences) {
    const uint32_t position = PositionOf(occurrence);
    out->Write(position >> bits == 0 ? position : 0, bits);
  }
  if (exceptions.empty()) return;
  const int width = BitsOf(largest);
  out->Write(static_cast<uint32_t>(width), kExceptionWidthBits);
  SparseListWriter list(list_low_bits, out);
  for (const uint32_t i : exceptions) list.Add(i);
  list.End(count);
  for (const uint32_t i : exceptions) out->Write(PositionOf(occurrences[i]), width);
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

}  // namespace

void WriteOccurrences(absl::Span<const Occurrence> occurrences, BitWriter* out) {
  WritePositions(occurrences, out);
  WriteFlag(occurrences, kStartsEojeol, out);
  WriteFlag(occurrences, kEndsStem, out);
}

bool OccurrenceBlockReader::Open(absl::string_view data, uint64_t count) {
  // Only those of a block that are all at position 0, one in a document, take no bits.
  if (count > std::max<uint64_t>(kBlockDocs, data.size() * 8)) return false;
  in_ = BitReader(data);
  count_ = static_cast<uint32_t>(count);
  second_flag_begin_ = 0;
  position_bits_ = static_cast<int>(in_.Read(kPositionBitsBits));
  exception_low_bits_ = static_cast<int>(in_.Read(kExceptionParameterBits)) - 1;
  positions_begin_ = in_.position();
  exceptions_.clear();
  if (position_bits_ > kMaxPositionBits) return false;
  in_.Seek(positions_begin_ + count * position_bits_);
  return in_.ok();
}

// Goes behind them, unless it did.
bool OccurrenceBlockReader::ReadExceptions() {
  if (exception_low_bits_ < 0) return true;
  const auto width = static_cast<int>(in_.Read(kExceptionWidthBits));
  if (width > kMaxPositionBits) return false;
  const auto note = [&](uint32_t place) { exceptions_.push_back({place, 0}); };
  if (!ReadSparseList(count_, exception_low_bits_, &in_, note)) return false;
  for (Exception& exception : exceptions_) exception.position = in_.Read(width);
  exception_low_bits_ = -1;
  return in_.ok();
}

bool OccurrenceBlockReader::ReadPositions(uint32_t begin, absl::Span<Occurrence> out) {
  BitReader in = in_;
  in.Seek(positions_begin_ + uint64_t{begin} * position_bits_);
  in.ReadAll(position_bits_, out);
  // For an exception stands 0, so the list is seldom needed of a few.
  const bool has_list = exception_low_bits_ >= 0;
  if (has_list && std::find(out.begin(), out.end(), 0) != out.end() && !ReadExceptions()) return false;
  const auto is_before = [](const Exception& exception, uint32_t place) { return exception.place < place; };
  const uint64_t end = uint64_t{begin} + out.size();
  for (auto exception = std::lower_bound(exceptions_.begin(), exceptions_.end(), begin, is_before);
       exception != exceptions_.end() && exception->place < end; ++exception) {
    Occurrence& position = out[exception->place - begin];
    if (position == 0) position = exception->position;
  }
  for (Occurrence& occurrence : out) occurrence <<= 2;
  return true;
}

bool OccurrenceBlockReader::ReadFlags(uint32_t flags, uint32_t begin, absl::Span<Occurrence> out) {
  if (!ReadExceptions()) return false;  // the flags are behind them
  const bool needs_second = (flags & kEndsStem) != 0;
  const auto end = begin + static_cast<uint32_t>(out.size());
  const bool finds_second = needs_second && second_flag_begin_ == 0;
  BitReader in = in_;
  if ((flags & kStartsEojeol) != 0) {
    if (!ReadFlag(kStartsEojeol, begin, out, finds_second ? count_ : end, &in)) return false;
  } else if (finds_second) {
    if (!ReadFlag(kStartsEojeol, begin, {}, count_, &in)) return false;
  }
  if (!needs_second) return true;
  if (finds_second) {
    second_flag_begin_ = in.position();
  } else {
    in.Seek(second_flag_begin_);
  }
  return ReadFlag(kEndsStem, begin, out, end, &in);
}

// Reads a flag up to occurrence number `end`, which is behind `out` or where that ends, and if that is the block's end
// to where the flag ends.
bool OccurrenceBlockReader::ReadFlag(uint32_t flag, uint32_t begin, absl::Span<Occurrence> out, uint32_t end,
                                     BitReader* in) {
  const uint32_t parameter = in->Read(kFlagParameterBits);
  if (parameter >= kFlagParameterEnd) return false;
  if (parameter == kBitmap) {
    const uint64_t bits_begin = in->position();
    in->Seek(bits_begin + begin);
    in->ReadBitsFor(out, [flag](Occurrence& occurrence, uint32_t bit) {
      occurrence = (occurrence & ~flag) | ((0 - bit) & flag);
      return 1;
    });
    in->Seek(bits_begin + count_);
    return in->ok();
  }
  const bool others_are_set = parameter == kAllSet || parameter >= kListOfUnset;
  for (Occurrence& occurrence : out) occurrence = others_are_set ? occurrence | flag : occurrence & ~flag;
  if (parameter == kNoneSet || parameter == kAllSet) return in->ok();
  const auto low_bits = static_cast<int>(parameter - (others_are_set ? kListOfUnset : kListOfSet));
  return ReadSparseListUpTo(end, count_, low_bits, in, [&](uint32_t place) {
    const uint32_t i = place - begin;  // large for one before the begin
    if (i < out.size()) out[i] ^= flag;
  });
}

}  // namespace gisa
