#ifndef GISA_STORAGE_LEVELDB_NEAR_RECOVERY_H_
#define GISA_STORAGE_LEVELDB_NEAR_RECOVERY_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/event_sink.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_database.h"

namespace gisa {

// Brings the near-duplicate index up to the records: sketches anew what changes from `sequence` on brought.
absl::Status ApplyChangesFrom(uint64_t sequence, const RecordDatabase& database, NearIndex& index);

// Opens the near-duplicate index of an archive whose last change is `last_sequence`, and brings it up to that. One that
// is damaged, ahead of the records, or of sketches made otherwise is thrown away and built anew, which `on_event` is
// told.
absl::StatusOr<std::unique_ptr<NearIndex>> OpenNearIndexFor(const RecordDatabase& database, uint64_t last_sequence,
                                                            const NearIndex::Options& options,
                                                            const EventSink& on_event);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_RECOVERY_H_
