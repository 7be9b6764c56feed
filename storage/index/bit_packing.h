#ifndef GISA_STORAGE_INDEX_BIT_PACKING_H_
#define GISA_STORAGE_INDEX_BIT_PACKING_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/types/span.h"

namespace gisa {

// Numbers of `bits` bits each, 0 to 32, one after another from the lowest bit of the first byte up. Any of them can be
// read by itself.

// Unpacking loads 8 bytes at a time: so many bytes must be readable after the last number.
inline constexpr size_t kBitPackingPadding = 8;

// Returns how many bits the largest of `values` needs.
int BitWidth(absl::Span<const uint32_t> values);

inline uint64_t PackedBytes(uint64_t count, int bits) { return (count * bits + 7) / 8; }

// Appends PackedBytes(values.size(), bits) bytes. Every value must fit.
void PackBits(absl::Span<const uint32_t> values, int bits, std::string* out);

// Reads `count` numbers from the number at `first` on. The caller has checked that
// PackedBytes(first + count, bits) + kBitPackingPadding bytes of `data` are readable and that bits is at most 32.
void UnpackBits(const char* data, uint64_t first, size_t count, int bits, uint32_t* out);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_BIT_PACKING_H_
