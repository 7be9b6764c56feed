#include "storage/leveldb/ingest.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/analyzed_document.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/body_codec.h"
#include "storage/leveldb/content_store.h"

namespace gisa {
namespace {

using storage::v1::ArticleRecord;
using storage::v1::ChangeRecord;
using storage::v1::ContentRecord;
using storage::v1::StateRecord;

bool IsLive(const std::optional<ArticleRecord>& record) { return record.has_value() && !record->has_tombstone(); }

absl::Status DeletedError(const ArticleKey& key, const storage::v1::Tombstone& tombstone) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "ARTICLE_DELETED",
      absl::StrCat("article ", key.ToString(), " was deleted at ",
                   absl::FormatTime(absl::FromUnixMicros(tombstone.deleted_at().micros()), absl::UTCTimeZone()),
                   "; say `undelete` to bring it back"));
}

storage::v1::ChangeType ToChangeType(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return storage::v1::CHANGE_TYPE_CREATED;
    case Outcome::kDuplicate:
      return storage::v1::CHANGE_TYPE_DUPLICATE;
    case Outcome::kRevised:
      return storage::v1::CHANGE_TYPE_REVISED;
    case Outcome::kUnchanged:
      break;
  }
  return storage::v1::CHANGE_TYPE_UNSPECIFIED;
}

std::optional<int64_t> Micros(const std::optional<absl::Time>& time) {
  if (!time.has_value()) return std::nullopt;
  return absl::ToUnixMicros(*time);
}

bool CrawledLater(const ArticleRecord& a, const ArticleRecord& b) {
  if (!a.has_last_crawled_at()) return false;
  return !b.has_last_crawled_at() || a.last_crawled_at().micros() > b.last_crawled_at().micros();
}

// The same article was crawled again: at most its last_crawled_at moves.
absl::StatusOr<IngestResult> ApplyUnchanged(const ArticleKey& key, const Sha256Digest& content_hash,
                                            ArticleRecord existing, const ArticleRecord& again,
                                            Transaction& transaction) {
  const RecordKey content_key = RecordKey::OfContent(content_hash);
  ASSIGN_OR_RETURN(const std::optional<ContentRecord> content, transaction.GetRecord<ContentRecord>(content_key));
  if (!content.has_value()) return RecordDatabase::MalformedRecord(content_key.bytes());
  if (CrawledLater(again, existing)) {
    *existing.mutable_last_crawled_at() = again.last_crawled_at();
    transaction.PutRecord(RecordKey::OfArticle(key), existing);
  }
  return IngestResult{key,          Outcome::kUnchanged,  existing.revision(), existing.sequence(),
                      content_hash, CanonicalOf(*content)};
}

// Stages what makes `record` the current revision of `key`, in place of `existing`.
void StageRevision(const ArticleKey& key, const std::optional<absl::Time>& published_at, const ArticleRecord& record,
                   const std::optional<ArticleRecord>& existing, Outcome outcome, Transaction& transaction) {
  ChangeRecord change;
  change.set_type(ToChangeType(outcome));
  change.set_oid(key.oid);
  change.set_aid(key.aid);
  change.set_revision(record.revision());
  change.set_doc_id(record.doc_id());
  *change.mutable_committed_at() = record.ingested_at();
  if (IsLive(existing)) {
    change.set_replaced_doc_id(existing->doc_id());
    transaction.PutRecord(RecordKey::OfRevision(key, existing->revision()), *existing);
    transaction.Delete(RecordKey::OfDocument(existing->doc_id()));
  }
  transaction.PutRecord(RecordKey::OfArticle(key), record);
  transaction.Put(RecordKey::OfDocument(record.doc_id()), EncodeKeyValue(key));
  // A superseded revision keeps its time entries: an export of the archive as it was finds it there.
  transaction.Put(RecordKey::OfTime(published_at, key), "");
  transaction.Put(RecordKey::OfPublisherTime(published_at, key), "");
  transaction.PutRecord(RecordKey::OfChange(record.sequence()), change);
}

}  // namespace

size_t PreparedArticle::Bytes() const {
  return sizeof(*this) + article.title.size() + article.body.size() + (terms != nullptr ? terms->memory_bytes() : 0) +
         (encoded_body ? encoded_body->size() : 0);
}

