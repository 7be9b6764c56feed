#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/barrier.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "tests/storage/archive_conformance.h"
#include "tests/storage/describe.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Field;

TEST_P(ArchiveConformanceTest, ANewKeyWithANewBodyIsCreated) {
  const IngestResult result = Ingest(MakeArticle(kFirst, "본문"));
  EXPECT_EQ(result.outcome, Outcome::kCreated);
  EXPECT_EQ(result.key, kFirst);
  EXPECT_EQ(result.revision, 1u);
  EXPECT_EQ(result.sequence, 1u);
  EXPECT_EQ(result.content_hash, Sha256("본문"));
  EXPECT_EQ(result.canonical, kFirst);
}

TEST_P(ArchiveConformanceTest, ANewKeyWithAKnownBodyIsADuplicateOfTheFirst) {
  Ingest(MakeArticle(kFirst, "본문"));
  Article copy = MakeArticle(kSecond, "본문");
  copy.title = "다른 제목";
  const IngestResult result = Ingest(copy);
  EXPECT_EQ(result.outcome, Outcome::kDuplicate);
  EXPECT_EQ(result.revision, 1u);
  EXPECT_EQ(result.canonical, kFirst);
  EXPECT_EQ(Get(kSecond).article.title, "다른 제목");
  EXPECT_EQ(Get(kSecond).article.body, "본문");
  EXPECT_EQ(GetStats().bodies, 1u);
}

TEST_P(ArchiveConformanceTest, TheSameArticleAgainIsUnchangedAndWritesNothing) {
  const Article article = MakeArticle(kFirst, "본문");
  const IngestResult first = Ingest(article);
  const std::vector<std::string> before = Dump();
  const IngestResult again = Ingest(article);
  EXPECT_EQ(again.outcome, Outcome::kUnchanged);
  EXPECT_EQ(again.revision, first.revision);
  EXPECT_EQ(again.sequence, first.sequence);
  EXPECT_EQ(again.content_hash, first.content_hash);
  EXPECT_EQ(again.canonical, kFirst);
  EXPECT_EQ(Dump(), before);
}

TEST_P(ArchiveConformanceTest, UnchangedNamesTheCanonicalArticleOfToday) {
  Ingest(MakeArticle(kFirst, "본문"));
  Ingest(MakeArticle(kSecond, "본문"));
  EXPECT_EQ(Ingest(MakeArticle(kSecond, "본문")).canonical, kFirst);
  Delete(kFirst);
  EXPECT_EQ(Ingest(MakeArticle(kSecond, "본문")).canonical, kSecond);
}

TEST_P(ArchiveConformanceTest, AChangeOfAnyFieldButCrawledAtMakesARevision) {
  const std::vector<std::pair<const char*, std::function<void(Article&)>>> changes = {
      {"title", [](Article& article) { article.title += "!"; }},
      {"title removed", [](Article& article) { article.title.clear(); }},
      {"category", [](Article& article) { article.category = "경제"; }},
      {"publisher", [](Article& article) { article.publisher = "다른신문"; }},
      {"author", [](Article& article) { article.author = "김나래 기자"; }},
      {"url", [](Article& article) { article.url += "?sid=102"; }},
      {"published_at", [](Article& article) { *article.published_at += absl::Microseconds(1); }},
      {"published_at removed", [](Article& article) { article.published_at.reset(); }},
      {"body", [](Article& article) { article.body += " "; }},
  };
  int aid = 0;
  for (const auto& [field, change] : changes) {
    SCOPED_TRACE(field);
    ++aid;
    Article article = MakeArticle({"018", absl::StrCat(aid)}, absl::StrCat("본문 ", aid));
    const IngestResult first = Ingest(article);
    change(article);
    const IngestResult revised = Ingest(article);
    EXPECT_EQ(revised.outcome, Outcome::kRevised);
    EXPECT_EQ(revised.revision, 2u);
    EXPECT_GT(revised.sequence, first.sequence);
    EXPECT_EQ(Ingest(article).outcome, Outcome::kUnchanged);
  }
}

