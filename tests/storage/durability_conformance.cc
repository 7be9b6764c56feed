#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "tests/storage/archive_conformance.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

// Makes an archive with a bit of everything: 40 keys, of which some are deleted.
void Fill(Archive& archive) {
  const std::vector<std::string> bodies = {"", "대전에서 열린 회의 😀", "\u1100\u1161\u11a8국 美國",
                                           std::string(3000, 'x') + " 부산"};
  for (size_t i = 0; i < 40; ++i) {
    Article article = MakeArticle({absl::StrCat(i % 3), absl::StrCat(i)}, bodies[i % bodies.size()]);
    if (i % 5 == 0) article.published_at.reset();
    ASSERT_TRUE(IngestAndWait(archive, article).ok());
    *article.crawled_at += absl::Hours(static_cast<double>(i));
    ASSERT_TRUE(IngestAndWait(archive, article).ok());
    if (i % 4 != 0) continue;
    article.body = bodies[i / 4 % bodies.size()];
    article.title += " (수정)";
    ASSERT_TRUE(IngestAndWait(archive, article).ok());
    if (i % 8 == 0) {
      ASSERT_TRUE(DeleteAndWait(archive, article.key, "takedown").ok());
    }
    IngestCommand undelete;
    undelete.article = article;
    undelete.undelete = true;
    if (i % 16 == 0) {
      ASSERT_TRUE(IngestAndWait(archive, undelete).ok());
    }
  }
}

TEST_P(ArchiveConformanceTest, AFilledArchiveIsTheSameAfterReopening) {
  Fill(archive());
  const std::vector<std::string> before = Dump();
  EXPECT_THAT(before, Not(IsEmpty()));
  Reopen();
  EXPECT_EQ(Dump(), before);
}

TEST_P(ArchiveConformanceTest, AFilledArchiveIsTheSameAfterACrash) {
  Fill(archive());
  const std::vector<std::string> before = Dump();
  Crash();
  EXPECT_EQ(Dump(), before);
  Crash();
  EXPECT_EQ(Dump(), before);
}

TEST_P(ArchiveConformanceTest, AFilledArchiveGoesOnAfterACrash) {
  Fill(archive());
  const uint64_t last = GetStats().last_sequence;
  Crash();
  const ArticleKey key = {"018", "1"};
  EXPECT_EQ(Ingest(MakeArticle(key, "대구")).sequence, last + 1);
  EXPECT_EQ(Find("대구"), std::vector<ArticleKey>{key});
  Crash();
  EXPECT_EQ(Get(key).article.body, "대구");
  EXPECT_EQ(Find("대구"), std::vector<ArticleKey>{key});
}

// Power is lost while commits are under way: what was answered is there, what was not may be.
TEST_P(ArchiveConformanceTest, ACrashAmidIngestsKeepsEveryAcknowledgedArticle) {
  constexpr int kRounds = 10;
  constexpr int kArticles = 100;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<absl::StatusOr<IngestResult>> answers(kArticles, absl::UnknownError("not answered"));
    const auto key = [round](int i) { return ArticleKey{absl::StrCat(round), absl::StrCat(i)}; };
    absl::Notification begun;
    for (int i = 0; i < kArticles; ++i) {
      IngestCommand command;
      command.article = MakeArticle(key(i), absl::StrCat("본문 ", round, " ", i));
      archive().Ingest(std::move(command), [&, i](absl::StatusOr<IngestResult> result) {
        answers[static_cast<size_t>(i)] = std::move(result);
        if (i == round * kArticles / kRounds) begun.Notify();
      });
    }
    begun.WaitForNotification();
    Crash();
    uint64_t stored = 0;
    for (int i = 0; i < kArticles; ++i) {
      const auto article = archive().Get(key(i), 0, View::kFull);
      stored += article.ok() ? 1 : 0;
      const absl::StatusOr<IngestResult>& answer = answers[static_cast<size_t>(i)];
      if (!answer.ok()) {
        EXPECT_EQ(answer.status().code(), absl::StatusCode::kUnavailable) << answer.status();
        continue;
      }
      ASSERT_TRUE(article.ok()) << article.status();
      EXPECT_EQ(article->sequence, answer->sequence);
      EXPECT_EQ(article->article.body, absl::StrCat("본문 ", round, " ", i));
    }
    ExportFilter filter;
    filter.oids = {absl::StrCat(round)};
    EXPECT_EQ(Export(archive().StartExport(), ExportOrder::kPublishedAt, filter).size(), stored);
    SearchQuery query;
    query.text = absl::StrCat("본문 ", round);
    EXPECT_GE(Search(query).total_hits, stored);
    const ArchiveStats stats = GetStats();
    EXPECT_EQ(stats.articles, stats.last_sequence);
    EXPECT_EQ(stats.indexed_documents, stats.articles);
  }
}

TEST_P(ArchiveConformanceTest, StatsAreThoseOfAFullScan) {
  Fill(archive());
  ArchiveStats scanned;
  std::set<std::string> bodies;
  for (const StoredArticle& article : Export(archive().StartExport(), ExportOrder::kKey)) {
    ++scanned.articles;
    for (const StoredArticle& revision : ListRevisions(article.article.key)) {
      const std::string body = Get(article.article.key, revision.revision).article.body;
      ++scanned.revisions;
      scanned.text_bytes += body.size();
      if (bodies.insert(body).second) scanned.unique_text_bytes += body.size();
    }
  }
  const ArchiveStats stats = GetStats();
  EXPECT_EQ(stats.articles, scanned.articles);
  EXPECT_EQ(stats.revisions, scanned.revisions);
  EXPECT_EQ(stats.text_bytes, scanned.text_bytes);
  EXPECT_EQ(stats.bodies, bodies.size());
  EXPECT_EQ(stats.unique_text_bytes, scanned.unique_text_bytes);
  EXPECT_EQ(stats.indexed_documents, stats.articles);
  EXPECT_EQ(stats.articles + stats.tombstones, 40u);
  EXPECT_GT(stats.stored_text_bytes, 0u);
  EXPECT_GT(stats.records_disk_bytes, 0u);
  EXPECT_GT(stats.near_disk_bytes, 0u);
}

TEST_P(ArchiveConformanceTest, AnArchiveHoldsNothingButTombstonesWhenAllIsDeleted) {
  Fill(archive());
  for (const StoredArticle& article : Export(archive().StartExport(), ExportOrder::kKey)) Delete(article.article.key);
  for (int i = 0; i < 2; ++i, Reopen()) {
    const ArchiveStats stats = GetStats();
    EXPECT_EQ(stats.articles, 0u);
    EXPECT_EQ(stats.revisions, 0u);
    EXPECT_EQ(stats.bodies, 0u);
    EXPECT_EQ(stats.tombstones, 40u);
    EXPECT_EQ(stats.text_bytes, 0u);
    EXPECT_EQ(stats.unique_text_bytes, 0u);
    EXPECT_EQ(stats.stored_text_bytes, 0u);
    EXPECT_EQ(stats.indexed_documents, 0u);
    EXPECT_THAT(Find("제목"), IsEmpty());
    EXPECT_THAT(Export(archive().StartExport(), ExportOrder::kPublishedAt), IsEmpty());
  }
}

}  // namespace
}  // namespace gisa
