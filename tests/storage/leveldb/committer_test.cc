#include "storage/leveldb/committer.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "storage/leveldb/archive_state.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

// A committer that waits for mutations that may wait until there are ten of them, for ever if it must.
class CommitterTest : public ::testing::Test {
 protected:
  static constexpr int kEnough = 10;

  void SetUp() override {
    RecordDatabase::Options record_options;
    record_options.data_dir = dir_.path();
    SearchIndex::Options index_options;
    index_options.dir = dir_ / "index";
    NearIndex::Options near_options;
    near_options.database.dir = dir_ / "near";
    auto database = RecordDatabase::Open(record_options);
    auto index = SearchIndex::Open(index_options);
    auto near_index = NearIndex::Open(near_options);
    ASSERT_TRUE(database.ok() && index.ok() && near_index.ok());
    database_ = *std::move(database);
    index_ = *std::move(index);
    near_index_ = *std::move(near_index);
    auto state = ReadState(*database_);
    ASSERT_TRUE(state.ok()) << state.status();

    Committer::Options options;
    options.gathering.after = kEnough / 2;
    options.gathering.enough = kEnough;
    options.gathering.at_most = absl::InfiniteDuration();
    committer_ = std::make_unique<Committer>(*database_, *index_, *near_index_, *std::move(state), options);
    CommitTogether(kEnough);
  }

  // One commit of several mutations: they queue up while another is held.
  void CommitTogether(int count) {
    absl::Notification is_held;
    absl::Notification is_released;
    absl::BlockingCounter committed(count + 1);
    Committer::Mutation held = MakeMutation(/*may_wait=*/false, committed);
    held.apply = [&](Transaction&) {
      is_held.Notify();
      is_released.WaitForNotification();
      return absl::OkStatus();
    };
    committer_->Submit(std::move(held));
    is_held.WaitForNotification();
    for (int i = 0; i < count; ++i) committer_->Submit(MakeMutation(/*may_wait=*/true, committed));
    is_released.Notify();
    committed.Wait();
  }

  static Committer::Mutation MakeMutation(bool may_wait, absl::BlockingCounter& committed) {
    Committer::Mutation mutation;
    mutation.may_wait = may_wait;
    mutation.apply = [](Transaction& transaction) {
      transaction.Put(RecordKey::OfArticle({"018", "1"}), "");
      return absl::OkStatus();
    };
    mutation.done = [&committed](const absl::Status& status) {
      EXPECT_TRUE(status.ok()) << status;
      committed.DecrementCount();
    };
    return mutation;
  }

  uint64_t Commits() const { return database_->Now().writes_seen(); }

  const TempDir dir_;
  std::unique_ptr<RecordDatabase> database_;
  std::unique_ptr<SearchIndex> index_;
  std::unique_ptr<NearIndex> near_index_;
  std::unique_ptr<Committer> committer_;
};

TEST_F(CommitterTest, MutationsThatMayWaitShareACommit) {
  const uint64_t before = Commits();
  absl::BlockingCounter committed(kEnough);
  for (int i = 0; i < kEnough; ++i) committer_->Submit(MakeMutation(/*may_wait=*/true, committed));
  committed.Wait();
  EXPECT_EQ(Commits(), before + 1);
}

TEST_F(CommitterTest, OneThatMayNotWaitTakesTheOthersWithIt) {
  const uint64_t before = Commits();
  absl::BlockingCounter committed(3);
  committer_->Submit(MakeMutation(/*may_wait=*/true, committed));
  committer_->Submit(MakeMutation(/*may_wait=*/true, committed));
  committer_->Submit(MakeMutation(/*may_wait=*/false, committed));
  committed.Wait();
  EXPECT_EQ(Commits(), before + 1);
}

TEST_F(CommitterTest, AfterASmallCommitNoneWaits) {
  for (int i = 0; i < 2; ++i) {
    absl::BlockingCounter committed(1);
    committer_->Submit(MakeMutation(/*may_wait=*/i > 0, committed));
    committed.Wait();
  }
}

TEST_F(CommitterTest, WhatWaitsIsCommittedWhenItStops) {
  absl::BlockingCounter committed(1);
  committer_->Submit(MakeMutation(/*may_wait=*/true, committed));
  committer_->Stop();
  committed.Wait();
}

}  // namespace
}  // namespace gisa