TEST_P(ArchiveConformanceTest, APublishedAtOf1970IsNotAnAbsentOne) {
  Article article = Timeless(kFirst, "본문");
  Ingest(article);
  article.published_at = absl::UnixEpoch();
  EXPECT_EQ(Ingest(article).outcome, Outcome::kRevised);
  EXPECT_EQ(Get(kFirst).article.published_at, absl::UnixEpoch());
}

TEST_P(ArchiveConformanceTest, ANewerCrawledAtMovesLastCrawledAtAlone) {
  Article article = MakeArticle(kFirst, "본문");
  Ingest(article);
  StoredArticle expected = Get(kFirst);
  EXPECT_EQ(expected.last_crawled_at, article.crawled_at);
  *article.crawled_at += absl::Hours(1);
  EXPECT_EQ(Ingest(article).outcome, Outcome::kUnchanged);
  expected.last_crawled_at = article.crawled_at;
  EXPECT_EQ(Describe(Get(kFirst)), Describe(expected));
  EXPECT_EQ(GetStats().last_sequence, 1u);
}

TEST_P(ArchiveConformanceTest, AnOlderOrAbsentCrawledAtMovesNothing) {
  Article article = MakeArticle(kFirst, "본문");
  Ingest(article);
  const StoredArticle before = Get(kFirst);
  *article.crawled_at -= absl::Hours(1);
  EXPECT_EQ(Ingest(article).outcome, Outcome::kUnchanged);
  article.crawled_at.reset();
  EXPECT_EQ(Ingest(article).outcome, Outcome::kUnchanged);
  EXPECT_EQ(Describe(Get(kFirst)), Describe(before));
}

TEST_P(ArchiveConformanceTest, ACrawledAtWhereThereWasNoneBecomesLastCrawledAt) {
  Article article = Timeless(kFirst, "본문");
  Ingest(article);
  EXPECT_EQ(Get(kFirst).last_crawled_at, std::nullopt);
  article.crawled_at = absl::FromUnixSeconds(1767074996);
  EXPECT_EQ(Ingest(article).outcome, Outcome::kUnchanged);
  EXPECT_EQ(Get(kFirst).last_crawled_at, article.crawled_at);
  EXPECT_EQ(Get(kFirst).article.crawled_at, std::nullopt);
}

TEST_P(ArchiveConformanceTest, ARevisionOfAnOlderCrawlKeepsTheNewerLastCrawledAt) {
  Article article = MakeArticle(kFirst, "본문");
  const absl::Time newest = *article.crawled_at;
  Ingest(article);
  article.title += " (수정)";
  *article.crawled_at -= absl::Hours(1);
  EXPECT_EQ(Ingest(article).outcome, Outcome::kRevised);
  EXPECT_EQ(Get(kFirst).article.crawled_at, newest - absl::Hours(1));
  EXPECT_EQ(Get(kFirst).last_crawled_at, newest);
}

TEST_P(ArchiveConformanceTest, ARevisionMayBecomeACopyOfAnothersBody) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kSecond, "둘"));
  const IngestResult result = Ingest(MakeArticle(kSecond, "하나"));
  EXPECT_EQ(result.outcome, Outcome::kRevised);
  EXPECT_EQ(result.canonical, kFirst);
  EXPECT_EQ(result.content_hash, Sha256("하나"));
  EXPECT_EQ(Get(kSecond).canonical, kFirst);
}

TEST_P(ArchiveConformanceTest, GoingBackToAnEarlierBodyIsARevisionToo) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kFirst, "둘"));
  const IngestResult back = Ingest(MakeArticle(kFirst, "하나"));
  EXPECT_EQ(back.outcome, Outcome::kRevised);
  EXPECT_EQ(back.revision, 3u);
  EXPECT_EQ(back.canonical, kFirst);
  EXPECT_EQ(GetStats().bodies, 2u);
}

TEST_P(ArchiveConformanceTest, EachChangeTakesTheNextSequence) {
  EXPECT_EQ(Ingest(MakeArticle(kFirst, "하나")).sequence, 1u);
  EXPECT_EQ(Ingest(MakeArticle(kSecond, "하나")).sequence, 2u);
  EXPECT_EQ(Ingest(MakeArticle(kSecond, "둘")).sequence, 3u);
  EXPECT_EQ(Delete(kSecond).sequence, 4u);
  EXPECT_EQ(Undelete(MakeArticle(kSecond, "둘")).sequence, 5u);
  Reopen();
  EXPECT_EQ(Ingest(MakeArticle(kSecond, "셋")).sequence, 6u);
  EXPECT_EQ(GetStats().last_sequence, 6u);
}

