#include "tests/support/archive_calls.h"

#include <optional>
#include <utility>

#include "absl/synchronization/notification.h"

namespace gisa {

absl::StatusOr<IngestResult> IngestAndWait(Archive& archive, IngestCommand command) {
  absl::Notification answered;
  std::optional<absl::StatusOr<IngestResult>> answer;
  archive.Ingest(std::move(command), [&](absl::StatusOr<IngestResult> result) {
    answer = std::move(result);
    answered.Notify();
  });
  answered.WaitForNotification();
  return *std::move(answer);
}

absl::StatusOr<IngestResult> IngestAndWait(Archive& archive, Article article) {
  IngestCommand command;
  command.article = std::move(article);
  return IngestAndWait(archive, std::move(command));
}

absl::StatusOr<DeleteResult> DeleteAndWait(Archive& archive, const ArticleKey& key, absl::string_view reason) {
  absl::Notification answered;
  std::optional<absl::StatusOr<DeleteResult>> answer;
  archive.Delete(key, reason, [&](absl::StatusOr<DeleteResult> result) {
    answer = std::move(result);
    answered.Notify();
  });
  answered.WaitForNotification();
  return *std::move(answer);
}

Article MakeArticle(const ArticleKey& key, const std::string& body) {
  Article article;
  article.key = key;
  article.title = "제목 " + key.aid;
  article.category = "사회";
  article.publisher = "한빛신문";
  article.author = "이가람 기자";
  article.url = "https://news.example.kr/article/" + key.oid + "/" + key.aid;
  article.published_at = absl::FromUnixSeconds(1767020400);
  article.crawled_at = absl::FromUnixSeconds(1767074996);
  article.body = body;
  return article;
}

}  // namespace gisa
