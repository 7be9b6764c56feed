#include "storage/leveldb/index_recovery.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gisa/storage/v1/records.pb.h"
#include "leveldb/db.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/change_feed.h"
#include "storage/leveldb/derived_index.h"
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
  const auto destroy = [&options] { return SearchIndex::Destroy(options); };
  ASSIGN_OR_RETURN(std::unique_ptr<SearchIndex> index,
                   OpenDerivedIndex<SearchIndex>("search index", options, destroy, last_sequence, on_event));
  RETURN_IF_ERROR(ApplyChangesFrom(index->indexed_up_to() + 1, database, *index));
  return index;
}

}  // namespace gisa
