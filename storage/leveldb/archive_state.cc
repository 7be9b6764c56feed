#include "storage/leveldb/archive_state.h"

#include <optional>

#include "storage/base/status_macros.h"

namespace gisa {

using storage::v1::StateRecord;

absl::StatusOr<StateRecord> ReadState(const RecordDatabase& database) {
  ASSIGN_OR_RETURN(std::optional<StateRecord> state, database.Latest().GetRecord<StateRecord>(RecordKey::OfState()));
  if (state.has_value()) return *std::move(state);
  StateRecord first;  // zero means none
  first.set_next_sequence(1);
  return first;
}

}  // namespace gisa
