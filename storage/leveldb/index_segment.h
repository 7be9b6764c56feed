#ifndef GISA_STORAGE_LEVELDB_INDEX_SEGMENT_H_
#define GISA_STORAGE_LEVELDB_INDEX_SEGMENT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/index/doc_table.h"
#include "storage/index/document.h"
#include "storage/index/memory_segment.h"
#include "storage/leveldb/segment_writer.h"

namespace gisa {

// What was applied since the last flush.
struct IndexSegment {
  MemorySegment postings;
  std::vector<DocId> docs;     // added, ascending
  std::vector<DocId> removed;  // from this segment or from before
  // After its last change.
  uint64_t indexed_up_to = 0;
  DocId doc_id_limit = 1;
};

// Writes the segment's documents. `table` has their values.
absl::StatusOr<std::shared_ptr<const SegmentFile>> WriteSegment(const IndexSegment& segment, const DocTable& table,
                                                                SegmentWriter* writer);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_SEGMENT_H_
