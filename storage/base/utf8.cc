#include "storage/base/utf8.h"

#include <cstdint>
#include <cstring>

namespace gisa {
namespace {

// The length of the well-formed sequence at `p`, or 0.
size_t SequenceLength(const uint8_t* p, size_t left) {
  const auto continues = [p](size_t i) { return (p[i] & 0xC0) == 0x80; };
  const uint8_t lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return left >= 2 && continues(1) ? 2 : 0;
  if (lead < 0xF0) {
    if (left < 3 || !continues(1) || !continues(2)) return 0;
    if (lead == 0xE0 && p[1] < 0xA0) return 0;  // overlong
    if (lead == 0xED && p[1] > 0x9F) return 0;  // surrogate
    return 3;
  }
  if (lead > 0xF4 || left < 4 || !continues(1) || !continues(2) || !continues(3)) return 0;
  if (lead == 0xF0 && p[1] < 0x90) return 0;  // overlong
  if (lead == 0xF4 && p[1] > 0x8F) return 0;  // past U+10FFFF
  return 4;
}

}  // namespace

size_t FindInvalidUtf8(absl::string_view text) {
  const auto* const begin = reinterpret_cast<const uint8_t*>(text.data());
  size_t offset = 0;
  while (offset < text.size()) {
    if (text.size() - offset >= 8) {
      uint64_t word;
      std::memcpy(&word, begin + offset, sizeof(word));
      if ((word & 0x8080808080808080) == 0) {
        offset += 8;
        continue;
      }
    }
    const size_t length = SequenceLength(begin + offset, text.size() - offset);
    if (length == 0) return offset;
    offset += length;
  }
  return offset;
}

size_t FloorCodePoint(absl::string_view text, size_t offset) {
  if (offset >= text.size()) return text.size();
  while (offset > 0 && (static_cast<uint8_t>(text[offset]) & 0xC0) == 0x80) --offset;
  return offset;
}

}  // namespace gisa
