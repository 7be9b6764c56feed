#include "client/article_fields.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/article_time.h"
#include "storage/base/article_limits.h"
#include "storage/base/errors.h"
#include "storage/base/sha256.h"
#include "storage/base/utf8.h"

namespace gisa {
namespace {

// Values are quoted in messages up to this length.
constexpr size_t kMaxQuotedBytes = 80;

std::string Quoted(absl::string_view text) {
  if (text.size() <= kMaxQuotedBytes) return absl::StrCat("\"", text, "\"");
  return absl::StrCat("\"", text.substr(0, FloorCodePoint(text, kMaxQuotedBytes)), "…\"");
}

// Moves texts into an article and collects what is wrong with them.
class ArticleMaker {
 public:
  explicit ArticleMaker(ArticleTexts texts) : texts_(std::move(texts)) {}

  std::string TakeKeyPart(ArticleField field) {
    std::string part = Take(field);
    if (part.empty()) {
      Violate(field, "missing; expected 1 to 64 of [A-Za-z0-9._-]");
    } else if (part.size() > kMaxKeyPartBytes) {
      Violate(field, absl::StrCat(Quoted(part), " has ", part.size(), " bytes; expected 1 to 64 of [A-Za-z0-9._-]"));
    } else if (!IsValidKeyPart(part)) {
      Violate(field, absl::StrCat(Quoted(part),
                                  " has a character that is not allowed; expected 1 to 64 of "
                                  "[A-Za-z0-9._-]"));
    }
    return part;
  }

  std::string TakeText(ArticleField field, size_t max_bytes) {
    std::string text = Take(field);
    if (text.size() > max_bytes) {
      Violate(field, absl::StrCat("has ", text.size(), " bytes; at most ", max_bytes, " are allowed"));
    }
    return text;
  }

  std::optional<google::protobuf::Timestamp> TakeTime(ArticleField field, absl::TimeZone zone) {
    const std::string text = Take(field);
    if (text.empty()) return std::nullopt;
    absl::StatusOr<google::protobuf::Timestamp> time = ParseArticleTime(text, zone);
    if (!time.ok()) {
      Violate(field, absl::StrCat(Quoted(text), " ", time.status().message()));
      return std::nullopt;
    }
    return *time;
  }

  // The id only repeats the key, so it is checked and dropped.
  void CheckId(absl::string_view oid, absl::string_view aid) {
    const std::string id = Take(ArticleField::kId);
    const std::string expected = absl::StrCat(oid, "_", aid);
    if (!id.empty() && IsValidKeyPart(oid) && IsValidKeyPart(aid) && id != expected) {
      Violate(ArticleField::kId, absl::StrCat(Quoted(id), " is not oid_aid; expected ", Quoted(expected)));
    }
  }

  // Returns the stated hash in lower case, empty when none is stated.
  std::string TakeHash() {
    std::string hash = Take(ArticleField::kContentHash);
    absl::AsciiStrToLower(&hash);
    if (!hash.empty() && !Sha256FromHex(hash).has_value()) {
      Violate(ArticleField::kContentHash, absl::StrCat(Quoted(hash), " is not a SHA-256; expected 64 hex digits"));
    }
    return hash;
  }

  std::string Take(ArticleField field) {
    return texts_[field].has_value() ? std::move(texts_[field]->text) : std::string();
  }

  bool Has(ArticleField field) const { return texts_[field].has_value(); }

  FieldViolation Violation(ArticleField field, absl::string_view problem) const {
    const size_t line = Has(field) ? texts_[field]->line : 0;
    return {std::string(ArticleFieldName(field)),
            line > 0 ? absl::StrCat("line ", line, ": ", problem) : std::string(problem)};
  }

  const std::vector<FieldViolation>& violations() const { return violations_; }

 private:
  void Violate(ArticleField field, absl::string_view problem) { violations_.push_back(Violation(field, problem)); }

  ArticleTexts texts_;
  std::vector<FieldViolation> violations_;
};

}  // namespace

std::optional<ArticleField> FindArticleField(absl::string_view name) {
  const auto found = std::find(kArticleFieldNames.begin(), kArticleFieldNames.end(), name);
  if (found == kArticleFieldNames.end()) return std::nullopt;
  return static_cast<ArticleField>(found - kArticleFieldNames.begin());
}

absl::Status InvalidArticleFile(absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kInvalidArticleFile, message);
}

absl::Status CheckUtf8(absl::string_view text) {
  const size_t offset = FindInvalidUtf8(text);
  if (offset == text.size()) return absl::OkStatus();
  const auto line = 1 + std::count(text.begin(), text.begin() + offset, '\n');
  return InvalidArticleFile(absl::StrFormat("byte %d (line %d): 0x%02x is not UTF-8 here; expected UTF-8 text", offset,
                                            line, static_cast<uint8_t>(text[offset])));
}

absl::StatusOr<v1::Article> MakeArticle(ArticleTexts texts, const ArticleFileZones& zones) {
  ArticleMaker maker(std::move(texts));
  v1::Article article;
  article.set_oid(maker.TakeKeyPart(ArticleField::kOid));
  article.set_aid(maker.TakeKeyPart(ArticleField::kAid));
  maker.CheckId(article.oid(), article.aid());
  article.set_title(maker.TakeText(ArticleField::kTitle, kMaxTitleBytes));
  article.set_category(maker.TakeText(ArticleField::kCategory, kMaxCategoryBytes));
  article.set_publisher(maker.TakeText(ArticleField::kPublisher, kMaxPublisherBytes));
  article.set_author(maker.TakeText(ArticleField::kAuthor, kMaxAuthorBytes));
  article.set_url(maker.TakeText(ArticleField::kUrl, kMaxUrlBytes));
  if (const auto time = maker.TakeTime(ArticleField::kPublishedAt, zones.published_at)) {
    *article.mutable_published_at() = *time;
  }
  if (const auto time = maker.TakeTime(ArticleField::kCrawledAt, zones.crawled_at)) {
    *article.mutable_crawled_at() = *time;
  }
  const std::string stated_hash = maker.TakeHash();
  if (!maker.violations().empty()) return InvalidFieldsError(kInvalidArticleFile, maker.violations());

  const bool has_body = maker.Has(ArticleField::kBody);
  article.set_body(maker.Take(ArticleField::kBody));
  article.set_content_hash(ToHex(Sha256(article.body())));
  if (!stated_hash.empty() && stated_hash != article.content_hash()) {
    const std::string problem =
        absl::StrCat(stated_hash, " is stated, but the SHA-256 of the ", has_body ? "body" : "body, which is missing,",
                     " is ", article.content_hash());
    return InvalidFieldsError("CONTENT_HASH_MISMATCH", {maker.Violation(ArticleField::kContentHash, problem)});
  }
  return article;
}

}  // namespace gisa
