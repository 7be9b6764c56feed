#ifndef GISA_STORAGE_LEVELDB_NEAR_MERGE_POLICY_H_
#define GISA_STORAGE_LEVELDB_NEAR_MERGE_POLICY_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"

namespace gisa {

// Chooses which runs of the near-duplicate index become one, by how many entries each has, the oldest first: returns
// the first of those to be merged, with all newer ones, or sizes.size() when nothing is to be.
//
// That is the oldest of four or more that has at most half of what the newer ones have together. So a merge makes of
// each entry's run one three times as large, and an entry is written anew about log3(entries / entries of a flush)
// times; and of four neighbours that are not merged, the oldest has more than half of all newer ones.
inline size_t FirstRunToMerge(absl::Span<const uint64_t> sizes) {
  constexpr size_t kLeastRuns = 4;
  uint64_t newer = 0;
  for (const uint64_t size : sizes) newer += size;
  for (size_t i = 0; i + kLeastRuns <= sizes.size(); ++i) {
    newer -= sizes[i];
    if (2 * sizes[i] <= newer) return i;
  }
  return sizes.size();
}

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_MERGE_POLICY_H_
