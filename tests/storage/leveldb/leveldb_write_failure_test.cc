#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "storage/base/errors.h"
#include "tests/storage/leveldb/leveldb_fixture.h"
#include "tests/support/faulty_env.h"
#include "tests/support/unsynced_loss_env.h"

namespace gisa {
namespace {

class LevelDbWriteFailureTest : public LevelDbFilesTest {
 protected:
  LevelDbWriteFailureTest() {
    options_.env = &env_;
    options_.max_retry_interval = absl::ZeroDuration();
    Fill(3);
    EXPECT_TRUE(Open().ok());
  }
  ~LevelDbWriteFailureTest() override { archive_.reset(); }  // before the Env

  FaultyEnv env_;
};

TEST_F(LevelDbWriteFailureTest, WritesAreRefusedAndReadsGoOn) {
  env_.FailChanges("Input/output error");
  const auto ingested = IngestAndWait(*archive_, MakeArticle(Key(3), "대전 새 글"));
  EXPECT_EQ(ingested.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ErrorReason(ingested.status()), "STORAGE_WRITE_FAILED");
  EXPECT_EQ(ErrorReason(DeleteAndWait(*archive_, Key(0), "").status()), "STORAGE_WRITE_FAILED");
  EXPECT_EQ(ErrorReason(archive_->Get(Key(3), 0, View::kFull).status()), "ARTICLE_NOT_FOUND");
  EXPECT_TRUE(archive_->Get(Key(0), 0, View::kFull).ok());
  EXPECT_EQ(Hits("대전"), 3u);
  EXPECT_EQ(archive_->GetStats()->articles, 3u);
  EXPECT_EQ(archive_->StartExport().as_of_sequence, 3u);
}

TEST_F(LevelDbWriteFailureTest, AFullDiskIsSaid) {
  env_.FailChanges("No space left on device");
  const auto ingested = IngestAndWait(*archive_, MakeArticle(Key(3), "대전"));
  EXPECT_EQ(ingested.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(ingested.status()), "DISK_FULL");
  EXPECT_TRUE(archive_->Get(Key(0), 0, View::kFull).ok());
}

TEST_F(LevelDbWriteFailureTest, WritesGoOnInPlaceWhenTheCauseIsGone) {
  env_.FailChanges("Input/output error");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ErrorReason(IngestAndWait(*archive_, MakeArticle(Key(3), "대전")).status()), "STORAGE_WRITE_FAILED");
  }
  EXPECT_EQ(Hits("대전"), 3u);
  env_.Mend();
  const auto ingested = IngestAndWait(*archive_, MakeArticle(Key(4), "대전"));
  ASSERT_TRUE(ingested.ok()) << ingested.status();
  EXPECT_EQ(ingested->sequence, 4u);
  EXPECT_EQ(Hits("대전"), 4u);
  EXPECT_EQ(archive_->GetStats()->articles, 4u);
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), 4u);
  EXPECT_TRUE(archive_->Get(Key(4), 0, View::kFull).ok());
}

TEST_F(LevelDbWriteFailureTest, AnErrorSaysWhenToTryAgain) {
  options_.max_retry_interval = absl::Hours(1);
  ASSERT_TRUE(Open().ok());
  env_.FailAfter(0, /*once=*/true);
  const auto failed = IngestAndWait(*archive_, MakeArticle(Key(3), "대전"));
  EXPECT_EQ(ErrorReason(failed.status()), "STORAGE_WRITE_FAILED");
  const std::optional<absl::Duration> delay = ErrorRetryDelay(failed.status());
  ASSERT_TRUE(delay.has_value());
  EXPECT_LE(*delay, absl::Milliseconds(100));
}

// LevelDB does not keep what it could not sync, but its log may have it.
TEST_F(LevelDbWriteFailureTest, AWriteThatFailedAndIsThereAfterAllIsSearchableAndCounted) {
  // The log's header, its payload; then the sync.
  env_.FailAfter(2, /*once=*/true);
  EXPECT_EQ(ErrorReason(IngestAndWait(*archive_, MakeArticle(Key(3), "대전")).status()), "STORAGE_WRITE_FAILED");
  EXPECT_EQ(Hits("대전"), 3u);
  const auto ingested = IngestAndWait(*archive_, MakeArticle(Key(4), "대전"));
  ASSERT_TRUE(ingested.ok()) << ingested.status();
  EXPECT_EQ(ingested->sequence, 5u);
  EXPECT_TRUE(archive_->Get(Key(3), 0, View::kFull).ok());
  EXPECT_EQ(Hits("대전"), 5u);
  EXPECT_EQ(archive_->GetStats()->articles, 5u);
  EXPECT_EQ(IngestAndWait(*archive_, MakeArticle(Key(3), "대전"))->outcome, Outcome::kUnchanged);
}

