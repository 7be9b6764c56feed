#include "storage/index/bit_stream.h"

#include "storage/index/count_ones.h"

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

template <size_t kTogether>
void BitReader::ReadTogether(int bits, absl::Span<uint32_t> out) {
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  for (; out.size() >= kTogether; out.remove_prefix(kTogether)) {
    uint64_t window = Window(position_);
    for (size_t i = 0; i < kTogether; ++i, window >>= bits) out[i] = static_cast<uint32_t>(window & mask);
    position_ += kTogether * bits;
  }
  for (uint32_t& value : out) value = Read(bits);
}

void BitReader::ReadAll(int bits, absl::Span<uint32_t> out) {
  if (position_ + uint64_t{out.size()} * bits > end_) {
    Fail();
  } else if (bits * 8 <= kWindowBits) {
    ReadTogether<8>(bits, out);
  } else if (bits * 4 <= kWindowBits) {
    ReadTogether<4>(bits, out);
  } else if (bits * 2 <= kWindowBits) {
    ReadTogether<2>(bits, out);
  } else {
    ReadTogether<1>(bits, out);
  }
}

void BitReader::ReadUnarySums(uint32_t max_zeros, absl::Span<uint32_t> out) {
  const uint64_t begin = position_;
  const uint64_t last_end = begin + max_zeros + out.size();
  uint64_t byte = begin / 8;
  uint64_t window = Load(byte) & ~uint64_t{0} << (begin % 8);
  size_t i = 0;
  while (i < out.size() && byte * 8 < last_end) {
    // The one that is found next is number i, so of what is before it so many are zeros.
    const uint64_t offset = byte * 8 - begin;
    const size_t end = std::min<size_t>(out.size(), i + CountOnes(window));
    for (; i < end; ++i, window &= window - 1) {
      out[i] = static_cast<uint32_t>(offset + static_cast<uint64_t>(__builtin_ctzll(window)) - i);
    }
    byte += sizeof(uint64_t);
    window = Load(byte);
  }
  if (i < out.size() || (!out.empty() && out.back() > max_zeros)) {
    Fail();
    return;
  }
  if (!out.empty()) position_ = begin + out.back() + out.size();
}

}  // namespace gisa
