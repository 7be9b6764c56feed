#ifndef GISA_STORAGE_LEVELDB_CLUSTER_LINKER_H_
#define GISA_STORAGE_LEVELDB_CLUSTER_LINKER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/dedup/cluster_graph.h"
#include "storage/dedup/shingle_set.h"
#include "storage/dedup/sketch.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_reader.h"
#include "storage/search.h"

namespace gisa {

// Finds out which documents belong together by reading and comparing their bodies, and notes it in a graph. A document
// that is not an article's current revision is passed over, and so is one that cannot be read.
//
// Not thread-safe.
class ClusterLinker {
 public:
  // All must outlive it.
  ClusterLinker(const RecordReader& reader, const NearIndex& near_index, ClusterGraph& graph)
      : reader_(reader), near_index_(near_index), graph_(graph) {}

  // A document that is not current, so that it need not be read to be passed over. Those that are gone in the graph are
  // known to be.
  void NoteGone(uint32_t doc) { gone_.insert(doc); }

  // Bands and sample of a document's body; empty when it is to be passed over, or too short to be compared.
  absl::StatusOr<Sketch> SketchOf(uint32_t doc);

  // Takes in a document whose body others brought before, unless the body is too short to be compared.
  absl::Status AddHolder(uint32_t doc, uint32_t body);

  // Compares a document with those that may be like it, but for those that are already joined with it; in their order,
  // and with so many at most. `is_complete`: no such document is missing among them.
  absl::Status Link(uint32_t doc, uint32_t body, absl::Span<const uint32_t> candidates, bool is_complete,
                    const SearchControl& control);

  // Compares the bodies of a cluster that has come apart with one another. When it ends with an error it can be done
  // again.
  absl::Status Relink(absl::Span<const uint32_t> bodies, const SearchControl& control);

  // Whether something that belongs to no member may have been left out.
  bool is_complete() const { return is_complete_; }

 private:
  struct Text {
    bool is_current = false;
    int64_t published = ClusterGraph::kNoTime;
    ShingleSet shingles;
    Sketch sketch;  // without its fingerprints
  };

  // nullopt for a document to be passed over.
  absl::StatusOr<std::optional<StoredArticle>> ReadArticle(uint32_t doc, View view);

  absl::StatusOr<std::shared_ptr<const Text>> Read(uint32_t doc);
  // Whether there was room.
  bool AddMember(uint32_t doc, uint32_t body, int64_t published);
  // Whether a document may be current, and is not joined with the body.
  bool MayJoin(uint32_t candidate, uint32_t body);
  // The body of a document, a member or not.
  uint32_t BodyOf(uint32_t doc) const { return graph_.BodyOf(doc).value_or(doc); }

  const RecordReader& reader_;
  const NearIndex& near_index_;
  ClusterGraph& graph_;
  bool is_complete_ = true;
  absl::flat_hash_set<uint32_t> gone_;
  absl::flat_hash_map<uint32_t, std::shared_ptr<const Text>> texts_;  // read of late
  size_t text_bytes_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CLUSTER_LINKER_H_
