#include "storage/leveldb/change_feed.h"

#include <optional>

#include "absl/strings/match.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

// Bounds the memory of those who collect changes, and keeps the locks short under which they apply them.
constexpr size_t kChangesPerApply = 256;

}  // namespace

absl::Status ReadChangeFeed(const RecordDatabase& database, const RecordReader& reader, uint64_t sequence,
                            absl::FunctionRef<absl::Status(uint64_t sequence, const ChangeValue& change)> visit,
                            absl::FunctionRef<void()> apply, uint64_t last) {
  const auto iterator = reader.view().NewIterator();
  const RecordKey all = RecordKey::AllChanges();
  size_t visited = 0;
  for (iterator->Seek(RecordKey::OfChange(sequence).slice()); iterator->Valid(); iterator->Next()) {
    const absl::string_view key(iterator->key().data(), iterator->key().size());
    if (!absl::StartsWith(key, all.bytes())) break;
    const std::optional<uint64_t> number = DecodeChangeKey(key);
    ChangeValue change;
    if (!number.has_value() ||
        !DecodeChangeValue(*number, {iterator->value().data(), iterator->value().size()}, &change)) {
      return RecordDatabase::MalformedRecord(key);
    }
    if (*number > last) break;
    RETURN_IF_ERROR(visit(*number, change));
    if (++visited % kChangesPerApply != 0) continue;
    // Before anything behind a block that the iterator could not read is called whole.
    RETURN_IF_ERROR(database.IteratorError(*iterator, "read the change feed"));
    apply();
  }
  RETURN_IF_ERROR(database.IteratorError(*iterator, "read the change feed"));
  apply();
  return absl::OkStatus();
}

}  // namespace gisa
