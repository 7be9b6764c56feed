#ifndef GISA_STORAGE_DEDUP_SHINGLE_SET_H_
#define GISA_STORAGE_DEDUP_SHINGLE_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace gisa {

// Letters in a shingle. Five are about two words of Korean: rarely shared by chance, and one typo costs only five.
inline constexpr size_t kShingleLength = 5;

// Texts with fewer distinct shingles are not compared: a few dozen letters are alike by chance, or all formula.
inline constexpr size_t kMinShingles = 32;

// How two sets of shingles lie to each other, in shingles.
struct Overlap {
  size_t shared = 0;
  size_t only_a = 0;
  size_t only_b = 0;

  // Shared among all, the Jaccard similarity. 0 when both are empty, so that the empty is like nothing.
  double Jaccard() const;
  // Shared among those of a, and of b; 0 when there are none.
  double ContainmentOfA() const;
  double ContainmentOfB() const;
};

// The set of the shingles of a text: all its windows of kShingleLength letters (A. Broder, "On the resemblance and
// containment of documents", 1997). Held as 64-bit hashes, which for texts of a million letters are as good as the
// shingles: one pair among 10^12 collides with a chance of 1 in 37 million. Immutable, so thread-safe.
class ShingleSet {
 public:
  ShingleSet() = default;
  explicit ShingleSet(absl::Span<const char32_t> letters);

  size_t size() const { return hashes_.size(); }
  // Whether the text is long enough to be compared with another.
  bool comparable() const { return size() >= kMinShingles; }

  // Sorted, distinct.
  absl::Span<const uint64_t> hashes() const { return hashes_; }

 private:
  std::vector<uint64_t> hashes_;
};

// Linear in both sizes.
Overlap Compare(const ShingleSet& a, const ShingleSet& b);

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_SHINGLE_SET_H_
