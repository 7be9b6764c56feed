#include "storage/leveldb/merge_policy.h"

namespace gisa {
namespace {

// The largest segment of level 0, in documents. With the level's factor the highest level begins at 256 Ki documents: a
// segment of it holds up to 2 Mi, and its merge took a time that a shutdown or a reader of old data need not fear.
constexpr uint32_t kSmallestLevelDocs = 511;
constexpr int kHighestLevel = 4;

int LevelOf(const SegmentInfo& segment) {
  int level = 0;
  for (uint32_t docs = segment.documents; docs > kSmallestLevelDocs && level < kHighestLevel; docs /= kMergeFactor) {
    ++level;
  }
  return level;
}

}  // namespace

std::optional<MergeRange> PickMerge(absl::Span<const MergeCandidate> segments) {
  // From the newest back: a segment counts as of the level of the largest from it on, so levels never fall backwards,
  // and those of one level stand together. When more have come than are merged at a time, it is the oldest's turn: what
  // stays behind would count as of the level of what the newer ones become.
  int level = 0;
  size_t of_level = 0;
  for (size_t i = segments.size(); i > 0 && level < kHighestLevel; --i) {
    const int level_here = LevelOf(segments[i - 1].info);
    if (level_here > level) {
      if (of_level >= kMergeFactor) return MergeRange{i, kMergeFactor};
      level = level_here;
      of_level = 0;
    }
    ++of_level;
  }
  if (level < kHighestLevel && of_level >= kMergeFactor) return MergeRange{0, kMergeFactor};
  for (size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].removed > 0 && segments[i].removed >= segments[i].info.documents / 4) return MergeRange{i, 1};
  }
  return std::nullopt;
}

}  // namespace gisa
