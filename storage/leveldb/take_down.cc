#include "storage/leveldb/take_down.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/strings/str_cat.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/content_store.h"

namespace gisa {
namespace {

using storage::v1::ArticleRecord;
using storage::v1::ChangeRecord;
using storage::v1::StateRecord;

absl::StatusOr<std::vector<ArticleRecord>> SupersededRevisions(const ArticleKey& key, Transaction& transaction) {
  std::vector<ArticleRecord> revisions;
  absl::Status malformed;
  RETURN_IF_ERROR(
      transaction.Scan(RecordKey::RevisionsOf(key), [&](absl::string_view key_bytes, absl::string_view value) {
        if (revisions.emplace_back().ParseFromArray(value.data(), static_cast<int>(value.size()))) return true;
        malformed = RecordDatabase::MalformedRecord(key_bytes);
        return false;
      }));
  RETURN_IF_ERROR(malformed);
  return revisions;
}

void StageTombstone(const ArticleKey& key, const ArticleRecord& existing, absl::string_view reason, absl::Time now,
                    Transaction& transaction) {
  const uint64_t sequence = transaction.state().next_sequence();
  ArticleRecord record;
  record.set_revision(existing.revision());
  record.set_sequence(sequence);
  record.mutable_tombstone()->set_reason(std::string(reason));
  SetMoment(now, record.mutable_tombstone()->mutable_deleted_at());
  transaction.PutRecord(RecordKey::OfArticle(key), record);

  ChangeRecord change;
  change.set_type(storage::v1::CHANGE_TYPE_DELETED);
  change.set_oid(key.oid);
  change.set_aid(key.aid);
  change.set_revision(existing.revision());
  change.set_replaced_doc_id(existing.doc_id());
  SetMoment(now, change.mutable_committed_at());
  transaction.PutRecord(RecordKey::OfChange(sequence), change);
  transaction.state().set_next_sequence(sequence + 1);
  transaction.AddIndexChange({sequence, std::nullopt, existing.doc_id()});
}

}  // namespace

absl::StatusOr<DeleteResult> ApplyDelete(const ArticleKey& key, absl::string_view reason, absl::Time now,
                                         Transaction& transaction) {
  ASSIGN_OR_RETURN(const std::optional<ArticleRecord> existing,
                   transaction.GetRecord<ArticleRecord>(RecordKey::OfArticle(key)));
  if (!existing.has_value()) {
    return MakeError(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND", absl::StrCat("no article ", key.ToString()));
  }
  if (existing->has_tombstone()) {
    return DeleteResult{key, existing->sequence(), absl::FromUnixMicros(existing->tombstone().deleted_at().micros()),
                        existing->tombstone().reason()};
  }

  ASSIGN_OR_RETURN(std::vector<ArticleRecord> revisions, SupersededRevisions(key, transaction));
  for (const ArticleRecord& record : revisions) transaction.Delete(RecordKey::OfRevision(key, record.revision()));
  revisions.push_back(*existing);

  absl::btree_set<Sha256Digest> content_hashes;
  for (const ArticleRecord& record : revisions) {
    ASSIGN_OR_RETURN(const Sha256Digest content_hash, ContentHashOf(key, record));
    content_hashes.insert(content_hash);
    const std::optional<absl::Time> published_at = FromRecord(record.has_published_at(), record.published_at());
    transaction.Delete(RecordKey::OfTime(published_at, key));
    transaction.Delete(RecordKey::OfPublisherTime(published_at, key));
  }
  for (const Sha256Digest& content_hash : content_hashes) {
    RETURN_IF_ERROR(RemoveHolder(transaction, content_hash, key));
  }
  transaction.Delete(RecordKey::OfDocument(existing->doc_id()));

  const uint64_t sequence = transaction.state().next_sequence();
  StageTombstone(key, *existing, reason, now, transaction);
  StateRecord& state = transaction.state();
  state.set_articles(state.articles() - 1);
  state.set_revisions(state.revisions() - revisions.size());
  state.set_tombstones(state.tombstones() + 1);
  // As precise as the tombstone, so that a retry returns the very same.
  const absl::Time deleted_at = absl::FromUnixMicros(absl::ToUnixMicros(now));
  return DeleteResult{key, sequence, deleted_at, std::string(reason)};
}

}  // namespace gisa
