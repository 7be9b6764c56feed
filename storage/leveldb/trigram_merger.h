#ifndef GISA_STORAGE_LEVELDB_TRIGRAM_MERGER_H_
#define GISA_STORAGE_LEVELDB_TRIGRAM_MERGER_H_

#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "storage/index/doc_bitmap.h"
#include "storage/leveldb/segment_file.h"
#include "storage/leveldb/trigram_writer.h"

namespace gisa {

// Writes the trigrams of what `inputs`, neighbours by document, are merged to: lists of the documents that are not in
// `removed`. In every input that has a document with one of the writer's bigrams it must be a frequent one. CANCELLED
// once `should_stop` says so; INTERNAL DATA_CORRUPTED.
absl::Status MergeTrigrams(absl::Span<const std::shared_ptr<const SegmentFile>> inputs, const DocBitmap& removed,
                           absl::FunctionRef<bool()> should_stop, TrigramWriter* writer);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TRIGRAM_MERGER_H_
