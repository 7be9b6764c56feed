#include "storage/index/rice_code.h"

namespace gisa {

// Nearly the rule of Kiely (Selecting the Golomb Parameter in Rice Coding, 2004), which for numbers of mean m is
// 1 + floor(log2(ln(golden ratio) / ln(1 + 1 / m))): the inner logarithm is about 1 / (m + 1 / 2).
int RiceLowBits(uint64_t sum, size_t count) {
  const uint64_t scaled = (2 * sum + count) * 31 / (64 * count);
  return scaled == 0 ? 0 : 63 - __builtin_clzll(scaled);
}

}  // namespace gisa
