#include "storage/dedup/sort_hashes.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <numeric>
#include <utility>

namespace gisa {
namespace {

// Buckets of more are sorted as anything is.
constexpr size_t kMaxInsertion = 16;

}  // namespace

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

}  // namespace gisa
