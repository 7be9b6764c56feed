#include "tests/storage/archive_conformance.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/storage/describe.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

template <typename T>
T ValueOf(absl::StatusOr<T> value) {
  EXPECT_TRUE(value.ok()) << value.status();
  return value.ok() ? *std::move(value) : T();
}

}  // namespace

void ArchiveConformanceTest::SetUp() {
  absl::StatusOr<std::unique_ptr<ArchiveDriver>> driver = GetParam().open();
  ASSERT_TRUE(driver.ok()) << driver.status();
  driver_ = *std::move(driver);
}

void ArchiveConformanceTest::Reopen() {
  const absl::Status status = driver_->Reopen();
  ASSERT_TRUE(status.ok()) << status;
}

void ArchiveConformanceTest::Crash() {
  const absl::Status status = driver_->Crash();
  ASSERT_TRUE(status.ok()) << status;
}

IngestResult ArchiveConformanceTest::Ingest(const Article& article) {
  return ValueOf(IngestAndWait(archive(), article));
}

IngestResult ArchiveConformanceTest::Undelete(const Article& article) {
  IngestCommand command;
  command.article = article;
  command.undelete = true;
  return ValueOf(IngestAndWait(archive(), std::move(command)));
}

DeleteResult ArchiveConformanceTest::Delete(const ArticleKey& key, absl::string_view reason) {
  return ValueOf(DeleteAndWait(archive(), key, reason));
}

StoredArticle ArchiveConformanceTest::Get(const ArticleKey& key, uint32_t revision, View view) {
  return ValueOf(archive().Get(key, revision, view));
}

StoredArticle ArchiveConformanceTest::GetByContentHash(absl::string_view body, View view) {
  return ValueOf(archive().GetByContentHash(Sha256(body), view));
}

std::vector<StoredArticle> ArchiveConformanceTest::ListRevisions(const ArticleKey& key, uint32_t before, size_t limit) {
  return ValueOf(archive().ListRevisions(key, before, limit));
}

bool ArchiveConformanceTest::IsMissing(absl::string_view body) {
  return !ValueOf(archive().FindMissing({Sha256(body)}, {})).content_hashes.empty();
}

ArchiveStats ArchiveConformanceTest::GetStats() { return ValueOf(archive().GetStats()); }

std::vector<StoredArticle> ArchiveConformanceTest::Export(const ExportCursor& cursor, ExportOrder order,
                                                          const ExportFilter& filter, size_t limit, View view) {
  std::vector<StoredArticle> articles;
  ExportPage page;
  page.next = cursor;
  do {
    page = ExportPageFrom(page.next, order, filter, limit, view);
    for (StoredArticle& article : page.articles) articles.push_back(std::move(article));
  } while (!page.done && !HasFailure());
  return articles;
}

ExportPage ArchiveConformanceTest::ExportPageFrom(const ExportCursor& cursor, ExportOrder order,
                                                  const ExportFilter& filter, size_t limit, View view,
                                                  size_t max_bytes) {
  ExportPage page = ValueOf(archive().Export(filter, order, view, cursor, limit, max_bytes));
  EXPECT_LE(page.articles.size(), limit);
  return page;
}

SearchPage ArchiveConformanceTest::Search(const SearchQuery& query) {
  return ValueOf(archive().Search(query, SearchControl()));
}

std::vector<ArticleKey> ArchiveConformanceTest::Find(absl::string_view text, SearchOrder order) {
  SearchQuery query;
  query.text = std::string(text);
  query.order = order;
  query.limit = 100;
  std::vector<ArticleKey> keys;
  for (const SearchHit& hit : Search(query).hits) keys.push_back(hit.article.article.key);
  return keys;
}

std::vector<std::string> ArchiveConformanceTest::Dump() {
  std::vector<std::string> lines;
  for (const StoredArticle& article : Export(archive().StartExport(), ExportOrder::kPublishedAt)) {
    const ArticleKey& key = article.article.key;
    for (const StoredArticle& revision : ListRevisions(key)) lines.push_back(Describe(Get(key, revision.revision)));
    for (const SearchOrder order : {SearchOrder::kRelevance, SearchOrder::kNewest}) {
      for (const ArticleKey& found : Find(article.article.title, order)) {
        lines.push_back(absl::StrCat("\"", article.article.title, "\" finds ", found.ToString()));
      }
    }
  }
  const ArchiveStats stats = GetStats();
  lines.push_back(absl::StrCat(stats.articles, " articles, ", stats.revisions, " revisions, ", stats.bodies,
                               " bodies, ", stats.tombstones, " tombstones, text ", stats.text_bytes, ", unique ",
                               stats.unique_text_bytes, ", stored ", stats.stored_text_bytes, ", sequence ",
                               stats.last_sequence, ", ", stats.indexed_documents, " indexed"));
  return lines;
}

Article Timeless(const ArticleKey& key, const std::string& body) {
  Article article = MakeArticle(key, body);
  article.published_at.reset();
  article.crawled_at.reset();
  return article;
}

std::vector<ArticleKey> KeysOf(const std::vector<StoredArticle>& articles) {
  std::vector<ArticleKey> keys;
  keys.reserve(articles.size());
  for (const StoredArticle& article : articles) keys.push_back(article.article.key);
  return keys;
}

}  // namespace gisa
