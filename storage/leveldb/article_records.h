#ifndef GISA_STORAGE_LEVELDB_ARTICLE_RECORDS_H_
#define GISA_STORAGE_LEVELDB_ARTICLE_RECORDS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/article.h"
#include "storage/leveldb/change_value.h"
#include "storage/leveldb/text_codec.h"

namespace gisa {

// Converts between times and their records; absent stays absent. Resolution: microseconds.
std::optional<absl::Time> FromRecord(bool has_moment, const storage::v1::Moment& moment);
void SetMoment(absl::Time time, storage::v1::Moment* moment);

// The times of an article, and those in the record of the change that brought it.
struct ArticleTimes {
  std::optional<absl::Time> published_at;
  std::optional<absl::Time> crawled_at;
};
void SetTimes(const ArticleTimes& times, storage::v1::ChangeRecord* record);
ArticleTimes TimesOf(const storage::v1::ChangeRecord& record);

// What a crawler says of an article in words, but its body.
storage::v1::ArticleFields FieldsOf(const Article& article);

// Whether the fields are those of the article.
bool SayTheSame(const storage::v1::ArticleFields& fields, const Article& article);

// The fields and the body that a change brought, out of its text. The body is empty when another change has it.
struct ChangeText {
  storage::v1::ArticleFields fields;
  std::string body;
};

// INTERNAL DATA_CORRUPTED.
absl::StatusOr<ChangeText> ReadText(const ChangeValue& change, const TextCodec& codec);

// The text of a change, to be stored: `body` is empty when another change has it.
std::string MakeText(const storage::v1::ArticleFields& fields, absl::string_view body);

// The content hash of a change's body. INTERNAL DATA_CORRUPTED when it has none.
absl::StatusOr<Sha256Digest> ContentHashOf(const ChangeValue& change);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_ARTICLE_RECORDS_H_
