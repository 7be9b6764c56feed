#ifndef GISA_STORAGE_LEVELDB_EXPORT_READER_H_
#define GISA_STORAGE_LEVELDB_EXPORT_READER_H_

#include "absl/status/statusor.h"
#include "storage/archive.h"
#include "storage/leveldb/record_database.h"

namespace gisa {

// Reads one page of an export. The snapshot is a sequence number: an article revised since is given at its revision of
// that time, which is still stored, so nothing is held between pages. Looks at a bounded number of entries, and may
// therefore return fewer articles than asked for, even none, before the end. See Archive::Export.
absl::StatusOr<ExportPage> ReadExportPage(const RecordDatabase& database, const ExportFilter& filter, ExportOrder order,
                                          View view, const ExportCursor& cursor, size_t limit, size_t max_bytes);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_EXPORT_READER_H_
