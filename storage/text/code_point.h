#ifndef GISA_STORAGE_TEXT_CODE_POINT_H_
#define GISA_STORAGE_TEXT_CODE_POINT_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace gisa {

// Whether `value` is a Unicode scalar value: a code point that is no surrogate.
constexpr bool IsScalarValue(uint32_t value) { return value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF); }

// Writes scalar value `c` as UTF-8 to `out`, which has room for 4 bytes. Returns how many it took.
inline size_t EncodeCodePoint(uint32_t c, char* out) {
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<char>(0xC0 | c >> 6);
    out[1] = static_cast<char>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0 | c >> 12);
    out[1] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out[2] = static_cast<char>(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | c >> 18);
  out[1] = static_cast<char>(0x80 | (c >> 12 & 0x3F));
  out[2] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
  out[3] = static_cast<char>(0x80 | (c & 0x3F));
  return 4;
}

inline void AppendCodePoint(uint32_t c, std::string& out) {
  char bytes[4];
  out.append(bytes, EncodeCodePoint(c, bytes));
}

// Returns the code point at `offset` of well-formed UTF-8 and moves `offset` past it. Checks nothing: the text must be
// valid and `offset` on a boundary before its end.
inline uint32_t NextCodePoint(const char* text, uint32_t& offset) {
  const auto* const p = reinterpret_cast<const uint8_t*>(text + offset);
  const uint32_t lead = p[0];
  if (lead < 0x80) {
    offset += 1;
    return lead;
  }
  if (lead < 0xE0) {
    offset += 2;
    return (lead & 0x1F) << 6 | (p[1] & 0x3F);
  }
  if (lead < 0xF0) {
    offset += 3;
    return (lead & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
  }
  offset += 4;
  return (lead & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_CODE_POINT_H_
