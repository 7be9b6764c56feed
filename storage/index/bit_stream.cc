#include "storage/index/bit_stream.h"

namespace gisa {

absl::string_view BitWriter::Finish() {
  const size_t size = size_ + (pending_bits_ + 7) / 8;
  pending_bits_ = 32;
  Flush();
  size_ = 0;
  pending_ = 0;
  pending_bits_ = 0;
  return absl::string_view(buffer_.data(), size);
}

void BitReader::ReadAll(int bits, absl::Span<uint32_t> out) {
  const uint64_t end = position_ + uint64_t{out.size()} * bits;
  if (end > end_) {
    Fail();
    return;
  }
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  uint64_t position = position_;
  for (uint32_t& value : out) {
    value = static_cast<uint32_t>(Window(position) & mask);
    position += bits;
  }
  position_ = end;
}

void BitReader::ReadAllSplit(int low_bits, uint64_t max_zeros, absl::Span<uint32_t> out) {
  uint64_t low_position = position_;
  const uint64_t begin = position_ + uint64_t{out.size()} * low_bits;  // of the zeros
  if (begin > end_) {
    Fail();
    return;
  }
  const uint64_t mask = (uint64_t{1} << low_bits) - 1;
  uint64_t next = begin;  // behind the one that was found last
  uint64_t byte = begin / 8;
  uint64_t window = Load(byte) & ~uint64_t{0} << (begin % 8);
  size_t i = 0;
  while (true) {
    for (; window != 0 && i < out.size(); ++i, window &= window - 1) {
      const uint64_t one = byte * 8 + __builtin_ctzll(window);
      out[i] = static_cast<uint32_t>((one - next) << low_bits | (Window(low_position) & mask));
      low_position += low_bits;
      next = one + 1;
    }
    if (i == out.size() || byte * 8 >= begin + max_zeros + out.size()) break;
    byte += sizeof(uint64_t);
    window = Load(byte);
  }
  if (i < out.size() || next - begin > max_zeros + out.size()) {
    Fail();
    return;
  }
  position_ = next;
}

}  // namespace gisa
