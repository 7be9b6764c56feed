#include "storage/index/doc_values.h"

#include <algorithm>
#include <optional>

#include "absl/time/time.h"
#include "storage/base/utf8.h"

namespace gisa {
namespace {

int64_t MicrosOf(const std::optional<absl::Time>& time) {
  return time.has_value() ? absl::ToUnixMicros(*time) : kNoTime;
}

}  // namespace

DocValues DocFields::values() const {
  DocValues values;
  values.published_micros = published_micros;
  values.crawled_micros = crawled_micros;
  values.content_id = content_id;
  values.oid = key.oid;
  values.aid = key.aid;
  values.publisher = publisher;
  values.category = category;
  values.author = author;
  return values;
}

uint64_t ContentIdOf(const Sha256Digest& content_hash) {
  uint64_t id = 0;
  for (size_t i = 0; i < sizeof(id); ++i) id = id << 8 | content_hash[i];
  return id;
}

DocFields DocFieldsOf(const Article& article, const Sha256Digest& content_hash) {
  DocFields fields;
  fields.published_micros = MicrosOf(article.published_at);
  fields.crawled_micros = MicrosOf(article.crawled_at);
  fields.content_id = ContentIdOf(content_hash);
  fields.key = article.key;
  fields.publisher = article.publisher;
  fields.category = article.category;
  const size_t kept = std::min(article.author.size(), kMaxIndexedAuthorBytes);
  fields.author = article.author.substr(0, FloorCodePoint(article.author, kept));
  return fields;
}

}  // namespace gisa
