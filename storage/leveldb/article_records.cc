#include "storage/leveldb/article_records.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"

namespace gisa {

using storage::v1::ArticleFields;
using storage::v1::ChangeRecord;

std::optional<absl::Time> FromRecord(bool has_moment, const storage::v1::Moment& moment) {
  if (!has_moment) return std::nullopt;
  return absl::FromUnixMicros(moment.micros());
}

void SetMoment(absl::Time time, storage::v1::Moment* moment) { moment->set_micros(absl::ToUnixMicros(time)); }

ArticleFields FieldsOf(const Article& article) {
  ArticleFields fields;
  fields.set_title(article.title);
  fields.set_category(article.category);
  fields.set_publisher(article.publisher);
  fields.set_author(article.author);
  fields.set_url(article.url);
  if (article.published_at.has_value()) SetMoment(*article.published_at, fields.mutable_published_at());
  if (article.crawled_at.has_value()) SetMoment(*article.crawled_at, fields.mutable_crawled_at());
  return fields;
}

bool SayTheSame(const ArticleFields& a, const ArticleFields& b) {
  return a.title() == b.title() && a.category() == b.category() && a.publisher() == b.publisher() &&
         a.author() == b.author() && a.url() == b.url() && a.has_published_at() == b.has_published_at() &&
         a.published_at().micros() == b.published_at().micros();
}

absl::StatusOr<ChangeText> ReadText(const ChangeValue& change, const TextCodec& codec) {
  ASSIGN_OR_RETURN(std::string decoded, codec.Decode(change.stored_text));
  const uint32_t fields_size = change.record.fields_size();
  ChangeText text;
  if (fields_size > decoded.size() || !text.fields.ParseFromArray(decoded.data(), static_cast<int>(fields_size))) {
    return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", "the fields of the stored text do not parse");
  }
  decoded.erase(0, fields_size);
  text.body = std::move(decoded);
  return text;
}

std::string MakeText(const ArticleFields& fields, absl::string_view body) {
  std::string text;
  text.reserve(fields.ByteSizeLong() + body.size());
  fields.AppendToString(&text);
  text.append(body.data(), body.size());
  return text;
}

absl::StatusOr<Sha256Digest> ContentHashOf(const ChangeRecord& change) {
  const std::optional<Sha256Digest> hash = Sha256FromBytes(change.content_hash());
  if (hash.has_value()) return *hash;
  return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED",
                   absl::StrCat("the change that brought revision ", change.revision(), " of article ", change.oid(),
                                "/", change.aid(), " has no content hash"));
}

}  // namespace gisa
