// Fails each operation of the disk in turn under an archive that is used, mends it, and compares the archive with a
// model of what it acknowledged.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/leveldb/leveldb_archive.h"
#include "tests/storage/archive_comparison.h"
#include "tests/storage/archive_model.h"
#include "tests/support/archive_calls.h"
#include "tests/support/faulty_env.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

using Operation = FaultyEnv::Operation;

// What is done to the archive: an ingest, or a deletion of the article's key.
struct Step {
  bool is_deletion = false;
  IngestCommand command;
};

// New articles, revisions, copies of bodies, deletions and what undoes them, each with a title of its own. The bodies
// do not compress, so that LevelDB's buffers are full after a few.
std::vector<Step> MakeScript() {
  std::minstd_rand random(1);
  std::vector<std::string> bodies(4);
  for (size_t i = 0; i < bodies.size(); ++i) {
    bodies[i] = absl::StrCat("대전 ", i, " ");
    while (bodies[i].size() < 16'000) bodies[i] += static_cast<char>('a' + random() % 26);
  }
  std::vector<Step> script;
  for (size_t i = 0; i < 20; ++i) {
    Step& step = script.emplace_back();
    step.is_deletion = i % 7 == 6;
    step.command.undelete = i % 7 == 3;
    step.command.article = MakeArticle({"018", absl::StrCat(i % 5)}, bodies[i % bodies.size()] + absl::StrCat(i / 2));
    step.command.article.title = absl::StrCat("제목 ", i);
  }
  return script;
}

class FaultWalk {
 public:
  FaultWalk() {
    options_.dir = dir_ / "data";
    options_.env = &env_;
    options_.write_buffer_bytes = 64 << 10;
    options_.documents_per_flush = 3;
    options_.max_retry_interval = absl::Milliseconds(1);
    options_.on_event = [this](const StorageEvent& event) { ++(event.is_trouble ? failures_ : recoveries_); };
    Open();
  }
  ~FaultWalk() { archive_.reset(); }  // before the Env

  // Returns whether the fault showed.
  bool Run(const std::function<void(FaultyEnv&)>& break_disk) {
    break_disk(env_);
    for (Step& step : MakeScript()) {
      Do(std::move(step));
      if (HasFailed()) CheckReads();
    }
    const bool failed = HasFailed();
    env_.Mend();

    // Without being opened again.
    Step last;
    last.command.article = MakeArticle({"018", "last"}, "대전의 마지막");
    while (!Do(last)) continue;
    CheckEverything();
    EXPECT_TRUE(archive_->Shutdown().ok());
    Open();
    CheckEverything();
    return failed;
  }

 private:
  void Open() {
    archive_.reset();
    absl::StatusOr<std::unique_ptr<LevelDbArchive>> opened = LevelDbArchive::Open(options_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    archive_ = *std::move(opened);
  }

  bool HasFailed() const {
    Operation operation;
    return env_.HasFailed(&operation) || failures_ > 0;
  }

  // Whether it was answered as on a disk that is well.
  bool Do(Step step) {
    const uint64_t recoveries = recoveries_;
    const uint64_t failures = failures_;
    const ArticleKey key = step.command.article.key;
    uint64_t sequence = 0;
    absl::Status status;
    if (step.is_deletion) {
      const auto result = DeleteAndWait(*archive_, key, "takedown");
      status = result.status();
      if (result.ok()) sequence = result->sequence;
    } else {
      const auto result = IngestAndWait(*archive_, step.command);
      status = result.status();
      if (result.ok()) sequence = result->sequence;
    }
    if (recoveries_ > recoveries) {
      // What the failed write was to do is there, or is not.
      const uint64_t before = sequence > 0 ? sequence - 1 : archive_->GetStats()->last_sequence;
      if (before > model_.Stats().last_sequence && doubtful_.has_value()) {
        EXPECT_TRUE(DoInModel(*doubtful_).ok());
      }
      doubtful_.reset();
    }
    if (failures_ > failures) doubtful_ = step;

    const std::string reason = ErrorReason(status);
    if (reason == "STORAGE_WRITE_FAILED" || reason == "STORAGE_IO_ERROR" || reason == "DISK_FULL") {
      EXPECT_EQ(status.code(),
                reason == "DISK_FULL" ? absl::StatusCode::kResourceExhausted : absl::StatusCode::kUnavailable);
      EXPECT_TRUE(reason == "STORAGE_IO_ERROR" || ErrorRetryDelay(status).has_value()) << status;
      return false;
    }
    const absl::Status expected = DoInModel(step);
    EXPECT_EQ(status.code(), expected.code()) << status;
    EXPECT_EQ(reason, ErrorReason(expected)) << status;
    if (status.ok()) {
      EXPECT_EQ(sequence, model_.Stats().last_sequence);
    }
    return true;
  }

  absl::Status DoInModel(const Step& step) {
    if (step.is_deletion) return model_.Delete(step.command.article.key, "takedown").status();
    return model_.Ingest(step.command).status();
  }

  ArchiveComparison Comparison() { return ArchiveComparison(*archive_, model_); }

  // Whatever fails, but for files that cannot be opened, which may be asked for anything.
  void CheckReads() {
    Operation operation;
    if (env_.HasFailed(&operation) && operation == Operation::kOpen) return;
    LearnTimes();
    SearchQuery query;
    query.text = "대전";
    query.limit = 100;
    Comparison().Search(query);
    for (const ArticleKey& key : model_.Keys()) Comparison().Get(key, 0, View::kFull);
  }

  void CheckEverything() {
    LearnTimes();
    Comparison().Everything();
    CheckReads();
  }

  void LearnTimes() {
    for (const ArticleKey& key : model_.Keys()) {
      const auto revisions = archive_->ListRevisions(key, 0, 100);
      if (!revisions.ok()) continue;
      for (const StoredArticle& revision : *revisions) {
        model_.LearnIngestedAt(key, revision.revision, revision.ingested_at);
      }
    }
  }

  const TempDir dir_;
  FaultyEnv env_;
  std::atomic<uint64_t> failures_ = 0;
  std::atomic<uint64_t> recoveries_ = 0;
  LevelDbArchive::Options options_;
  std::unique_ptr<LevelDbArchive> archive_;
  ArchiveModel model_;
  std::optional<Step> doubtful_;  // the last write that failed: the database may have it
};

// GISA_FAULT_STRIDE: every how many operations one fails; 1 takes them all.
uint64_t Stride() {
  const char* const value = std::getenv("GISA_FAULT_STRIDE");
  return value == nullptr ? 7 : std::strtoull(value, nullptr, 10);
}

// Goes on until the fault is behind the end of the script.
void FailEachOperation(bool once) {
  for (uint64_t count = 0;; count += Stride()) {
    SCOPED_TRACE(absl::StrCat("the operation after ", count));
    const bool failed = FaultWalk().Run([count, once](FaultyEnv& env) { env.FailAfter(count, once); });
    if (!failed) {
      EXPECT_GT(count, 50u) << "the script does too little";
      return;
    }
    if (testing::Test::HasFailure()) return;
  }
}

TEST(FaultWalkTest, AnyOperationMayFailOnce) { FailEachOperation(/*once=*/true); }

TEST(FaultWalkTest, AnyKindOfOperationMayFailForSomeTime) { FailEachOperation(/*once=*/false); }

TEST(FaultWalkTest, SpaceMayRunOutAtAnyPoint) {
  for (uint64_t bytes = 0;; bytes += 3000 * Stride() + 1) {
    SCOPED_TRACE(absl::StrCat(bytes, " bytes of space"));
    const bool failed = FaultWalk().Run([bytes](FaultyEnv& env) { env.LimitSpace(bytes); });
    if (!failed) {
      EXPECT_GT(bytes, 100'000u) << "the script writes too little";
      return;
    }
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace gisa
