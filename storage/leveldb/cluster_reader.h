#ifndef GISA_STORAGE_LEVELDB_CLUSTER_READER_H_
#define GISA_STORAGE_LEVELDB_CLUSTER_READER_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/clusters.h"
#include "storage/dedup/cluster_graph.h"
#include "storage/leveldb/record_reader.h"

namespace gisa {

// Makes a cluster of its current members, of which there is at least one, in any order: its numbers, and the articles
// of the first `max_members`. Errors of reading.
absl::StatusOr<Cluster> ReadCluster(const RecordReader& reader, std::vector<ClusterGraph::Member> members,
                                    size_t max_members);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CLUSTER_READER_H_
