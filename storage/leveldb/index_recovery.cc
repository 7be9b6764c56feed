#include "storage/leveldb/index_recovery.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gisa/storage/v1/records.pb.h"
#include "leveldb/db.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/change_feed.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/record_reader.h"

namespace gisa {
namespace {

using storage::v1::ChangeRecord;

// The change as the index takes it. A document that was replaced or deleted later is left out: that later change is
// still to come, and removes nothing.
absl::StatusOr<IndexChange> ToIndexChange(const RecordReader& reader, uint64_t sequence, const ChangeRecord& record) {
  IndexChange change;
  change.sequence = sequence;
  change.removed = static_cast<DocId>(record.replaced());
  if (record.type() == storage::v1::CHANGE_TYPE_DELETED) return change;
  const auto doc_id = static_cast<DocId>(sequence);
  ASSIGN_OR_RETURN(const std::optional<StoredArticle> article, reader.GetDocument(doc_id));
  if (!article.has_value()) return change;
  change.added =
      IndexedDocument{doc_id, DocFieldsOf(article->article, article->content_hash), AnalyzeDocument(article->article)};
  return change;
}

}  // namespace

absl::Status ApplyChangesFrom(uint64_t sequence, const RecordDatabase& database, SearchIndex& index) {
  const RecordReader reader(database);
  std::vector<IndexChange> changes;
  const auto add = [&](uint64_t number, const ChangeValue& change) -> absl::Status {
    ASSIGN_OR_RETURN(changes.emplace_back(), ToIndexChange(reader, number, change.record));
    return absl::OkStatus();
  };
  return ReadChangeFeed(database, reader, sequence, add, [&] { index.Apply(std::exchange(changes, {})); });
}

absl::StatusOr<std::unique_ptr<SearchIndex>> OpenIndexFor(const RecordDatabase& database, uint64_t last_sequence,
                                                          const SearchIndex::Options& options,
                                                          const EventSink& on_event) {
  absl::StatusOr<std::unique_ptr<SearchIndex>> index = SearchIndex::Open(options);
  const std::string reason = ErrorReason(index.status());
  const bool is_unusable = reason == "DATA_CORRUPTED" || reason == "SCHEMA_TOO_OLD";
  if (!index.ok() && !is_unusable) return index;
  if (is_unusable || (*index)->indexed_up_to() > last_sequence) {
    if (on_event) {
      const bool is_old = reason == "SCHEMA_TOO_OLD";
      const std::string why = is_unusable ? std::string(index.status().message()) : "it is ahead of the records";
      on_event({!is_old, "the search index is built anew", why});
    }
    if (index.ok()) index->reset();
    leveldb::Options destroy;
    destroy.env = options.env;
    RETURN_IF_ERROR(FromLevelDb(leveldb::DestroyDB(options.dir, destroy), absl::StrCat("remove ", options.dir)));
    index = SearchIndex::Open(options);
    RETURN_IF_ERROR(index.status());
  }
  RETURN_IF_ERROR(ApplyChangesFrom((*index)->indexed_up_to() + 1, database, **index));
  return index;
}

}  // namespace gisa
