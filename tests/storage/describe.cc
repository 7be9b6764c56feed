#include "tests/storage/describe.h"

#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace gisa {
namespace {

std::string Moment(const std::optional<absl::Time>& time) {
  return time.has_value() ? absl::FormatTime(*time, absl::UTCTimeZone()) : "absent";
}

std::string Text(const std::string& text) { return absl::StrCat("\"", absl::Utf8SafeCEscape(text), "\""); }

const char* Name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return "CREATED";
    case Outcome::kDuplicate:
      return "DUPLICATE";
    case Outcome::kUnchanged:
      return "UNCHANGED";
    case Outcome::kRevised:
      return "REVISED";
  }
  return "none";
}

}  // namespace

std::string Describe(const StoredArticle& stored) {
  const Article& article = stored.article;
  return absl::StrCat(article.key.ToString(), " revision ", stored.revision, " sequence ", stored.sequence,
                      "\n  canonical ", stored.canonical.ToString(), " content_hash ", ToHex(stored.content_hash),
                      "\n  title ", Text(article.title), " category ", Text(article.category), " publisher ",
                      Text(article.publisher), " author ", Text(article.author), " url ", Text(article.url),
                      "\n  published_at ", Moment(article.published_at), " crawled_at ", Moment(article.crawled_at),
                      " last_crawled_at ", Moment(stored.last_crawled_at), " ingested_at ", Moment(stored.ingested_at),
                      "\n  body ", Text(article.body));
}

std::string Describe(const IngestResult& result) {
  return absl::StrCat(result.key.ToString(), " ", Name(result.outcome), " revision ", result.revision, " sequence ",
                      result.sequence, " canonical ", result.canonical.ToString(), " content_hash ",
                      ToHex(result.content_hash));
}

std::string Describe(const DeleteResult& result) {
  return absl::StrCat(result.key.ToString(), " deleted at ", Moment(result.deleted_at), " sequence ", result.sequence,
                      " reason ", Text(result.reason));
}

std::vector<std::string> Describe(absl::Span<const StoredArticle> articles) {
  std::vector<std::string> texts;
  texts.reserve(articles.size());
  for (const StoredArticle& article : articles) texts.push_back(Describe(article));
  return texts;
}

}  // namespace gisa
