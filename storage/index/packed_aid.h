#ifndef GISA_STORAGE_INDEX_PACKED_AID_H_
#define GISA_STORAGE_INDEX_PACKED_AID_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace gisa {

// An aid of at most 17 decimal digits, as nearly all are, in 8 bytes: the number of digits above their value. The top
// bit is never set, so that it can tell another kind of aid. Those with as many digits order as their numbers do.
inline constexpr size_t kMaxPackedDigits = 17;
inline constexpr int kPackedDigitsShift = 57;  // 10^17 < 2^57

inline std::optional<uint64_t> PackAid(absl::string_view aid) {
  if (aid.size() > kMaxPackedDigits) return std::nullopt;
  uint64_t value = 0;
  for (const char c : aid) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  return uint64_t{aid.size()} << kPackedDigitsShift | value;
}

inline std::string UnpackAid(uint64_t packed) {
  std::string aid(packed >> kPackedDigitsShift, '0');
  uint64_t value = packed & ((uint64_t{1} << kPackedDigitsShift) - 1);
  for (size_t i = aid.size(); i > 0; value /= 10) aid[--i] = static_cast<char>('0' + value % 10);
  return aid;
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_PACKED_AID_H_
