#ifndef GISA_STORAGE_LEVELDB_INDEX_VALUES_H_
#define GISA_STORAGE_LEVELDB_INDEX_VALUES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/index/doc_table.h"
#include "storage/index/document.h"
#include "storage/leveldb/index_keys.h"

namespace gisa {

// A segment on disk. It never changes, but may give way to one that holds the documents of several.
struct SegmentInfo {
  SegmentId id = 0;
  DocId first_doc = kNoDoc;
  DocId last_doc = kNoDoc;
  uint32_t documents = 0;  // at least one; fewer than the range has where some were removed
};

// What the index on disk consists of. Written after what it speaks of.
struct IndexState {
  uint64_t indexed_up_to = 0;         // sequence
  DocId doc_id_limit = 1;             // above every document on disk
  std::vector<SegmentInfo> segments;  // by document; no two overlap
};

std::string EncodeIndexState(const IndexState& state);
// INTERNAL DATA_CORRUPTED.
absl::Status DecodeIndexState(absl::string_view bytes, IndexState* state);

// Encodes the values that `table` has for `docs` (at least one, ascending) as columns, each with a tag: readers pass
// over those that they do not know.
std::string EncodeValues(absl::Span<const DocId> docs, const DocTable& table);

// Takes what EncodeValues made, whose first document was `first_doc`, apart. INTERNAL DATA_CORRUPTED.
absl::Status DecodeValues(DocId first_doc, absl::string_view bytes,
                          absl::FunctionRef<void(DocId, const DocValues&)> visit);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_VALUES_H_
