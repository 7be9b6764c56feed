#include "storage/dedup/shingle_set.h"

#include <algorithm>

#include "storage/dedup/rolling_hash.h"
#include "storage/dedup/sort_hashes.h"

namespace gisa {
namespace {

double Ratio(size_t part, size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
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
