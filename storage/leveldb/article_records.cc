#include "storage/leveldb/article_records.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"

namespace gisa {

using storage::v1::ArticleRecord;

std::optional<absl::Time> FromRecord(bool has_moment, const storage::v1::Moment& moment) {
  if (!has_moment) return std::nullopt;
  return absl::FromUnixMicros(moment.micros());
}

void SetMoment(absl::Time time, storage::v1::Moment* moment) { moment->set_micros(absl::ToUnixMicros(time)); }

ArticleRecord ToRecord(const Article& article, const Sha256Digest& content_hash) {
  ArticleRecord record;
  record.set_title(article.title);
  record.set_category(article.category);
  record.set_publisher(article.publisher);
  record.set_author(article.author);
  record.set_url(article.url);
  record.set_content_hash(std::string(AsBytes(content_hash)));
  if (article.published_at.has_value()) SetMoment(*article.published_at, record.mutable_published_at());
  if (article.crawled_at.has_value()) {
    SetMoment(*article.crawled_at, record.mutable_crawled_at());
    SetMoment(*article.crawled_at, record.mutable_last_crawled_at());
  }
  return record;
}

absl::StatusOr<Sha256Digest> ContentHashOf(const ArticleKey& key, const ArticleRecord& record) {
  const std::optional<Sha256Digest> hash = Sha256FromBytes(record.content_hash());
  if (hash.has_value()) return *hash;
  return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED",
                   absl::StrCat("the record of article ", key.ToString(), " has no content hash"));
}

absl::StatusOr<StoredArticle> FromRecord(const ArticleKey& key, ArticleRecord record) {
  StoredArticle stored;
  ASSIGN_OR_RETURN(stored.content_hash, ContentHashOf(key, record));
  stored.article.key = key;
  stored.article.title = std::move(*record.mutable_title());
  stored.article.category = std::move(*record.mutable_category());
  stored.article.publisher = std::move(*record.mutable_publisher());
  stored.article.author = std::move(*record.mutable_author());
  stored.article.url = std::move(*record.mutable_url());
  stored.article.published_at = FromRecord(record.has_published_at(), record.published_at());
  stored.article.crawled_at = FromRecord(record.has_crawled_at(), record.crawled_at());
  stored.revision = record.revision();
  stored.sequence = record.sequence();
  stored.ingested_at = absl::FromUnixMicros(record.ingested_at().micros());
  stored.last_crawled_at = FromRecord(record.has_last_crawled_at(), record.last_crawled_at());
  return stored;
}

bool SameContent(const ArticleRecord& a, const ArticleRecord& b) {
  return a.content_hash() == b.content_hash() && a.title() == b.title() && a.category() == b.category() &&
         a.publisher() == b.publisher() && a.author() == b.author() && a.url() == b.url() &&
         a.has_published_at() == b.has_published_at() && a.published_at().micros() == b.published_at().micros();
}

}  // namespace gisa