TEST_P(ArchiveConformanceTest, AStatedHashThatIsNotTheBodysIsRefused) {
  IngestCommand command;
  command.article = MakeArticle(kFirst, "본문");
  command.stated_content_hash = Sha256("본문 ");
  const auto result = IngestAndWait(archive(), command);
  EXPECT_THAT(result.status(), IsError(absl::StatusCode::kInvalidArgument, "CONTENT_HASH_MISMATCH"));
  EXPECT_THAT(archive().Get(kFirst, 0, View::kFull).status(),
              IsError(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND"));
  EXPECT_EQ(GetStats().last_sequence, 0u);
}

TEST_P(ArchiveConformanceTest, AStatedHashThatIsTheBodysIsAccepted) {
  IngestCommand command;
  command.article = MakeArticle(kFirst, "본문");
  command.stated_content_hash = Sha256("본문");
  const auto result = IngestAndWait(archive(), command);
  EXPECT_TRUE(result.ok()) << result.status();
}

TEST_P(ArchiveConformanceTest, TheEmptyBodyIsABodyLikeAnyOther) {
  EXPECT_EQ(Ingest(MakeArticle(kFirst, "")).outcome, Outcome::kCreated);
  EXPECT_EQ(Ingest(MakeArticle(kSecond, "")).outcome, Outcome::kDuplicate);
  EXPECT_EQ(GetByContentHash("").article.key, kFirst);
  EXPECT_EQ(GetStats().bodies, 1u);
  EXPECT_EQ(GetStats().text_bytes, 0u);
  Reopen();
  EXPECT_EQ(Get(kSecond).article.body, "");
  Delete(kFirst);
  Delete(kSecond);
  EXPECT_TRUE(IsMissing(""));
}

TEST_P(ArchiveConformanceTest, TextComesBackByteForByte) {
  const std::vector<std::string> texts = {
      "  앞뒤의 빈칸과 줄바꿈 \r\n\t\n",
      "각각",                  // composed
      "\u1100\u1161\u11a8각",  // the same, the first syllable decomposed
      "이모지 😀👨‍👩‍👧‍👦🇰🇷",
      "美國 大統領 訪韓 ㆍ 한·미 정상회담",
      std::string("NUL\0안", 7),
      "&amp;quot; <b>굵게</b> \"따옴표\" \\",
  };
  for (size_t i = 0; i < texts.size(); ++i) {
    Article article = MakeArticle({"018", absl::StrCat(i)}, texts[i]);
    article.title = article.category = article.publisher = article.author = texts[i];
    EXPECT_EQ(Ingest(article).outcome, Outcome::kCreated) << texts[i];
  }
  Reopen();
  for (size_t i = 0; i < texts.size(); ++i) {
    const Article article = Get({"018", absl::StrCat(i)}).article;
    EXPECT_THAT(
        (std::vector<std::string>{article.title, article.category, article.publisher, article.author, article.body}),
        Each(texts[i]));
  }
}

TEST_P(ArchiveConformanceTest, KeysAreStringsWhoseLeadingZerosCount) {
  const std::vector<ArticleKey> keys = {{"18", "1"},  {"018", "1"}, {"018", "01"}, {"0181", "1"},
                                        {"01", "81"}, {"A", "a"},   {"a", "A"},    {std::string(64, '.'), "-_"}};
  for (const ArticleKey& key : keys) {
    EXPECT_EQ(Ingest(MakeArticle(key, key.ToString())).outcome, Outcome::kCreated) << key.ToString();
  }
  for (const ArticleKey& key : keys) EXPECT_EQ(Get(key).article.body, key.ToString());
}

TEST_P(ArchiveConformanceTest, CommandsOfOneThreadAreCommittedInTheirOrder) {
  constexpr int kCommands = 200;
  absl::Mutex mutex;
  std::vector<uint32_t> revisions;
  absl::BlockingCounter answers(kCommands);
  for (int i = 0; i < kCommands; ++i) {
    IngestCommand command;
    command.article = MakeArticle(kFirst, absl::StrCat("본문 ", i));
    archive().Ingest(std::move(command), [&](const absl::StatusOr<IngestResult>& result) {
      {
        absl::MutexLock lock(&mutex);
        revisions.push_back(result.ok() ? result->revision : 0);
      }
      answers.DecrementCount();
    });
  }
  answers.Wait();
  for (uint32_t i = 0; i < kCommands; ++i) {
    ASSERT_EQ(revisions[i], i + 1);
    ASSERT_EQ(Get(kFirst, i + 1).article.body, absl::StrCat("본문 ", i));
  }
}

// Runs `work` with each number below `threads`, all at once.
void RunAtOnce(int threads, const std::function<void(int)>& work) {
  absl::Barrier ready(threads);
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&, i] {
      ready.Block();
      work(i);
    });
  }
  for (std::thread& thread : running) thread.join();
}

