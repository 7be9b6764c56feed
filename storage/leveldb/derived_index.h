#ifndef GISA_STORAGE_LEVELDB_DERIVED_INDEX_H_
#define GISA_STORAGE_LEVELDB_DERIVED_INDEX_H_

#include <cstdint>
#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/status_macros.h"
#include "storage/event_sink.h"

namespace gisa {

// Whether an index that does not open with this error should be made anew: it is damaged, or of an older schema.
bool IsUnusable(const absl::Status& error);

// Says that an index is built anew, and why: the error with which it does not open, or OK when it is ahead of the
// records.
void TellOfRebuild(absl::string_view name, const absl::Status& error, const EventSink& on_event);

// Opens an index that can be made anew from the records, whose last change is `last_sequence`. One that is unusable, or
// ahead of the records because these lost unsynced writes or an older copy was put back, is removed by `destroy`, and
// an empty one opened in its place; `on_event` is told, with its name, such as `search index`.
template <typename Index>
absl::StatusOr<std::unique_ptr<Index>> OpenDerivedIndex(absl::string_view name, const typename Index::Options& options,
                                                        absl::FunctionRef<absl::Status()> destroy,
                                                        uint64_t last_sequence, const EventSink& on_event) {
  absl::StatusOr<std::unique_ptr<Index>> index = Index::Open(options);
  const bool stays = index.ok() ? (*index)->indexed_up_to() <= last_sequence : !IsUnusable(index.status());
  if (stays) return index;
  TellOfRebuild(name, index.status(), on_event);
  if (index.ok()) index->reset();
  RETURN_IF_ERROR(destroy());
  return Index::Open(options);
}

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_DERIVED_INDEX_H_
