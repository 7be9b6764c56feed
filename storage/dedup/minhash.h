#ifndef GISA_STORAGE_DEDUP_MINHASH_H_
#define GISA_STORAGE_DEDUP_MINHASH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace gisa {

// A MinHash signature: two texts have the same value in a lane with the probability of their Jaccard similarity
// (A. Broder, 1997).
using Signature = std::vector<uint32_t>;

// Makes the signature of a text out of one hash of each shingle, given one by one, in any order and as often as one
// likes: one-permutation hashing (P. Li, A. Owen, C.-H. Zhang, "One permutation hashing", NIPS 2012). Each shingle
// belongs to one lane, by the upper half of its hash; the lane's value is the least lower half. A text with few
// shingles leaves lanes empty, and each takes the value of another, which a hash of its number chooses, so that the
// probability stays that of the similarity (A. Shrivastava, "Optimal densification for fast and accurate minwise
// hashing", ICML 2017).
//
// Not thread-safe.
class MinHash {
 public:
  explicit MinHash(size_t lanes) : values_(lanes, kEmpty) {}

  void Add(uint64_t shingle) {
    uint64_t& value = values_[(shingle >> 32) * values_.size() >> 32];
    value = std::min<uint64_t>(value, static_cast<uint32_t>(shingle));
  }

  // The signature of the shingles added; all zero when there were none. Starts anew.
  Signature Finish();

 private:
  // Above every lower half.
  static constexpr uint64_t kEmpty = uint64_t{1} << 32;

  std::vector<uint64_t> values_;
};

// The share of lanes with the same value: an estimate of the Jaccard similarity. Both have the same number of lanes.
double EstimateJaccard(absl::Span<const uint32_t> a, absl::Span<const uint32_t> b);

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_MINHASH_H_
