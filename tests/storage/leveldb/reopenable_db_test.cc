#include "storage/leveldb/reopenable_db.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "tests/support/faulty_env.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

class ReopenableDbTest : public ::testing::Test {
 protected:
  ReopenableDbTest() { Open(); }
  ~ReopenableDbTest() override { db_.reset(); }  // before the Env

  void Open() {
    leveldb::Options options;
    options.env = &env_;
    options.create_if_missing = true;
    options.paranoid_checks = true;
    db_.reset();
    const leveldb::Status status = ReopenableDb::Open(options, dir_ / "db", BackgroundThread(), &db_);
    ASSERT_TRUE(status.ok()) << status.ToString();
  }

  leveldb::Status Put(const std::string& key, const std::string& value) {
    leveldb::WriteBatch batch;
    batch.Put(key, value);
    leveldb::WriteOptions options;
    options.sync = true;
    return db_->Write(options, &batch);
  }

  static std::string Read(leveldb::DB& db, const std::string& key) {
    std::string value;
    const leveldb::Status status = db.Get(leveldb::ReadOptions(), key, &value);
    return status.ok() ? value : status.ToString();
  }
  std::string Read(const std::string& key) { return Read(*db_->Current(), key); }

  const TempDir dir_;
  FaultyEnv env_;
  std::unique_ptr<ReopenableDb> db_;
};

TEST_F(ReopenableDbTest, AfterAFailedWriteNothingIsWrittenUntilItIsOpenedAnew) {
  ASSERT_TRUE(Put("a", "1").ok());
  env_.FailAfter(1, /*once=*/true);  // tears the record apart
  EXPECT_FALSE(Put("b", "2").ok());
  EXPECT_TRUE(db_->HasFailed());
  EXPECT_FALSE(Put("c", "3").ok()) << "though the disk is well";
  ASSERT_TRUE(db_->Reopen(nullptr).ok());
  EXPECT_FALSE(db_->HasFailed());
  EXPECT_TRUE(Put("d", "4").ok());
  Open();
  EXPECT_EQ(Read("a"), "1");
  EXPECT_EQ(Read("b"), "NotFound: ");
  EXPECT_EQ(Read("c"), "NotFound: ");
  EXPECT_EQ(Read("d"), "4");
}

// Notes which threads make tables.
class TableMakersEnv : public leveldb::EnvWrapper {
 public:
  TableMakersEnv() : leveldb::EnvWrapper(leveldb::Env::Default()) {}

  leveldb::Status NewWritableFile(const std::string& path, leveldb::WritableFile** result) override {
    if (path.ends_with(".ldb")) {
      char name[16] = "";
      prctl(PR_GET_NAME, name);
      absl::MutexLock lock(&mutex_);
      makers_.insert(name);
    }
    return target()->NewWritableFile(path, result);
  }