absl::StatusOr<PreparedArticle> PrepareArticle(const RecordDatabase& database, IngestCommand command) {
  PreparedArticle prepared;
  prepared.content_hash = Sha256(command.article.body);
  if (command.stated_content_hash.has_value() && *command.stated_content_hash != prepared.content_hash) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "CONTENT_HASH_MISMATCH",
        absl::StrCat("article ", command.article.key.ToString(), ": the stated content_hash is ",
                     ToHex(*command.stated_content_hash), ", that of the body ", ToHex(prepared.content_hash)));
  }
  prepared.article = std::move(command.article);
  prepared.undelete = command.undelete;

  const RecordDatabase::View view = database.Latest();
  ASSIGN_OR_RETURN(const std::optional<ArticleRecord> existing,
                   view.GetRecord<ArticleRecord>(RecordKey::OfArticle(prepared.article.key)));
  if (IsLive(existing) && SameContent(*existing, ToRecord(prepared.article, prepared.content_hash))) return prepared;
  ASSIGN_OR_RETURN(const std::optional<std::string> content, view.Get(RecordKey::OfContent(prepared.content_hash)));
  if (!content.has_value()) prepared.encoded_body = EncodeBody(prepared.article.body);
  prepared.terms = AnalyzeDocument(prepared.article);
  return prepared;
}

absl::StatusOr<IngestResult> ApplyIngest(PreparedArticle& prepared, absl::Time now, Transaction& transaction) {
  const Article& article = prepared.article;
  const ArticleKey& key = article.key;
  ASSIGN_OR_RETURN(const std::optional<ArticleRecord> existing,
                   transaction.GetRecord<ArticleRecord>(RecordKey::OfArticle(key)));
  ArticleRecord record = ToRecord(article, prepared.content_hash);
  const bool replaces = IsLive(existing);
  if (replaces && SameContent(*existing, record)) {
    return ApplyUnchanged(key, prepared.content_hash, *existing, record, transaction);
  }
  if (existing.has_value() && !replaces && !prepared.undelete) return DeletedError(key, existing->tombstone());

  StateRecord& state = transaction.state();
  if (state.next_doc_id() == std::numeric_limits<uint32_t>::max()) {
    return MakeError(absl::StatusCode::kResourceExhausted, "DOCUMENT_IDS_EXHAUSTED",
                     "the archive has numbered 4,294,967,294 documents and cannot number more");
  }
  record.set_revision(existing.has_value() ? existing->revision() + 1 : 1);
  record.set_sequence(state.next_sequence());
  record.set_doc_id(state.next_doc_id());
  SetMoment(now, record.mutable_ingested_at());
  if (replaces && CrawledLater(*existing, record)) {
    *record.mutable_last_crawled_at() = existing->last_crawled_at();
  }
  state.set_next_sequence(state.next_sequence() + 1);
  state.set_next_doc_id(state.next_doc_id() + 1);
  state.set_revisions(state.revisions() + 1);
  if (!replaces) state.set_articles(state.articles() + 1);
  if (!replaces && existing.has_value()) state.set_tombstones(state.tombstones() - 1);

  ASSIGN_OR_RETURN(AddedContent content, AddHolder(transaction, prepared.content_hash, key, record.revision(),
                                                   record.sequence(), article.body.size(), [&prepared] {
                                                     return prepared.encoded_body.has_value()
                                                                ? *std::move(prepared.encoded_body)
                                                                : EncodeBody(prepared.article.body);
                                                   }));
  record.set_body_id(content.body_id);
  Outcome outcome = content.is_new ? Outcome::kCreated : Outcome::kDuplicate;
  if (replaces) outcome = Outcome::kRevised;
  StageRevision(key, article.published_at, record, existing, outcome, transaction);

  if (prepared.terms == nullptr) prepared.terms = AnalyzeDocument(article);
  transaction.AddIndexChange({record.sequence(),
                              IndexedDocument{record.doc_id(), Micros(article.published_at), prepared.terms},
                              replaces ? existing->doc_id() : kNoDoc});
  return IngestResult{
      key, outcome, record.revision(), record.sequence(), prepared.content_hash, std::move(content.canonical)};
}

}  // namespace gisa
