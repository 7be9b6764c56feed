#ifndef GISA_STORAGE_LEVELDB_NEAR_DUPLICATE_FINDER_H_
#define GISA_STORAGE_LEVELDB_NEAR_DUPLICATE_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/sha256.h"
#include "storage/dedup/sketch.h"
#include "storage/duplicates.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_database.h"
#include "storage/search.h"

namespace gisa {

// A body whose near copies are looked for.
struct NearQuery {
  absl::string_view body;
  Sha256Digest content_hash = {};
  // See NearIndex::Query.
  const Sketch* kept = nullptr;
  const Sketch* asked = nullptr;
  double min_similarity = kDefaultMinSimilarity;
  // Only those that changes before this one brought.
  uint64_t before = UINT64_MAX;
  uint32_t max_docs_of_hash = kMaxDocsOfHash;
  // At most so many candidates are compared: the most promising.
  size_t max_compared = 0;
};

struct NearDuplicates {
  std::vector<Duplicate> found;
  bool is_complete = true;
};

// Finds current articles with another body that is at least min_similarity like the one asked about, or of which it or
// they hold as much: candidates of the index, compared exactly. In no order. Errors of reading; CANCELLED and
// DEADLINE_EXCEEDED as `control` says. Thread-safe.
absl::StatusOr<NearDuplicates> FindNearDuplicates(const NearIndex& index, const RecordDatabase& database,
                                                  const NearQuery& query, const SearchControl& control);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_DUPLICATE_FINDER_H_
