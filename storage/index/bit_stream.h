#ifndef GISA_STORAGE_INDEX_BIT_STREAM_H_
#define GISA_STORAGE_INDEX_BIT_STREAM_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/index/coding.h"

namespace gisa {

// Numbers of any width one after another, from the lowest bit of the first byte up.

class BitWriter {
 public:
  // The widest number.
  static constexpr int kMaxBits = 56;

  // Writes a number of `bits` bits, 0 to kMaxBits. It must fit.
  void Write(uint64_t value, int bits) {
    Reserve(0);
    end_.Append(value, bits);
  }

  // Writes so many zeros, and a one behind them.
  void WriteUnary(uint32_t zeros) {
    for (; zeros >= kMaxBits; zeros -= kMaxBits) Write(0, kMaxBits);
    Write(uint64_t{1} << zeros, static_cast<int>(zeros) + 1);
  }

  // Writes a number of which all but the lowest `low_bits` bits, 0 to 31, are in unary before these.
  void WriteRice(uint32_t number, int low_bits) {
    const uint32_t zeros = number >> low_bits;
    const uint64_t low = number & ((uint64_t{1} << low_bits) - 1);
    if (zeros + 1 + static_cast<uint32_t>(low_bits) <= kMaxBits) {
      Write((low << 1 | 1) << zeros, static_cast<int>(zeros) + 1 + low_bits);
    } else {
      WriteUnary(zeros);
      Write(low, low_bits);
    }
  }

  // Writes the lowest `bits` bits, 0 to 32, of each number.
  void WriteAll(int bits, absl::Span<const uint32_t> numbers);

  // Writes in unary what is above the lowest `low_bits` bits, 0 to 31, of each number.
  void WriteAllUnary(int low_bits, absl::Span<const uint32_t> numbers);

  // Fills the last byte up. Returns all that was written, valid until the next call, and begins anew.
  absl::string_view Finish();

 private:
  // Where the next bits go. The bytes that are stored might be any object's, so a loop that is to keep this in
  // registers works with a copy.
  struct End {
    char* byte = nullptr;       // the first that is not full
    uint64_t pending = 0;       // what that one has
    uint32_t pending_bits = 0;  // below 8

    // There must be room for eight bytes.
    void Append(uint64_t value, int bits) {
      pending |= value << pending_bits;
      pending_bits += static_cast<uint32_t>(bits);
      StoreFixed64(pending, byte);
      byte += pending_bits / 8;
      pending >>= pending_bits / 8 * 8;
      pending_bits %= 8;
    }
  };

  // Sees to it that there is room for so many bytes, and for Append behind them.
  void Reserve(size_t bytes) {
    if (static_cast<size_t>(buffer_.data() + buffer_.size() - end_.byte) < bytes + sizeof(uint64_t)) Grow(bytes);
  }
  void Grow(size_t bytes);

  template <size_t kTogether>
  void WriteTogether(int bits, absl::Span<const uint32_t> numbers);

  std::vector<char> buffer_;
  End end_;
};

// Reads such numbers from any bytes. Behind their end are zeros; once something was read from there, ok() is false.
class BitReader {
 public:
  explicit BitReader(absl::string_view data) : data_(data), end_(uint64_t{data.size()} * 8) {}

  bool ok() const { return position_ <= end_; }
  // Where the next number begins, in bits.
  uint64_t position() const { return position_; }
  // Goes to where another number begins.
  void Seek(uint64_t position) { position_ = position; }
  // The bytes behind the one that the last number ends in.
  absl::string_view rest() const { return ok() ? data_.substr((position_ + 7) / 8) : absl::string_view(); }

  // A number of `bits` bits, 0 to 32.
  uint32_t Read(int bits) {
    const uint64_t mask = (uint64_t{1} << bits) - 1;
    const auto value = static_cast<uint32_t>(Window(position_) & mask);
    position_ += bits;
    return value;
  }

  // The number of zeros before the next one.
  uint32_t ReadUnary() {
    uint64_t position = position_;
    uint64_t window = Window(position);
    while (window == 0 && position < end_) {
      position += kWindowBits;
      window = Window(position);
    }
    if (window == 0) return Fail();
    position += __builtin_ctzll(window);
    const auto zeros = static_cast<uint32_t>(position - position_);
    position_ = position + 1;
    return zeros;
  }

  // A number of which all but the lowest `low_bits` bits, 0 to 31, are in unary before these.
  uint64_t ReadRice(int low_bits) {
    const uint64_t window = Window(position_);
    const int zeros = window == 0 ? kWindowBits : __builtin_ctzll(window);
    if (zeros + 1 + low_bits > kWindowBits) {
      const uint64_t high = ReadUnary();
      return high << low_bits | Read(low_bits);
    }
    position_ += zeros + 1 + low_bits;
    const uint64_t mask = (uint64_t{1} << low_bits) - 1;
    return static_cast<uint64_t>(zeros) << low_bits | (window >> (zeros + 1) & mask);
  }

  // Calls `take` for each of `values` with the next bit, of which it returns how many are used up, 0 or 1. When there
  // are not so many bits, ok() is false.
  template <typename T, typename Take>
  void ReadBitsFor(absl::Span<T> values, Take take) {
    while (!values.empty() && ok()) {
      uint64_t window = Window(position_);
      int used = 0;
      for (T& value : values.subspan(0, kWindowBits)) {
        const int used_here = static_cast<int>(take(value, static_cast<uint32_t>(window & 1)));
        window >>= used_here;
        used += used_here;
      }
      position_ += used;
      values.remove_prefix(std::min<size_t>(values.size(), kWindowBits));
    }
  }

  // Numbers of `bits` bits each, 0 to 32. When there are not so many, ok() is false and nothing is written to `out`.
  void ReadAll(int bits, absl::Span<uint32_t> out);

  // Numbers in unary, of which the zeros are `max_zeros` together at most, which is below 2^31. Fills `out` with how
  // many zeros there are up to the end of each. When there are not so many numbers, or more zeros, ok() is false.
  void ReadUnarySums(uint32_t max_zeros, absl::Span<uint32_t> out);

 private:
  static constexpr int kWindowBits = 57;  // that are always there

  // Of each window takes kTogether numbers, which must fit.
  template <size_t kTogether>
  void ReadTogether(int bits, absl::Span<uint32_t> out);

  // At least kWindowBits bits from a position on.
  uint64_t Window(uint64_t position) const { return Load(position / 8) >> (position % 8); }

  uint64_t Load(uint64_t byte) const {
    if (byte + sizeof(uint64_t) <= data_.size()) return LoadFixed64(data_.data() + byte);
    return LoadAtEnd(byte);
  }
  // Where eight bytes would go beyond the end.
  uint64_t LoadAtEnd(uint64_t byte) const {
    if (byte >= data_.size()) return 0;
    const size_t size = data_.size();
    if (size >= sizeof(uint64_t)) {
      return LoadFixed64(data_.data() + size - sizeof(uint64_t)) >> (8 * (byte + sizeof(uint64_t) - size));
    }
    uint64_t bytes = 0;
    for (size_t i = size; i-- > byte;) bytes = bytes << 8 | static_cast<uint8_t>(data_[i]);
    return bytes;
  }

  uint32_t Fail() {
    position_ = end_ + 1;
    return 0;
  }

  absl::string_view data_;
  uint64_t end_;
  uint64_t position_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_BIT_STREAM_H_
