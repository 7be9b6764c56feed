#include "server/field_checks.h"

#include "absl/strings/str_cat.h"
#include "storage/base/article_limits.h"
#include "storage/base/sha256.h"

namespace gisa {
namespace {

constexpr int64_t kMinTimestampSeconds = -62135596800;  // 0001-01-01T00:00:00Z
constexpr int64_t kMaxTimestampSeconds = 253402300799;  // 9999-12-31T23:59:59Z
// A client cannot use more; see grpc_status.h.
constexpr size_t kMaxViolations = 16;

}  // namespace

void FieldChecks::Add(absl::string_view field, absl::string_view description) {
  if (violations_.size() < kMaxViolations) violations_.push_back({std::string(field), std::string(description)});
}

void FieldChecks::MaxBytes(absl::string_view field, absl::string_view value, size_t max_bytes) {
  if (value.size() > max_bytes) Add(field, absl::StrCat(value.size(), " bytes; at most ", max_bytes));
}

void FieldChecks::MaxEntries(absl::string_view field, int count, int max_count) {
  if (count > max_count) Add(field, absl::StrCat(count, " entries; at most ", max_count));
}

void FieldChecks::KeyPart(absl::string_view field, absl::string_view part) {
  if (part.empty()) {
    Add(field, "required");
  } else if (!IsValidKeyPart(part)) {
    Add(field, absl::StrCat("must be 1 to ", kMaxKeyPartBytes, " of [A-Za-z0-9._-]"));
  }
}

void FieldChecks::ContentHash(absl::string_view field, absl::string_view hex) {
  if (!Sha256FromHex(hex).has_value()) Add(field, "must be 64 lower-case hex digits");
}

void FieldChecks::Timestamp(absl::string_view field, const google::protobuf::Timestamp& timestamp) {
  if (timestamp.seconds() < kMinTimestampSeconds || timestamp.seconds() > kMaxTimestampSeconds) {
    Add(field, absl::StrCat(timestamp.seconds(), " s is not within the years 0001 to 9999"));
  }
  if (timestamp.nanos() < 0 || timestamp.nanos() > 999'999'999) {
    Add(field, absl::StrCat(timestamp.nanos(), " ns is not within 0 to 999999999"));
  }
}

void FieldChecks::NotNegative(absl::string_view field, int value) {
  if (value < 0) Add(field, absl::StrCat(value, "; must not be negative"));
}

void FieldChecks::Enum(absl::string_view field, bool known, int value) {
  if (!known) Add(field, absl::StrCat("unknown value ", value));
}

void FieldChecks::Key(absl::string_view field, bool present, const v1::ArticleKey& key) {
  if (!present) return Add(field, "required");
  KeyPart(absl::StrCat(field, ".oid"), key.oid());
  KeyPart(absl::StrCat(field, ".aid"), key.aid());
}

void FieldChecks::Article(absl::string_view field, bool present, const v1::Article& article, size_t max_body_bytes) {
  if (!present) return Add(field, "required");
  KeyPart(absl::StrCat(field, ".oid"), article.oid());
  KeyPart(absl::StrCat(field, ".aid"), article.aid());
  MaxBytes(absl::StrCat(field, ".title"), article.title(), kMaxTitleBytes);
  MaxBytes(absl::StrCat(field, ".category"), article.category(), kMaxCategoryBytes);
  MaxBytes(absl::StrCat(field, ".publisher"), article.publisher(), kMaxPublisherBytes);
  MaxBytes(absl::StrCat(field, ".author"), article.author(), kMaxAuthorBytes);
  MaxBytes(absl::StrCat(field, ".url"), article.url(), kMaxUrlBytes);
  MaxBytes(absl::StrCat(field, ".body"), article.body(), max_body_bytes);
  if (article.has_published_at()) Timestamp(absl::StrCat(field, ".published_at"), article.published_at());
  if (article.has_crawled_at()) Timestamp(absl::StrCat(field, ".crawled_at"), article.crawled_at());
  if (!article.content_hash().empty()) ContentHash(absl::StrCat(field, ".content_hash"), article.content_hash());
}

absl::Status FieldChecks::Result(absl::string_view reason) const {
  return violations_.empty() ? absl::OkStatus() : InvalidFieldsError(reason, violations_);
}

}  // namespace gisa
