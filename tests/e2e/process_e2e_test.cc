// Real binaries as processes: how they end, and what is left after an end that was not planned.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "client/ingest_uploader.h"
#include "tests/e2e/e2e_test.h"
#include "tests/e2e/search_phrase.h"

namespace gisa {
namespace {

using testing::HasSubstr;

v1::Article MakeArticle(uint64_t number) {
  v1::Article article;
  article.set_oid("900");
  article.set_aid(absl::StrCat(number));
  article.set_title("시험 기사");
  article.set_body(absl::StrCat("번호가 일련", number, "번인 기사의 본문이다."));
  return article;
}

v1::ArticleKey KeyOf(uint64_t number) {
  v1::ArticleKey key;
  key.set_oid("900");
  key.set_aid(absl::StrCat(number));
  return key;
}

using ProcessE2eTest = E2eTest;

TEST_F(ProcessE2eTest, AServerThatIsNotThereIsExitCode3WithOneLine) {
  const std::string address = server_.address();
  server_.Kill();
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"stats"}, {"get", "1/2"}, {"search", "대전"}, {"list"}, {"export"}, {"ingest", TestData("articles")}}) {
    const CommandResult result = RunGisa(address, arguments);
    EXPECT_EQ(result.exit_code, 3) << arguments[0];
    EXPECT_THAT(result.err, HasSubstr(absl::StrCat("cannot reach gisad at ", address, ": ")));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_EQ(result.out, "");
  }
}

TEST_F(ProcessE2eTest, WrongUsageIsExitCode2) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{{},
                                                                     {"nonsense"},
                                                                     {"get"},
                                                                     {"get", "no-slash"},
                                                                     {"get", "1/2", "--hash", "ab"},
                                                                     {"get", "--hash", "ab"},
                                                                     {"get", "1/2", "-o", "xml"},
                                                                     {"stats", "-o", "md"},
                                                                     {"ingest"},
                                                                     {"search", "대전", "--limit", "-1"},
                                                                     {"list", "--published-after", "2025-02-30"},
                                                                     {"delete", "1/2"},
                                                                     {"dups"},
                                                                     {"dups", "1/2", "--clusters"},
                                                                     {"dups", "1/2", "--min-size", "3"},
                                                                     {"dups", "--clusters", "--min-size", "1"},
                                                                     {"dups", "--clusters", "--since", "soon"},
                                                                     {"stats", "--timeout", "soon"},
                                                                     {"stats", "--published-at-zone", "Mars"}}) {
    const CommandResult result = Gisa(arguments);
    EXPECT_EQ(result.exit_code, 2) << testing::PrintToString(arguments) << result.err;
    EXPECT_THAT(result.err, testing::StartsWith("gisa: "));
    EXPECT_EQ(result.out, "");
  }
}

TEST_F(ProcessE2eTest, WhatIsNotStoredIsExitCode1) {
  const CommandResult result = Gisa({"get", "999/999"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("999/999"));
  EXPECT_EQ(Gisa({"list", "999/999"}).exit_code, 1);
  EXPECT_EQ(Gisa({"delete", "999/999", "--reason", "없음"}).exit_code, 1);
}

TEST_F(ProcessE2eTest, AnOutputThatIsClosedEndsQuietlyAndAFullOneDoesNot) {
  Ingest(ArticleFiles());
  const CommandResult closed = RunShell(server_.address(), "{ $GISA export; echo $? >&2; } | head -n 1 >/dev/null");
  EXPECT_EQ(closed.err, "0\n");
  const CommandResult full = RunShell(server_.address(), "$GISA export >/dev/full");
  EXPECT_EQ(full.exit_code, 4);
  EXPECT_THAT(full.err, HasSubstr("No space left on device"));
  const CommandResult none = RunShell(server_.address(), "$GISA stats >&-");
  EXPECT_EQ(none.exit_code, 0) << none.err;
}

TEST_F(ProcessE2eTest, SigtermEndsWithExitCode0AndTheDataStays) {
  Ingest(ArticleFiles());
  EXPECT_EQ(server_.Terminate(), 0);
  server_.Restart();
  EXPECT_EQ(Ingest(ArticleFiles())["unchanged"], ArticleFiles().size());
}

TEST_F(ProcessE2eTest, CompactTellsWhatItGainedAndLeavesAnOpenArchiveAlone) {
  Ingest(ArticleFiles());
  const std::vector<std::string> compact = {"compact", "--data-dir", server_.data_dir()};
  const CommandResult refused = RunGisad(compact);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("gisad: "));
  EXPECT_EQ(refused.out, "");

  EXPECT_EQ(server_.Terminate(), 0);
  const CommandResult done = RunGisad(compact);
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("records"));
  const CommandResult nothing = RunGisad({"compact", "--data-dir", server_.data_dir() + "/none"});
  EXPECT_EQ(nothing.exit_code, 1);
  EXPECT_THAT(nothing.err, HasSubstr("/none has no archive"));
  server_.Restart();
  EXPECT_EQ(Ingest(ArticleFiles())["unchanged"], ArticleFiles().size());
}

