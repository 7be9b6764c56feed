#ifndef GISA_STORAGE_LEVELDB_ARTICLE_RECORDS_H_
#define GISA_STORAGE_LEVELDB_ARTICLE_RECORDS_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/article.h"

namespace gisa {

// Converts between moments and their records; absent stays absent. Resolution: microseconds.
std::optional<absl::Time> FromRecord(bool has_moment, const storage::v1::Moment& moment);
void SetMoment(absl::Time time, storage::v1::Moment* moment);

// Makes the record of an article's first revision's fields: everything but what the commit decides (revision, sequence,
// ingested_at, doc_id).
storage::v1::ArticleRecord ToRecord(const Article& article, const Sha256Digest& content_hash);

// Makes the article of a record, without body and canonical. INTERNAL DATA_CORRUPTED when its content_hash is no hash.
absl::StatusOr<StoredArticle> FromRecord(const ArticleKey& key, storage::v1::ArticleRecord record);

// The content hash of a record that is no tombstone. INTERNAL DATA_CORRUPTED when it is none.
absl::StatusOr<Sha256Digest> ContentHashOf(const ArticleKey& key, const storage::v1::ArticleRecord& record);

// Whether two records say the same of an article: any field that the crawler brings, but crawled_at.
bool SameContent(const storage::v1::ArticleRecord& a, const storage::v1::ArticleRecord& b);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_ARTICLE_RECORDS_H_
