#ifndef GISA_STORAGE_LEVELDB_MERGE_POLICY_H_
#define GISA_STORAGE_LEVELDB_MERGE_POLICY_H_

#include <cstddef>
#include <optional>

#include "absl/types/span.h"
#include "storage/leveldb/index_values.h"

namespace gisa {

// A segment, and how many of its documents are no longer to be found.
struct MergeCandidate {
  SegmentInfo info;
  uint32_t removed = 0;
};

// Segments that are to become one: `count` from number `begin` on.
struct MergeRange {
  size_t begin = 0;
  size_t count = 0;
};

// How many segments of about the same size are merged into one.
inline constexpr size_t kMergeFactor = 8;

// Chooses the next merge; nullopt when none is due. docs/adr/0010 has the reasons.
//
// Segments have a level by their size, but at least that of every newer one: each level holds kMergeFactor times as
// much as the one below. When there are kMergeFactor of one level they are merged; those of the highest are not. So a
// document is written about once for each level, and while no merge is due there are fewer than kMergeFactor segments
// of each level but the highest. A segment of which a quarter was removed is written anew by itself.
std::optional<MergeRange> PickMerge(absl::Span<const MergeCandidate> segments);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_MERGE_POLICY_H_