  std::set<std::string> makers() const {
    absl::MutexLock lock(&mutex_);
    return makers_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::set<std::string> makers_ ABSL_GUARDED_BY(mutex_);
};

TEST(ReopenableDbThreadTest, WhatLevelDbDoesInTheBackgroundIsDoneOnTheThreadGiven) {
  const TempDir dir;
  TableMakersEnv env;
  leveldb::Options options;
  options.env = &env;
  options.create_if_missing = true;
  std::unique_ptr<ReopenableDb> db;
  ASSERT_TRUE(ReopenableDb::Open(options, dir / "db", {"db-test", ThreadPriority::kBackground}, &db).ok());
  leveldb::WriteBatch batch;
  batch.Put("a", "1");
  ASSERT_TRUE(db->Write(leveldb::WriteOptions(), &batch).ok());
  db->Current()->CompactRange(nullptr, nullptr);
  EXPECT_EQ(env.makers(), std::set<std::string>{"db-test"});
}

TEST_F(ReopenableDbTest, WithoutAFailureReopenDoesNothing) {
  const std::shared_ptr<leveldb::DB> before = db_->Current();
  leveldb::WriteBatch first;
  first.Put("a", "1");
  ASSERT_TRUE(db_->Reopen(&first).ok());
  EXPECT_EQ(db_->Current(), before);
  EXPECT_EQ(Read("a"), "NotFound: ");
}

TEST_F(ReopenableDbTest, TheFirstBatchIsWrittenAtTheOpening) {
  env_.FailAfter(0, /*once=*/true);
  EXPECT_FALSE(Put("a", "1").ok());
  leveldb::WriteBatch first;
  first.Put("b", "2");
  ASSERT_TRUE(db_->Reopen(&first).ok());
  EXPECT_EQ(Read("b"), "2");
}

TEST_F(ReopenableDbTest, AnOpeningThatFailsLeavesTheOldOneToReaders) {
  ASSERT_TRUE(Put("a", "1").ok());
  // However far it comes.
  for (uint64_t count = 0; !db_->HasFailed() || !db_->Reopen(nullptr).ok(); ++count) {
    env_.Mend();
    if (!db_->HasFailed()) {
      env_.FailChanges("Input/output error");
      EXPECT_FALSE(Put("b", "2").ok());
      env_.Mend();
    }
    EXPECT_EQ(Read("a"), "1") << count;
    env_.FailAfter(count, /*once=*/false);
  }
  env_.Mend();
  EXPECT_EQ(Read("a"), "1");
  EXPECT_TRUE(Put("b", "2").ok());
  Open();
  EXPECT_EQ(Read("a"), "1");
  EXPECT_EQ(Read("b"), "2");
}

TEST_F(ReopenableDbTest, WhoReadsTheOldOpeningGoesOnWhateverTheNewOneRemoves) {
  // Tables that the new opening compacts away.
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Put("a", std::string(100, static_cast<char>('0' + i))).ok());
    ASSERT_TRUE(Put("z", std::string(100, static_cast<char>('0' + i))).ok());
    Open();
  }
  const ReopenableDb::Snapshot snapshot = db_->TakeSnapshot();
  leveldb::ReadOptions options;
  options.snapshot = snapshot.get();
  const std::unique_ptr<leveldb::Iterator> iterator = ReopenableDb::NewIterator(snapshot.get_deleter().db, options);
  env_.FailAfter(0, /*once=*/true);
  EXPECT_FALSE(Put("a", "new").ok());
  ASSERT_TRUE(db_->Reopen(nullptr).ok());
  ASSERT_TRUE(Put("a", "newer").ok());
  db_->Current()->CompactRange(nullptr, nullptr);

  iterator->SeekToFirst();
  ASSERT_TRUE(iterator->Valid()) << iterator->status().ToString();
  EXPECT_EQ(iterator->value().ToString(), std::string(100, '2'));
  iterator->Next();
  ASSERT_TRUE(iterator->Valid()) << iterator->status().ToString();
  EXPECT_EQ(iterator->key().ToString(), "z");
  EXPECT_EQ(Read(*snapshot.get_deleter().db, "a"), std::string(100, '2'));
  EXPECT_EQ(Read("a"), "newer");
}

TEST_F(ReopenableDbTest, AFolderIsLockedWhileItIsOpenAndFreeAfterwards) {
  env_.FailAfter(0, /*once=*/true);
  EXPECT_FALSE(Put("a", "1").ok());
  ASSERT_TRUE(db_->Reopen(nullptr).ok());
  leveldb::Options options;
  leveldb::DB* other = nullptr;
  EXPECT_FALSE(leveldb::DB::Open(options, dir_ / "db", &other).ok());
  db_.reset();
  ASSERT_TRUE(leveldb::DB::Open(options, dir_ / "db", &other).ok());
  delete other;
}

TEST_F(ReopenableDbTest, AnOrderlyEndLeavesNoLogToBeReadAgain) {
  ASSERT_TRUE(Put("a", std::string(100'000, 'x')).ok());
  db_.reset();
  uint64_t tables = 0;
  uint64_t log_bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir_ / "db")) {
    if (entry.path().extension() == ".ldb") ++tables;
    if (entry.path().extension() == ".log") log_bytes += entry.file_size();
  }
  EXPECT_EQ(tables, 1u);
  EXPECT_EQ(log_bytes, 0u);
  Open();
  EXPECT_EQ(Read("a"), std::string(100'000, 'x'));
}

TEST_F(ReopenableDbTest, ADatabaseThatIsGoneIsNotMadeAnew) {
  env_.FailAfter(0, /*once=*/true);
  EXPECT_FALSE(Put("a", "1").ok());
  ASSERT_TRUE(env_.RemoveFile(dir_ / "db/CURRENT").ok());
  EXPECT_FALSE(db_->Reopen(nullptr).ok());
}

}  // namespace
}  // namespace gisa
