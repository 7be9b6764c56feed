#include "storage/index/bit_stream.h"

#include "storage/index/count_ones.h"

namespace gisa {

void BitWriter::Grow(size_t bytes) {
  const auto size = static_cast<size_t>(end_.byte - buffer_.data());
  buffer_.resize(2 * buffer_.size() + bytes + 64);
  end_.byte = buffer_.data() + size;
}

template <size_t kTogether>
void BitWriter::WriteTogether(int bits, absl::Span<const uint32_t> numbers) {
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  End end = end_;
  for (; numbers.size() >= kTogether; numbers.remove_prefix(kTogether)) {
    uint64_t together = 0;
    for (size_t i = kTogether; i-- > 0;) together = together << bits | (numbers[i] & mask);
    end.Append(together, static_cast<int>(kTogether) * bits);
  }
  for (const uint32_t number : numbers) end.Append(number & mask, bits);
  end_ = end;
}

void BitWriter::WriteAll(int bits, absl::Span<const uint32_t> numbers) {
  Reserve(1 + numbers.size() * static_cast<size_t>(bits) / 8);  // and what the last byte has
  if (bits * 8 <= kMaxBits) {
    WriteTogether<8>(bits, numbers);
  } else if (bits * 4 <= kMaxBits) {
    WriteTogether<4>(bits, numbers);
  } else if (bits * 2 <= kMaxBits) {
    WriteTogether<2>(bits, numbers);
  } else {
    WriteTogether<1>(bits, numbers);
  }
}

void BitWriter::WriteAllUnary(int low_bits, absl::Span<const uint32_t> numbers) {
  constexpr size_t kTogether = 4;
  for (; numbers.size() >= kTogether; numbers.remove_prefix(kTogether)) {
    uint64_t bits = 0;
    uint64_t end = 0;
    for (size_t i = 0; i < kTogether; ++i) {
      end += numbers[i] >> low_bits;
      bits |= uint64_t{1} << (end % 64);
      ++end;
    }
    if (end <= kMaxBits) {
      Write(bits, static_cast<int>(end));
    } else {
      for (const uint32_t number : numbers.first(kTogether)) WriteUnary(number >> low_bits);
    }
  }
  for (const uint32_t number : numbers) WriteUnary(number >> low_bits);
}

absl::string_view BitWriter::Finish() {
  const size_t size = static_cast<size_t>(end_.byte - buffer_.data()) + (end_.pending_bits > 0 ? 1 : 0);
  end_ = End{buffer_.data()};
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
