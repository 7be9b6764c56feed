#ifndef GISA_STORAGE_LEVELDB_INDEX_RECOVERY_H_
#define GISA_STORAGE_LEVELDB_INDEX_RECOVERY_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/event_sink.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/search_index.h"

namespace gisa {

// Opens the search index and applies what it lacks of the records, whose last sequence number is `last_sequence`. An
// index that is corrupt, of an older schema, or ahead of the records, is thrown away and built anew; `on_event` is
// told.
absl::StatusOr<std::unique_ptr<SearchIndex>> OpenIndexFor(const RecordDatabase& database, uint64_t last_sequence,
                                                          const SearchIndex::Options& options,
                                                          const EventSink& on_event);

// Applies what the change feed has from `sequence` on.
absl::Status ApplyChangesFrom(uint64_t sequence, const RecordDatabase& database, SearchIndex& index);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_RECOVERY_H_
