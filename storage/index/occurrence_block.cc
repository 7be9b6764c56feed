#include "storage/index/occurrence_block.h"

#include <algorithm>
#include <cstddef>

#include "storage/index/document_block.h"
#include "storage/index/occurrence_block_format.h"
#include "storage/index/rice_code.h"

namespace gisa {

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
