#ifndef GISA_STORAGE_LEVELDB_SEGMENT_MERGER_H_
#define GISA_STORAGE_LEVELDB_SEGMENT_MERGER_H_

#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/index/doc_bitmap.h"
#include "storage/index/doc_table.h"
#include "storage/leveldb/index_values.h"
#include "storage/leveldb/segment_file.h"
#include "storage/leveldb/segment_writer.h"

namespace gisa {

struct MergedSegment {
  SegmentInfo info;  // of no documents, and then not to be used, when none was left
  std::shared_ptr<const SegmentFile> file;
  std::vector<DocId> dropped;  // removed documents, now without a trace in postings and values
};

// Writes one segment with what `inputs`, neighbours by document, hold of documents that are not in `removed`. `table`
// has the values of their documents. Reads every input once, in the order of terms; memory is bounded by a term's
// chunk. CANCELLED once `should_stop` says so; INTERNAL DATA_CORRUPTED.
absl::StatusOr<MergedSegment> MergeSegments(absl::Span<const std::shared_ptr<const SegmentFile>> inputs,
                                            const DocTable& table, const DocBitmap& removed,
                                            absl::FunctionRef<bool()> should_stop, SegmentWriter* writer);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_SEGMENT_MERGER_H_