TEST_F(ProcessE2eTest, WhatWasAcknowledgedBeforeAKillIsThereAndSearchable) {
  constexpr uint64_t kArticles = 5000;
  constexpr uint64_t kKillAfter = 700;
  uint64_t acknowledged = 0;  // in order, so the first so many
  const auto client = Connect();
  {
    IngestUploader uploader(client.get(), {.patience = absl::Milliseconds(200)},
                            [&](uint64_t index, const absl::StatusOr<v1::IngestResult>& answer) {
                              ASSERT_TRUE(answer.ok()) << answer.status();
                              acknowledged = index + 1;
                              if (acknowledged == kKillAfter) server_.Signal(SIGKILL);
                            });
    absl::Status status;
    for (uint64_t i = 0; i < kArticles && status.ok(); ++i) status = uploader.Add(MakeArticle(i));
    if (status.ok()) status = uploader.Finish();
    EXPECT_FALSE(status.ok());
  }
  EXPECT_EQ(server_.Wait(), -SIGKILL);
  ASSERT_GE(acknowledged, kKillAfter);

  server_.Restart();
  const auto after = Connect();
  for (uint64_t i = 0; i < acknowledged; ++i) {
    v1::GetRequest request;
    *request.mutable_key() = KeyOf(i);
    const absl::StatusOr<v1::GetResponse> response = after->Get(request);
    ASSERT_TRUE(response.ok()) << i << ": " << response.status();
    EXPECT_EQ(response->article().body(), MakeArticle(i).body());
    EXPECT_TRUE(Finds(after.get(), absl::StrCat("일련", i, "번인"), KeyOf(i))) << i;
  }
}

TEST_F(ProcessE2eTest, AnUploadSurvivesARestartOfTheServer) {
  constexpr uint64_t kArticles = 3000;
  constexpr uint64_t kRestartAfter = 500;
  absl::Notification terminated;
  uint64_t answers = 0;
  const auto client = Connect();
  IngestUploader uploader(client.get(), {}, [&](uint64_t index, const absl::StatusOr<v1::IngestResult>& answer) {
    EXPECT_TRUE(answer.ok()) << index << ": " << answer.status();
    EXPECT_EQ(index, answers);
    if (++answers != kRestartAfter) return;
    server_.Signal(SIGTERM);
    terminated.Notify();
  });
  std::thread adder([&] {
    for (uint64_t i = 0; i < kArticles; ++i) ASSERT_TRUE(uploader.Add(MakeArticle(i)).ok());
    EXPECT_TRUE(uploader.Finish().ok());
  });
  terminated.WaitForNotification();
  EXPECT_EQ(server_.Wait(), 0);
  server_.RestartOnSamePort();
  adder.join();
  EXPECT_EQ(answers, kArticles);
  EXPECT_EQ(Connect()->GetStats()->articles(), kArticles);
}

}  // namespace
}  // namespace gisa
