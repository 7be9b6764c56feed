#ifndef GISA_STORAGE_DEDUP_CLUSTER_SNAPSHOT_H_
#define GISA_STORAGE_DEDUP_CLUSTER_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "storage/clusters.h"
#include "storage/dedup/cluster_graph.h"

namespace gisa {

// A cluster in numbers.
struct ClusterFacts {
  ClusterRank rank;
  uint32_t bodies = 0;
  int64_t first_published = std::numeric_limits<int64_t>::max();  // that number when none says
  bool is_complete = true;
};

// The clusters of one moment. Linear in the size of the graph, which must outlive it and not change.
//
// Not thread-safe.
class ClusterSnapshot {
 public:
  // As they were after the change `as_of`.
  ClusterSnapshot(const ClusterGraph& graph, uint64_t as_of);

  // Those of at least two articles, in no order.
  const std::vector<ClusterFacts>& clusters() const { return clusters_; }

  // For each of the clusters named by their roots, in the same order, its members that are still current.
  std::vector<std::vector<ClusterGraph::Member>> CurrentMembers(absl::Span<const uint64_t> roots);

 private:
  bool IsMember(const ClusterGraph::Member& member) const {
    return member.doc <= as_of_ && (member.gone_at == 0 || member.gone_at > as_of_);
  }

  const ClusterGraph& graph_;
  const uint64_t as_of_;
  UnionFind joined_;  // places among graph_.bodies()
  std::vector<ClusterFacts> clusters_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_CLUSTER_SNAPSHOT_H_
