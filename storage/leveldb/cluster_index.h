#ifndef GISA_STORAGE_LEVELDB_CLUSTER_INDEX_H_
#define GISA_STORAGE_LEVELDB_CLUSTER_INDEX_H_

#include <cstdint>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/clusters.h"
#include "storage/dedup/cluster_graph.h"
#include "storage/leveldb/band_groups.h"
#include "storage/leveldb/cluster_linker.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/record_reader.h"
#include "storage/search.h"

namespace gisa {

// Knows which articles are copies of one another. It costs an ingest nothing: whoever asks has what changed since
// somebody last asked looked at first, in the order of the change feed (docs/adr/0015).
//
// Thread-safe; calls take turns.
class ClusterIndex {
 public:
  // Both must outlive it.
  ClusterIndex(const RecordDatabase& database, const NearIndex& near_index)
      : database_(database), near_index_(near_index) {}

  // As Archive::ListClusters. A call that ends too early leaves what it has found out to the next one.
  absl::StatusOr<ClusterPage> List(const ClusterQuery& query, const SearchControl& control) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // A cluster that a page may show.
  struct Listed {
    ClusterRank rank;
    bool is_complete = true;
    std::vector<ClusterGraph::Member> members;  // that are still current
  };
  struct Picked {
    uint64_t as_of = 0;
    uint64_t total = 0;
    bool is_complete = true;
    std::vector<Listed> clusters;  // one more than the page has room for, if there are
  };

  // The turn is the right to use what is below.
  absl::Status TakeTurn(const SearchControl& control) ABSL_LOCKS_EXCLUDED(mutex_);
  void EndTurn() ABSL_LOCKS_EXCLUDED(mutex_);
  bool IsFree() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !is_taken_; }

  absl::Status CatchUp(const RecordReader& reader, uint64_t target, const SearchControl& control);
  absl::Status TakeIn(const RecordReader& reader, uint64_t up_to, ClusterLinker& linker, const SearchControl& control);
  absl::StatusOr<BandGroups::Earlier> LookUp(ClusterLinker& linker, uint32_t doc) const;
  absl::Status Mend(ClusterLinker& linker, const SearchControl& control);
  Picked Pick(const ClusterQuery& query) const;

  const RecordDatabase& database_;
  const NearIndex& near_index_;

  absl::Mutex mutex_;
  bool is_taken_ ABSL_GUARDED_BY(mutex_) = false;

  // Of whose turn it is.
  ClusterGraph graph_;
  uint64_t up_to_ = 0;                       // the change up to which graph_ is
  std::vector<std::vector<uint32_t>> torn_;  // clusters that came apart and are still to be mended
  // Of an earlier moment something is unknown: what went before this index was begun.
  uint64_t known_from_ = 0;
  bool is_begun_ = false;
  bool is_complete_ = true;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CLUSTER_INDEX_H_
