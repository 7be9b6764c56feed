#include "storage/leveldb/record_reader.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/article_records.h"

namespace gisa {

using storage::v1::ArticleFields;
using storage::v1::ArticleRecord;

namespace {

// Says whose article an error is about.
absl::Status OfArticle(const ArticleKey& key, const absl::Status& error) {
  return MakeError(error.code(), ErrorReason(error), absl::StrCat("article ", key.ToString(), ": ", error.message()));
}

}  // namespace

absl::StatusOr<StoredArticle> RecordReader::Get(const ArticleKey& key, uint32_t revision, View view) const {
  ASSIGN_OR_RETURN(ArticleRecord record, Current(key));
  if (revision != 0 && revision != record.revision()) {
    ASSIGN_OR_RETURN(std::optional<ArticleRecord> superseded,
                     view_.GetRecord<ArticleRecord>(RecordKey::OfRevision(key, revision)));
    if (!superseded.has_value()) {
      return MakeError(
          absl::StatusCode::kNotFound, "REVISION_NOT_FOUND",
          absl::StrCat("article ", key.ToString(), " has no revision ", revision, "; its last is ", record.revision()));
    }
    record = *std::move(superseded);
  }
  return Load(key, record, view);
}

absl::StatusOr<StoredArticle> RecordReader::GetByContentHash(const Sha256Digest& content_hash, View view) const {
  ASSIGN_OR_RETURN(const std::optional<Content> content, GetContent(content_hash));
  if (!content.has_value()) {
    return MakeError(absl::StatusCode::kNotFound, "CONTENT_NOT_FOUND",
                     absl::StrCat("no body with the content_hash ", ToHex(content_hash)));
  }
  return Get(content->canonical, content->canonical_holder.revision(), view);
}

absl::StatusOr<std::vector<StoredArticle>> RecordReader::ListRevisions(const ArticleKey& key, uint32_t before,
                                                                       size_t limit) const {
  ASSIGN_OR_RETURN(const ArticleRecord current, Current(key));
  std::vector<StoredArticle> revisions;
  uint32_t revision = before == 0 || before > current.revision() ? current.revision() : before - 1;
  for (; revision > 0 && revisions.size() < limit; --revision) {
    absl::StatusOr<StoredArticle> article = Get(key, revision, View::kBasic);
    // Those before a deletion that was undone are gone.
    if (absl::IsNotFound(article.status())) break;
    RETURN_IF_ERROR(article.status());
    revisions.push_back(*std::move(article));
  }
  return revisions;
}

absl::StatusOr<MissingContent> RecordReader::FindMissing(absl::Span<const Sha256Digest> content_hashes,
                                                         absl::Span<const KeyedHash> articles) const {
  MissingContent missing;
  for (const Sha256Digest& content_hash : content_hashes) {
    ASSIGN_OR_RETURN(const std::optional<Content> content, GetContent(content_hash));
    if (!content.has_value()) missing.content_hashes.push_back(content_hash);
  }
  for (const KeyedHash& article : articles) {
    ASSIGN_OR_RETURN(const std::optional<ArticleRecord> record,
                     view_.GetRecord<ArticleRecord>(RecordKey::OfArticle(article.key)));
    bool is_stored = record.has_value() && !record->has_tombstone();
    if (is_stored) {
      ASSIGN_OR_RETURN(const ChangeValue change, ReadChange(record->sequence()));
      is_stored = change.record.content_hash() == AsBytes(article.content_hash);
    }
    if (!is_stored) missing.articles.push_back(article);
  }
  return missing;
}

absl::StatusOr<std::optional<StoredArticle>> RecordReader::GetDocument(uint32_t doc_id, View view) const {
  ASSIGN_OR_RETURN(const ChangeValue change, ReadChange(doc_id));
  const ArticleKey& key = change.key;
  ASSIGN_OR_RETURN(const std::optional<ArticleRecord> current,
                   view_.GetRecord<ArticleRecord>(RecordKey::OfArticle(key)));
  if (!current.has_value() || current->has_tombstone() || current->sequence() != doc_id) {
    return std::optional<StoredArticle>();
  }
  ASSIGN_OR_RETURN(StoredArticle article, FromChange(key, *current, change, view));
  return std::optional<StoredArticle>(std::move(article));
}

absl::StatusOr<std::optional<ArticleRecord>> RecordReader::AsOf(const ArticleKey& key, ArticleRecord current,
                                                                uint64_t sequence) const {
  if (current.has_tombstone()) return std::optional<ArticleRecord>();
  uint32_t revision = current.revision();
  while (current.sequence() > sequence) {
    if (--revision == 0) return std::optional<ArticleRecord>();
    ASSIGN_OR_RETURN(std::optional<ArticleRecord> superseded,
                     view_.GetRecord<ArticleRecord>(RecordKey::OfRevision(key, revision)));
    if (!superseded.has_value()) return std::optional<ArticleRecord>();
    current = *std::move(superseded);
  }
  return std::optional<ArticleRecord>(std::move(current));
}

absl::StatusOr<StoredArticle> RecordReader::Load(const ArticleKey& key, const ArticleRecord& record, View view) const {
  const absl::StatusOr<ChangeValue> change = ReadChange(record.sequence());
  return change.ok() ? FromChange(key, record, *change, view) : OfArticle(key, change.status());
}

absl::StatusOr<std::optional<Content>> RecordReader::GetContent(const Sha256Digest& content_hash) const {
  return FindContent(content_hash, [this](const RecordKey& key) { return view_.Get(key); });
}

absl::StatusOr<ChangeValue> RecordReader::ReadChange(uint64_t sequence) const {
  return ParseChange(sequence, view_.Get(RecordKey::OfChange(sequence)));
}

absl::StatusOr<StoredArticle> RecordReader::FromChange(const ArticleKey& key, const ArticleRecord& record,
                                                       const ChangeValue& change, View view) const {
  absl::StatusOr<ChangeText> text = ReadText(change, text_codec_);
  if (!text.ok()) return OfArticle(key, text.status());
  ArticleFields& fields = text->fields;
  StoredArticle stored;
  ASSIGN_OR_RETURN(stored.content_hash, ContentHashOf(change));
  stored.article.key = key;
  stored.article.title = std::move(*fields.mutable_title());
  stored.article.category = std::move(*fields.mutable_category());
  stored.article.publisher = std::move(*fields.mutable_publisher());
  stored.article.author = std::move(*fields.mutable_author());
  stored.article.url = std::move(*fields.mutable_url());
  const ArticleTimes times = TimesOf(change.record);
  stored.article.published_at = times.published_at;
  stored.article.crawled_at = times.crawled_at;
  stored.revision = record.revision();
  stored.sequence = record.sequence();
  stored.ingested_at = absl::FromUnixMicros(change.record.committed_at_micros());
  stored.last_crawled_at =
      record.has_last_crawled_at() ? FromRecord(true, record.last_crawled_at()) : stored.article.crawled_at;

  const uint64_t body_id = change.record.body_id();
  if (body_id == record.sequence()) {
    stored.canonical = key;  // whoever brought a body is its canonical article while it holds it
    if (view == View::kFull) stored.article.body = std::move(text->body);
    return stored;
  }
  ASSIGN_OR_RETURN(const std::optional<Content> content, GetContent(stored.content_hash));
  if (!content.has_value()) {
    return RecordDatabase::MalformedRecord(RecordKey::OfContent(stored.content_hash).bytes());
  }
  stored.canonical = content->canonical;
  if (view == View::kFull) {
    const absl::StatusOr<ChangeValue> bringer = ReadChange(body_id);
    absl::StatusOr<ChangeText> bringer_text = bringer.ok() ? ReadText(*bringer, text_codec_) : bringer.status();
    if (!bringer_text.ok()) return OfArticle(key, bringer_text.status());
    stored.article.body = std::move(bringer_text->body);
  }
  return stored;
}

absl::StatusOr<ArticleRecord> RecordReader::Current(const ArticleKey& key) const {
  ASSIGN_OR_RETURN(std::optional<ArticleRecord> record, view_.GetRecord<ArticleRecord>(RecordKey::OfArticle(key)));
  if (!record.has_value()) {
    return MakeError(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND", absl::StrCat("no article ", key.ToString()));
  }
  if (record->has_tombstone()) {
    const absl::Time deleted_at = absl::FromUnixMicros(record->tombstone().deleted_at().micros());
    return MakeError(absl::StatusCode::kNotFound, "ARTICLE_DELETED",
                     absl::StrCat("article ", key.ToString(), " was deleted at ",
                                  absl::FormatTime(absl::RFC3339_sec, deleted_at, absl::UTCTimeZone())));
  }
  return *std::move(record);
}

}  // namespace gisa
