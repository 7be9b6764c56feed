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

namespace {

struct Seconds {
  int64_t whole = 0;
  uint32_t micros = 0;
};

Seconds ToSeconds(absl::Time time) {
  const int64_t whole = absl::ToUnixSeconds(time);  // rounded down
  return {whole, static_cast<uint32_t>(absl::ToInt64Microseconds(time - absl::FromUnixSeconds(whole)))};
}

absl::Time FromSeconds(const Seconds& seconds) {
  return absl::FromUnixSeconds(seconds.whole) + absl::Microseconds(seconds.micros);
}

}  // namespace

void SetTimes(const ArticleTimes& times, ChangeRecord* record) {
  record->clear_published_at_seconds();
  record->clear_published_at_micros();
  record->clear_crawled_after_seconds();
  record->clear_crawled_at_micros();
  int64_t published = 0;
  if (times.published_at.has_value()) {
    const Seconds seconds = ToSeconds(*times.published_at);
    published = seconds.whole;
    record->set_published_at_seconds(seconds.whole);
    record->set_published_at_micros(seconds.micros);
  }
  if (times.crawled_at.has_value()) {
    const Seconds seconds = ToSeconds(*times.crawled_at);
    record->set_crawled_after_seconds(seconds.whole - published);
    record->set_crawled_at_micros(seconds.micros);
  }
}

ArticleTimes TimesOf(const ChangeRecord& record) {
  ArticleTimes times;
  if (record.has_published_at_seconds()) {
    times.published_at = FromSeconds({record.published_at_seconds(), record.published_at_micros()});
  }
  if (record.has_crawled_after_seconds()) {
    times.crawled_at =
        FromSeconds({record.published_at_seconds() + record.crawled_after_seconds(), record.crawled_at_micros()});
  }
  return times;
}

ArticleFields FieldsOf(const Article& article) {
  ArticleFields fields;
  fields.set_title(article.title);
  fields.set_category(article.category);
  fields.set_publisher(article.publisher);
  fields.set_author(article.author);
  fields.set_url(article.url);
  return fields;
}

bool SayTheSame(const ArticleFields& fields, const Article& article) {
  return fields.title() == article.title && fields.category() == article.category &&
         fields.publisher() == article.publisher && fields.author() == article.author && fields.url() == article.url;
}

absl::StatusOr<ChangeText> ReadText(const ChangeValue& change, const TextCodec& codec) {
  ASSIGN_OR_RETURN(std::string decoded, codec.Decode(change.stored_text));
  const uint64_t body_size = change.record.body_size();
  ChangeText text;
  if (body_size > decoded.size() ||
      !text.fields.ParseFromArray(decoded.data(), static_cast<int>(decoded.size() - body_size))) {
    return DataCorruptedError("the fields of the stored text do not parse");
  }
  decoded.erase(0, decoded.size() - body_size);
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

absl::StatusOr<Sha256Digest> ContentHashOf(const ChangeValue& change) {
  const std::optional<Sha256Digest> hash = Sha256FromBytes(change.record.content_hash());
  if (hash.has_value()) return *hash;
  return DataCorruptedError(absl::StrCat("the change that brought revision ", change.record.revision(), " of article ",
                                         change.key.ToString(), " has no content hash"));
}

}  // namespace gisa
