#ifndef GISA_STORAGE_INDEX_CODING_H_
#define GISA_STORAGE_INDEX_CODING_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace gisa {

// Little-endian fixed-width and LEB128 variable-width numbers. Written byte by byte: compilers make one load of it.

inline uint32_t LoadFixed32(const char* p) {
  const auto* const b = reinterpret_cast<const uint8_t*>(p);
  return uint32_t{b[0]} | uint32_t{b[1]} << 8 | uint32_t{b[2]} << 16 | uint32_t{b[3]} << 24;
}

inline uint64_t LoadFixed64(const char* p) { return LoadFixed32(p) | uint64_t{LoadFixed32(p + 4)} << 32; }

inline void StoreFixed32(uint32_t value, char* p) {
  for (int i = 0; i < 4; ++i) p[i] = static_cast<char>(value >> (8 * i));
}

inline void StoreFixed64(uint64_t value, char* p) {
  StoreFixed32(static_cast<uint32_t>(value), p);
  StoreFixed32(static_cast<uint32_t>(value >> 32), p + 4);
}

inline void AppendFixed32(uint32_t value, std::string* out) {
  for (int shift = 0; shift < 32; shift += 8) out->push_back(static_cast<char>(value >> shift));
}

inline void AppendFixed64(uint64_t value, std::string* out) {
  AppendFixed32(static_cast<uint32_t>(value), out);
  AppendFixed32(static_cast<uint32_t>(value >> 32), out);
}

inline void AppendVarint64(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

// Reads numbers off the front of a string. Once one does not fit, ok() is false and every read returns 0.
class Decoder {
 public:
  explicit Decoder(absl::string_view data) : data_(data) {}

  uint32_t Fixed32() {
    const absl::string_view bytes = Bytes(sizeof(uint32_t));
    return ok_ ? LoadFixed32(bytes.data()) : 0;
  }

  uint64_t Fixed64() {
    const absl::string_view bytes = Bytes(sizeof(uint64_t));
    return ok_ ? LoadFixed64(bytes.data()) : 0;
  }

  uint64_t Varint64() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !data_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(data_.front());
      data_.remove_prefix(1);
      value |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    data_ = {};
    return 0;
  }

  uint32_t Varint32() {
    const uint64_t value = Varint64();
    if (value > UINT32_MAX) {
      ok_ = false;
      data_ = {};
      return 0;
    }
    return static_cast<uint32_t>(value);
  }

  absl::string_view Bytes(size_t count) {
    if (count > data_.size()) {
      ok_ = false;
      data_ = {};
      return {};
    }
    const absl::string_view bytes = data_.substr(0, count);
    data_.remove_prefix(count);
    return bytes;
  }

  bool ok() const { return ok_; }
  absl::string_view rest() const { return data_; }

 private:
  absl::string_view data_;
  bool ok_ = true;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_CODING_H_