TEST_P(ArchiveConformanceTest, ThreadsThatBringOneBodyAgreeOnOneCanonicalArticle) {
  constexpr int kThreads = 4;
  for (int round = 0; round < 25; ++round) {
    const std::string body = absl::StrCat("본문 ", round);
    std::vector<IngestResult> results(kThreads);
    RunAtOnce(kThreads, [&](int i) {
      results[static_cast<size_t>(i)] = Ingest(MakeArticle({absl::StrCat(i), absl::StrCat(round)}, body));
    });
    const ArticleKey canonical = GetByContentHash(body).article.key;
    int created = 0;
    for (const IngestResult& result : results) {
      EXPECT_EQ(result.canonical, canonical);
      if (result.outcome == Outcome::kCreated) {
        ++created;
        EXPECT_EQ(result.key, canonical);
      }
    }
    EXPECT_EQ(created, 1);
  }
  EXPECT_EQ(GetStats().bodies, 25u);
}

TEST_P(ArchiveConformanceTest, ThreadsThatBringOneArticleCreateItOnce) {
  constexpr int kThreads = 4;
  for (int round = 0; round < 25; ++round) {
    const Article article = MakeArticle({"018", absl::StrCat(round)}, absl::StrCat("본문 ", round));
    std::vector<IngestResult> results(kThreads);
    RunAtOnce(kThreads, [&](int i) { results[static_cast<size_t>(i)] = Ingest(article); });
    EXPECT_THAT(results, Each(AllOf(Field(&IngestResult::revision, 1u),
                                    Field(&IngestResult::sequence, static_cast<uint64_t>(round) + 1))));
    int created = 0;
    for (const IngestResult& result : results) created += result.outcome == Outcome::kCreated ? 1 : 0;
    EXPECT_EQ(created, 1);
  }
}

TEST_P(ArchiveConformanceTest, ThreadsThatReviseOneArticleMakeConsecutiveRevisions) {
  constexpr int kThreads = 4;
  constexpr uint32_t kRounds = 25;
  RunAtOnce(kThreads, [&](int i) {
    for (uint32_t round = 0; round < kRounds; ++round) {
      Ingest(MakeArticle(kFirst, absl::StrCat("실 ", i, " 회 ", round)));
    }
  });
  EXPECT_EQ(Get(kFirst).revision, kThreads * kRounds);
  EXPECT_EQ(ListRevisions(kFirst).size(), kThreads * kRounds);
  EXPECT_EQ(GetStats().bodies, kThreads * kRounds);
}

TEST_P(ArchiveConformanceTest, AfterShutdownWritesAreRefusedAndReadsGoOn) {
  Ingest(MakeArticle(kFirst, "본문"));
  ASSERT_TRUE(archive().Shutdown().ok());
  ASSERT_TRUE(archive().Shutdown().ok());
  EXPECT_THAT(IngestAndWait(archive(), MakeArticle(kSecond, "둘")).status(),
              IsError(absl::StatusCode::kUnavailable, "SERVER_DRAINING"));
  EXPECT_THAT(DeleteAndWait(archive(), kFirst, "").status(),
              IsError(absl::StatusCode::kUnavailable, "SERVER_DRAINING"));
  EXPECT_EQ(Get(kFirst).article.body, "본문");
}

}  // namespace
}  // namespace gisa
