#include "storage/leveldb/take_down.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/str_cat.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/change_value.h"
#include "storage/leveldb/content_store.h"
#include "storage/leveldb/text_rewriter.h"

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

absl::StatusOr<ChangeValue> ReadChange(uint64_t sequence, const Transaction& transaction) {
  return ParseChange(sequence, transaction.Get(RecordKey::OfChange(sequence)));
}

// Writes a change without what its article said: with its body alone, or with no text at all.
absl::Status StripChange(uint64_t sequence, bool keep_body, Transaction& transaction) {
  ASSIGN_OR_RETURN(ChangeValue change, ReadChange(sequence, transaction));
  std::string stored_text;
  if (keep_body) {
    ASSIGN_OR_RETURN(const ChangeText text, ReadText(change, transaction.text_codec()));
    stored_text = transaction.text_codec().Encode(text.body);
  } else {
    change.record.clear_content_hash();
    change.record.clear_body_id();
    change.record.clear_body_size();
  }
  SetTimes(ArticleTimes(), &change.record);
  ReplaceText(sequence, std::move(change), stored_text, transaction);
  return absl::OkStatus();
}

// Stages the removal of a revision's entries. Notes its body in *held, and its change in *changes with whether that has
// the body.
absl::Status RemoveRevision(const ArticleKey& key, const ArticleRecord& revision, absl::btree_set<Sha256Digest>* held,
                            absl::btree_map<uint64_t, bool>* changes, Transaction& transaction) {
  ASSIGN_OR_RETURN(const ChangeValue change, ReadChange(revision.sequence(), transaction));
  ASSIGN_OR_RETURN(const Sha256Digest content_hash, ContentHashOf(change));
  const std::optional<absl::Time> published_at = TimesOf(change.record).published_at;
  transaction.Delete(RecordKey::OfTime(published_at, key));
  transaction.Delete(RecordKey::OfPublisherTime(published_at, key));
  transaction.Delete(RecordKey::OfRevision(key, revision.revision()));
  held->insert(content_hash);
  changes->emplace(revision.sequence(), change.record.body_id() == revision.sequence());
  return absl::OkStatus();
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
  change.set_revision(existing.revision());
  change.set_replaced(existing.sequence());
  change.set_committed_at_micros(absl::ToUnixMicros(now));
  transaction.Put(RecordKey::OfChange(sequence), EncodeChangeValue(sequence, key, std::move(change), ""));
  transaction.state().set_next_sequence(sequence + 1);
  transaction.AddNearChange({sequence, Sketch()});
  transaction.AddIndexChange({sequence, std::nullopt, static_cast<DocId>(existing.sequence())});
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
  revisions.push_back(*existing);

  absl::btree_set<Sha256Digest> held;
  absl::btree_map<uint64_t, bool> changes;  // by sequence: whether a body stays in it
  for (const ArticleRecord& revision : revisions) {
    RETURN_IF_ERROR(RemoveRevision(key, revision, &held, &changes, transaction));
  }
  for (const Sha256Digest& content_hash : held) {
    ASSIGN_OR_RETURN(const RemovedContent removed, RemoveHolder(transaction, content_hash, key));
    // May be the change of an article that was deleted before, of which only this body was left.
    if (removed.was_last) changes[removed.body_id] = false;
  }
  for (const auto& [changed, keep_body] : changes) RETURN_IF_ERROR(StripChange(changed, keep_body, transaction));

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
