#include "storage/leveldb/record_reader.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/body_codec.h"
#include "storage/leveldb/content_store.h"

namespace gisa {

using storage::v1::ArticleRecord;
using storage::v1::ContentRecord;
using storage::v1::HolderRecord;

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
  return Load(key, std::move(record), view);
}

absl::StatusOr<StoredArticle> RecordReader::GetByContentHash(const Sha256Digest& content_hash, View view) const {
  ASSIGN_OR_RETURN(const std::optional<ContentRecord> content,
                   view_.GetRecord<ContentRecord>(RecordKey::OfContent(content_hash)));
  if (!content.has_value()) {
    return MakeError(absl::StatusCode::kNotFound, "CONTENT_NOT_FOUND",
                     absl::StrCat("no body with the content_hash ", ToHex(content_hash)));
  }
  const ArticleKey canonical = CanonicalOf(*content);
  const RecordKey holder_key = RecordKey::OfHolder(content->body_id(), canonical);
  ASSIGN_OR_RETURN(const std::optional<HolderRecord> holder, view_.GetRecord<HolderRecord>(holder_key));
  if (!holder.has_value()) return RecordDatabase::MalformedRecord(holder_key.bytes());
  return Get(canonical, holder->revision(), view);
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
    ASSIGN_OR_RETURN(const std::optional<std::string> content, view_.Get(RecordKey::OfContent(content_hash)));
    if (!content.has_value()) missing.content_hashes.push_back(content_hash);
  }
  for (const KeyedHash& article : articles) {
    ASSIGN_OR_RETURN(const std::optional<ArticleRecord> record,
                     view_.GetRecord<ArticleRecord>(RecordKey::OfArticle(article.key)));
    if (!record.has_value() || record->content_hash() != AsBytes(article.content_hash)) {
      missing.articles.push_back(article);
    }
  }
  return missing;
}

absl::StatusOr<std::optional<StoredArticle>> RecordReader::GetDocument(uint32_t doc_id) const {
  const RecordKey document_key = RecordKey::OfDocument(doc_id);
  ASSIGN_OR_RETURN(const std::optional<std::string> value, view_.Get(document_key));
  if (!value.has_value()) return std::optional<StoredArticle>();
  const std::optional<ArticleKey> key = DecodeKeyValue(*value);
  if (!key.has_value()) return RecordDatabase::MalformedRecord(document_key.bytes());
  ASSIGN_OR_RETURN(StoredArticle article, Get(*key, /*revision=*/0, View::kFull));
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

absl::StatusOr<StoredArticle> RecordReader::Load(const ArticleKey& key, ArticleRecord record, View view) const {
  const RecordKey body_key = RecordKey::OfBody(record.body_id());
  const bool brought_body = record.sequence() == record.body_id();
  ASSIGN_OR_RETURN(StoredArticle article, FromRecord(key, std::move(record)));
  if (brought_body) {
    article.canonical = key;
  } else {
    const RecordKey content_key = RecordKey::OfContent(article.content_hash);
    ASSIGN_OR_RETURN(const std::optional<ContentRecord> content, view_.GetRecord<ContentRecord>(content_key));
    if (!content.has_value()) return RecordDatabase::MalformedRecord(content_key.bytes());
    article.canonical = CanonicalOf(*content);
  }
  if (view == View::kBasic) return article;

  absl::StatusOr<std::optional<std::string>> stored = view_.Get(body_key);
  if (stored.ok() && !stored->has_value()) stored = RecordDatabase::MalformedRecord(body_key.bytes());
  absl::StatusOr<std::string> body = stored.ok() ? DecodeBody(**stored) : std::move(stored).status();
  if (!body.ok()) {
    return MakeError(body.status().code(), ErrorReason(body.status()),
                     absl::StrCat("article ", key.ToString(), ": ", body.status().message()));
  }
  article.article.body = *std::move(body);
  return article;
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