TEST_F(LevelDbWriteFailureTest, TheOperatorIsToldWhenWritesFailAndWhenTheyGoOn) {
  std::vector<std::string> told;
  options_.on_event = [&told](const StorageEvent& event) { told.push_back(event.message); };
  ASSERT_TRUE(Open().ok());
  env_.FailChanges("Input/output error");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(IngestAndWait(*archive_, MakeArticle(Key(3), "대전")).ok());
  env_.Mend();
  EXPECT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(3), "대전")).ok());
  EXPECT_THAT(told, ::testing::ElementsAre("writes fail", "writes go on"));
}

TEST_F(LevelDbWriteFailureTest, WhatWritesNothingIsStillAnswered) {
  env_.FailChanges("Input/output error");
  EXPECT_FALSE(IngestAndWait(*archive_, MakeArticle(Key(3), "대전")).ok());
  const auto again = IngestAndWait(*archive_, MakeArticle(Key(0), "대전에서 열린 회의 0"));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->outcome, Outcome::kUnchanged);
}

TEST_F(LevelDbWriteFailureTest, AnIndexThatCannotBeWrittenStopsIngestsBeforeItFillsTheMemory) {
  options_.max_retry_interval = absl::Milliseconds(1);
  ASSERT_TRUE(Open().ok());
  env_.FailChanges("No space left on device", "/index/");
  int count = 3;
  absl::Status refused;
  while (refused.ok() && count < 1000) {
    refused = IngestAndWait(*archive_, MakeArticle(Key(count), "대전")).status();
    count += refused.ok() ? 1 : 0;
  }
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(refused), "DISK_FULL");
  EXPECT_TRUE(ErrorRetryDelay(refused).has_value());
  EXPECT_EQ(ErrorReason(archive_->Get(Key(count), 0, View::kFull).status()), "ARTICLE_NOT_FOUND");
  EXPECT_EQ(Hits("대전"), static_cast<uint64_t>(count));
  EXPECT_TRUE(DeleteAndWait(*archive_, Key(0), "").ok()) << "a deletion takes no space";

  env_.Mend();
  while (!IngestAndWait(*archive_, MakeArticle(Key(count), "대전")).ok()) continue;
  EXPECT_EQ(Hits("대전"), static_cast<uint64_t>(count));
  ASSERT_TRUE(archive_->Shutdown().ok());
  EXPECT_EQ(archive_->GetStats()->unflushed_documents, 0u);
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), static_cast<uint64_t>(count));
}

TEST_F(LevelDbWriteFailureTest, IngestsStopBeforeTheDiskIsFullAndDeletionsDoNot) {
  std::atomic<uint64_t> free = 1000;
  options_.min_free_bytes = 1000;
  options_.free_bytes = [&free](const std::string&) { return free.load(); };
  options_.free_bytes_interval = absl::ZeroDuration();
  ASSERT_TRUE(Open().ok());
  EXPECT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(3), "대전")).ok());
  free = 999;
  const absl::Status refused = IngestAndWait(*archive_, MakeArticle(Key(4), "대전")).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(refused), "DISK_FULL");
  EXPECT_TRUE(ErrorRetryDelay(refused).has_value());
  EXPECT_EQ(IngestAndWait(*archive_, MakeArticle(Key(3), "대전"))->outcome, Outcome::kUnchanged);
  EXPECT_TRUE(DeleteAndWait(*archive_, Key(0), "").ok());
  EXPECT_EQ(Hits("대전"), 3u);
  EXPECT_EQ(ErrorReason(archive_->Get(Key(4), 0, View::kFull).status()), "ARTICLE_NOT_FOUND");
  free = 1100;
  EXPECT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(4), "대전")).ok());
  EXPECT_EQ(Hits("대전"), 4u);
}

// The index is derived: while its files cannot be written, what they would say stays in memory.
TEST_F(LevelDbWriteFailureTest, AShutdownThatCannotWriteTheIndexLosesNothing) {
  ASSERT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(3), "대전")).ok());
  env_.FailChanges("Input/output error");
  EXPECT_FALSE(archive_->Shutdown().ok());
  EXPECT_EQ(Hits("대전"), 4u);
  archive_.reset();
  env_.Mend();
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), 4u);
}

TEST_F(LevelDbFilesTest, AfterACrashOnlyWhatWasNotFlushedIsAnalyzedAgain) {
  UnsyncedLossEnv env;
  options_.env = &env;  // 16 articles to a segment
  ASSERT_TRUE(Open().ok());
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(i), absl::StrCat("대전 ", i))).ok());
  }
  while (archive_->GetStats()->indexed_up_to < 32) continue;  // the index's writer is a thread of its own
  env.CutPower();
  archive_.reset();
  env.RestorePower();
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(archive_->GetStats()->indexed_up_to, 32u);
  EXPECT_EQ(archive_->GetStats()->unflushed_documents, 8u);
  EXPECT_EQ(Hits("대전"), 40u);

  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(archive_->GetStats()->unflushed_documents, 0u) << "after an orderly end nothing is left to be analyzed";
  EXPECT_EQ(Hits("대전"), 40u);
  archive_.reset();  // before the Env
}

}  // namespace
}  // namespace gisa
