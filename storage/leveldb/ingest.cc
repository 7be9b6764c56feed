#include "storage/leveldb/ingest.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/analyzed_document.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/change_value.h"
#include "storage/leveldb/content_list.h"
#include "storage/leveldb/content_store.h"

namespace gisa {
namespace {

using storage::v1::ArticleRecord;
using storage::v1::ChangeRecord;
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

// `read` is the change that brought the existing revision.
absl::StatusOr<Comparison> Compare(const TextCodec& codec, const ArticleRecord& existing,
                                   const absl::StatusOr<std::optional<std::string>>& read, const Article& article,
                                   const Sha256Digest& content_hash) {
  ASSIGN_OR_RETURN(const ChangeValue change, ParseChange(existing.sequence(), read));
  ASSIGN_OR_RETURN(const ChangeText text, ReadText(change, codec));
  Comparison comparison;
  comparison.sequence = existing.sequence();
  const ArticleTimes times = TimesOf(change.record);
  comparison.is_same = change.record.content_hash() == AsBytes(content_hash) &&
                       times.published_at == article.published_at && SayTheSame(text.fields, article);
  comparison.crawled_at = times.crawled_at;
  return comparison;
}

// An absent time is before all others.
bool IsLater(const std::optional<absl::Time>& a, const std::optional<absl::Time>& b) {
  return a.has_value() && (!b.has_value() || *a > *b);
}

// The same article was crawled again: at most its last_crawled_at moves.
absl::StatusOr<IngestResult> ApplyUnchanged(const PreparedArticle& prepared, ArticleRecord existing,
                                            const std::optional<absl::Time>& last_crawled_at,
                                            Transaction& transaction) {
  const Article& article = prepared.article;
  ASSIGN_OR_RETURN(const std::optional<Content> content,
                   FindContent(prepared.content_hash, [&](const RecordKey& key) { return transaction.Get(key); }));
  if (!content.has_value()) {
    return RecordDatabase::MalformedRecord(RecordKey::OfContent(prepared.content_hash).bytes());
  }
  if (IsLater(article.crawled_at, last_crawled_at)) {
    SetMoment(*article.crawled_at, existing.mutable_last_crawled_at());
    transaction.PutRecord(RecordKey::OfArticle(article.key), existing);
  }
  return IngestResult{article.key,         Outcome::kUnchanged,   existing.revision(),
                      existing.sequence(), prepared.content_hash, content->canonical};
}

// Makes the text that the commit needs, where preparation foresaw another.
void CompleteText(const TextCodec& codec, bool with_body, PreparedArticle& prepared) {
  if (prepared.stored_text.has_value() && prepared.text_has_body == with_body) return;
  const Article& article = prepared.article;
  prepared.stored_text = codec.Encode(MakeText(FieldsOf(article), with_body ? article.body : absl::string_view()));
  prepared.text_has_body = with_body;
}

}  // namespace

Sketch MakeKeptSketch(absl::string_view body) {
  thread_local Sketcher sketcher;
  return sketcher.MakeKept(body);
}

size_t PreparedArticle::Bytes() const {
  return sizeof(*this) + article.title.size() + article.body.size() + (terms != nullptr ? terms->memory_bytes() : 0) +
         (stored_text ? stored_text->size() : 0) + (sketch ? sketch->memory_bytes() : 0);
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
  prepared.near_duplicate_similarity = command.near_duplicate_similarity;

  // Of one moment: a deletion between two looks takes away the text that the first one led to.
  const RecordDatabase::View view = database.Now();
  ASSIGN_OR_RETURN(const std::optional<ArticleRecord> existing,
                   view.GetRecord<ArticleRecord>(RecordKey::OfArticle(prepared.article.key)));
  if (!existing.has_value()) prepared.article_absent_as_of = view.writes_seen();
  if (IsLive(existing)) {
    ASSIGN_OR_RETURN(prepared.comparison,
                     Compare(database.text_codec(), *existing, view.Get(RecordKey::OfChange(existing->sequence())),
                             prepared.article, prepared.content_hash));
    if (prepared.comparison->is_same) return prepared;
  }
  ASSIGN_OR_RETURN(const std::optional<std::string> content, view.Get(RecordKey::OfContent(prepared.content_hash)));
  if (!content.has_value()) prepared.content_absent_as_of = view.writes_seen();
  CompleteText(database.text_codec(), /*with_body=*/!content.has_value(), prepared);
  prepared.terms = AnalyzeDocument(prepared.article);
  prepared.sketch = MakeKeptSketch(prepared.article.body);
  return prepared;
}

absl::StatusOr<IngestResult> ApplyIngest(PreparedArticle& prepared, absl::Time now, Transaction& transaction) {
  const Article& article = prepared.article;
  const ArticleKey& key = article.key;
  ASSIGN_OR_RETURN(const std::optional<ArticleRecord> existing,
                   transaction.GetRecord<ArticleRecord>(RecordKey::OfArticle(key), prepared.article_absent_as_of));
  const bool replaces = IsLive(existing);
  std::optional<absl::Time> last_crawled_at;  // of the revision that is replaced
  if (replaces) {
    if (!prepared.comparison.has_value() || prepared.comparison->sequence != existing->sequence()) {
      ASSIGN_OR_RETURN(prepared.comparison, Compare(transaction.text_codec(), *existing,
                                                    transaction.Get(RecordKey::OfChange(existing->sequence())), article,
                                                    prepared.content_hash));
    }
    last_crawled_at = existing->has_last_crawled_at() ? FromRecord(true, existing->last_crawled_at())
                                                      : prepared.comparison->crawled_at;
    if (prepared.comparison->is_same) return ApplyUnchanged(prepared, *existing, last_crawled_at, transaction);
  }
  if (existing.has_value() && !replaces && !prepared.undelete) return DeletedError(key, existing->tombstone());

  StateRecord& state = transaction.state();
  const uint64_t sequence = state.next_sequence();
  if (sequence > kMaxDocId) {
    return MakeError(absl::StatusCode::kResourceExhausted, "DOCUMENT_IDS_EXHAUSTED",
                     absl::StrCat("the archive has numbered ", kMaxDocId, " changes and cannot number more"));
  }
  ArticleRecord record;
  record.set_revision(existing.has_value() ? existing->revision() + 1 : 1);
  record.set_sequence(sequence);
  if (IsLater(last_crawled_at, article.crawled_at)) SetMoment(*last_crawled_at, record.mutable_last_crawled_at());
  state.set_next_sequence(sequence + 1);
  state.set_revisions(state.revisions() + 1);
  if (!replaces) state.set_articles(state.articles() + 1);
  if (!replaces && existing.has_value()) state.set_tombstones(state.tombstones() - 1);

  ASSIGN_OR_RETURN(AddedContent content, AddHolder(transaction, prepared.content_hash, prepared.content_absent_as_of,
                                                   key, record.revision(), sequence, article.body.size()));
  Outcome outcome = content.is_new ? Outcome::kCreated : Outcome::kDuplicate;
  if (replaces) outcome = Outcome::kRevised;

  ChangeRecord change;
  change.set_type(ToChangeType(outcome));
  change.set_revision(record.revision());
  change.set_committed_at_micros(absl::ToUnixMicros(now));
  if (replaces) change.set_replaced(existing->sequence());
  change.set_content_hash(std::string(AsBytes(prepared.content_hash)));
  change.set_body_id(content.body_id);
  CompleteText(transaction.text_codec(), /*with_body=*/content.is_new, prepared);
  if (content.is_new) change.set_body_size(article.body.size());
  SetTimes({article.published_at, article.crawled_at}, &change);
  state.set_stored_text_bytes(state.stored_text_bytes() + prepared.stored_text->size());
  transaction.Put(RecordKey::OfChange(sequence),
                  EncodeChangeValue(sequence, key, std::move(change), *prepared.stored_text));

  if (replaces) transaction.PutRecord(RecordKey::OfRevision(key, existing->revision()), *existing);
  transaction.PutRecord(RecordKey::OfArticle(key), record);
  // A superseded revision keeps its time entries: an export of the archive as it was finds it there.
  transaction.Put(RecordKey::OfTime(article.published_at, key), "");
  transaction.Put(RecordKey::OfPublisherTime(article.published_at, key), "");

  if (prepared.terms == nullptr) prepared.terms = AnalyzeDocument(article);
  if (!prepared.sketch.has_value()) prepared.sketch = MakeKeptSketch(article.body);
  transaction.AddNearChange({sequence, *prepared.sketch});
  transaction.AddIndexChange(
      {sequence,
       IndexedDocument{static_cast<DocId>(sequence), DocFieldsOf(article, prepared.content_hash), prepared.terms},
       replaces ? static_cast<DocId>(existing->sequence()) : kNoDoc});
  return IngestResult{key, outcome, record.revision(), sequence, prepared.content_hash, std::move(content.canonical)};
}

}  // namespace gisa
