#ifndef GISA_STORAGE_LEVELDB_LEVELDB_STATUS_H_
#define GISA_STORAGE_LEVELDB_LEVELDB_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "leveldb/status.h"

namespace gisa {

// Translates LevelDB's status; `what` says what was being done, such as "read article 018/0006192082".
//   Corruption                   INTERNAL DATA_CORRUPTED
//   NotFound                     NOT_FOUND without a reason
//   lock held by someone else    UNAVAILABLE STORAGE_LOCKED
//   no permission, read-only     PERMISSION_DENIED STORAGE_NO_PERMISSION
//   no space, quota exceeded     RESOURCE_EXHAUSTED DISK_FULL
//   any other I/O error          UNAVAILABLE STORAGE_IO_ERROR
//   anything else                INTERNAL STORAGE_ERROR
absl::Status FromLevelDb(const leveldb::Status& status, absl::string_view what);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_LEVELDB_STATUS_H_
