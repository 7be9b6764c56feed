#ifndef GISA_STORAGE_LEVELDB_CHANGE_FEED_H_
#define GISA_STORAGE_LEVELDB_CHANGE_FEED_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "storage/leveldb/change_value.h"
#include "storage/leveldb/record_reader.h"

namespace gisa {

// Calls `visit` with each change from `sequence` to `last`, and after so many, and at the end, `apply`: then all that
// was visited is known to be whole, for nothing was left out behind a block that could not be read. Stops at the first
// error, of reading or of `visit`. INTERNAL DATA_CORRUPTED.
absl::Status ReadChangeFeed(const RecordDatabase& database, const RecordReader& reader, uint64_t sequence,
                            absl::FunctionRef<absl::Status(uint64_t sequence, const ChangeValue& change)> visit,
                            absl::FunctionRef<void()> apply, uint64_t last = UINT64_MAX);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CHANGE_FEED_H_
