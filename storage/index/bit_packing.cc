#include "storage/index/bit_packing.h"

#include "storage/index/coding.h"

namespace gisa {

int BitWidth(absl::Span<const uint32_t> values) {
  uint32_t all = 0;
  for (const uint32_t value : values) all |= value;
  return all == 0 ? 0 : 32 - __builtin_clz(all);
}

void PackBits(absl::Span<const uint32_t> values, int bits, std::string* out) {
  if (bits == 0) return;
  const size_t begin = out->size();
  const size_t end = begin + PackedBytes(values.size(), bits);
  // Stored four bytes at a time, the last of which may go beyond the end.
  out->resize(end + sizeof(uint32_t));
  char* p = out->data() + begin;
  uint64_t buffer = 0;
  int filled = 0;  // below 32
  for (const uint32_t value : values) {
    buffer |= uint64_t{value} << filled;
    filled += bits;
    if (filled < 32) continue;
    StoreFixed32(static_cast<uint32_t>(buffer), p);
    p += sizeof(uint32_t);
    buffer >>= 32;
    filled -= 32;
  }
  StoreFixed32(static_cast<uint32_t>(buffer), p);
  out->resize(end);
}

void UnpackBits(const char* data, uint64_t first, size_t count, int bits, uint32_t* out) {
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  uint64_t offset = first * bits;
  for (size_t i = 0; i < count; ++i, offset += bits) {
    out[i] = static_cast<uint32_t>(LoadFixed64(data + (offset >> 3)) >> (offset & 7) & mask);
  }
}

}  // namespace gisa
