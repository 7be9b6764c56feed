#ifndef GISA_STORAGE_LEVELDB_ARCHIVE_STATE_H_
#define GISA_STORAGE_LEVELDB_ARCHIVE_STATE_H_

#include "absl/status/statusor.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/leveldb/record_database.h"

namespace gisa {

// Reads the archive's counters; those of an empty archive when none were written yet.
absl::StatusOr<storage::v1::StateRecord> ReadState(const RecordDatabase& database);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_ARCHIVE_STATE_H_
