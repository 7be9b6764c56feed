#include "storage/leveldb/near_recovery.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gisa/storage/v1/records.pb.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/change_feed.h"
#include "storage/leveldb/derived_index.h"
#include "storage/leveldb/record_reader.h"

namespace gisa {

absl::Status ApplyChangesFrom(uint64_t sequence, const RecordDatabase& database, NearIndex& index) {
  const RecordReader reader(database);
  Sketcher sketcher;
  std::vector<NearChange> changes;
  const auto add = [&](uint64_t number, const ChangeValue& change) -> absl::Status {
    NearChange& near = changes.emplace_back();
    near.sequence = number;
    if (change.record.type() == storage::v1::CHANGE_TYPE_DELETED) return absl::OkStatus();
    // None when it was replaced or deleted later.
    ASSIGN_OR_RETURN(const std::optional<StoredArticle> article, reader.GetDocument(static_cast<uint32_t>(number)));
    if (article.has_value()) near.sketch = sketcher.MakeKept(article->article.body);
    return absl::OkStatus();
  };
  return ReadChangeFeed(database, reader, sequence, add, [&] { index.Apply(std::exchange(changes, {})); });
}

absl::StatusOr<std::unique_ptr<NearIndex>> OpenNearIndexFor(const RecordDatabase& database, uint64_t last_sequence,
                                                            const NearIndex::Options& options,
                                                            const EventSink& on_event) {
  const auto destroy = [&options] { return NearDatabase::Destroy(options.database); };
  ASSIGN_OR_RETURN(std::unique_ptr<NearIndex> index,
                   OpenDerivedIndex<NearIndex>("near-duplicate index", options, destroy, last_sequence, on_event));
  RETURN_IF_ERROR(ApplyChangesFrom(index->indexed_up_to() + 1, database, *index));
  return index;
}

}  // namespace gisa
