#include "storage/dedup/minhash.h"

#include <algorithm>

#include "storage/dedup/hash_mix.h"

namespace gisa {

Signature MinHash::Finish() {
  const size_t lanes = values_.size();
  Signature signature(lanes);
  if (std::all_of(values_.begin(), values_.end(), [](uint64_t value) { return value == kEmpty; })) return signature;
  for (size_t lane = 0; lane < lanes; ++lane) {
    size_t source = lane;
    // Every lane comes up sooner or later, so the loop ends.
    for (uint64_t attempt = 1; values_[source] == kEmpty; ++attempt) {
      source = ReduceToRange(static_cast<uint32_t>(MixBits(attempt << 32 | (lane + 1))), static_cast<uint32_t>(lanes));
    }
    signature[lane] = static_cast<uint32_t>(values_[source]);
  }
  std::fill(values_.begin(), values_.end(), kEmpty);
  return signature;
}

double EstimateJaccard(absl::Span<const uint32_t> a, absl::Span<const uint32_t> b) {
  if (a.empty()) return 0;
  size_t equal = 0;
  for (size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i];
  return static_cast<double>(equal) / static_cast<double>(a.size());
}

}  // namespace gisa
