#ifndef GISA_CLIENT_ARTICLE_FIELDS_H_
#define GISA_CLIENT_ARTICLE_FIELDS_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/article_file.h"

namespace gisa {

// The fields of an article in a file, in the order in which a crawled file has them. JSON has `body` beside them.
enum class ArticleField : size_t {
  kId,
  kTitle,
  kCategory,
  kPublisher,
  kAuthor,
  kPublishedAt,
  kCrawledAt,
  kUrl,
  kOid,
  kAid,
  kContentHash,
  kBody,
};
inline constexpr std::array<absl::string_view, 12> kArticleFieldNames = {
    "id",         "title", "category", "publisher", "author",       "published_at",
    "crawled_at", "url",   "oid",      "aid",       "content_hash", "body"};

constexpr absl::string_view ArticleFieldName(ArticleField field) {
  return kArticleFieldNames[static_cast<size_t>(field)];
}

std::optional<ArticleField> FindArticleField(absl::string_view name);

// The unescaped text of a field.
struct FieldText {
  std::string text;
  size_t line = 0;  // where it begins in the file, 0 when there are no lines
};

// The text of each field that was given, as a reader of some format found it.
class ArticleTexts {
 public:
  std::optional<FieldText>& operator[](ArticleField field) { return texts_[static_cast<size_t>(field)]; }
  const std::optional<FieldText>& operator[](ArticleField field) const { return texts_[static_cast<size_t>(field)]; }

 private:
  std::array<std::optional<FieldText>, kArticleFieldNames.size()> texts_;
};

// The stable reason of every error about an article file but CONTENT_HASH_MISMATCH.
inline constexpr absl::string_view kInvalidArticleFile = "INVALID_ARTICLE_FILE";

// INVALID_ARGUMENT about the form of the file, reason INVALID_ARTICLE_FILE.
absl::Status InvalidArticleFile(absl::string_view message);

// INVALID_ARGUMENT, naming the first byte that is not UTF-8, unless all of `text` is.
absl::Status CheckUtf8(absl::string_view text);

// Makes an article of `texts`. Empty texts stand for absent times, hashes and ids. The body is taken as it is;
// content_hash is computed. Errors are those of ParseArticleFile, with one violation for each bad field.
absl::StatusOr<v1::Article> MakeArticle(ArticleTexts texts, const ArticleFileZones& zones);

}  // namespace gisa

#endif  // GISA_CLIENT_ARTICLE_FIELDS_H_
