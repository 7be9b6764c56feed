#ifndef GISA_STORAGE_LEVELDB_DUPLICATE_READER_H_
#define GISA_STORAGE_LEVELDB_DUPLICATE_READER_H_

#include "absl/status/statusor.h"
#include "storage/duplicates.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_database.h"
#include "storage/search.h"

namespace gisa {

// Reads one page of an article's duplicates: those with the same body by key, then those alike by similarity, then
// those contained by containment, of equals by key. Errors as Archive::FindDuplicates. Thread-safe.
absl::StatusOr<DuplicatePage> ReadDuplicatePage(const NearIndex& index, const RecordDatabase& database,
                                                const DuplicateQuery& query, const SearchControl& control);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_DUPLICATE_READER_H_
