#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "leveldb/db.h"
#include "leveldb/env.h"
#include "storage/base/errors.h"
#include "storage/leveldb/index_keys.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/record_keys.h"
#include "tests/storage/leveldb/leveldb_fixture.h"

namespace gisa {
namespace {

using ::testing::HasSubstr;

using LevelDbOpenTest = LevelDbFilesTest;

// Overwrites one value of a database that is closed. Returns what it was before.
std::string Put(const std::string& dir, const leveldb::Slice& key, const std::string& value) {
  leveldb::DB* opened = nullptr;
  EXPECT_TRUE(leveldb::DB::Open(leveldb::Options(), dir, &opened).ok());
  const std::unique_ptr<leveldb::DB> db(opened);
  std::string before;
  EXPECT_TRUE(db->Get(leveldb::ReadOptions(), key, &before).ok());
  EXPECT_TRUE(db->Put(leveldb::WriteOptions(), key, value).ok());
  return before;
}

TEST_F(LevelDbOpenTest, AFolderInUseIsRefusedAndItsUserUndisturbed) {
  ASSERT_TRUE(Open().ok());
  const auto second = LevelDbArchive::Open(options_);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ErrorReason(second.status()), "STORAGE_LOCKED");
  EXPECT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(0), "본문")).ok());
  EXPECT_TRUE(Open().ok());
  EXPECT_TRUE(archive_->Get(Key(0), 0, View::kFull).ok());
}

TEST_F(LevelDbOpenTest, AFolderOfForeignFilesIsRefusedAndLeftAlone) {
  std::filesystem::create_directories(options_.dir);
  std::ofstream(options_.dir + "/thesis.txt") << "text";
  const absl::Status status = Open();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ErrorReason(status), "NOT_A_GISA_DATABASE");
  EXPECT_EQ(FilesIn(options_.dir).size(), 1u);
}

TEST_F(LevelDbOpenTest, RecordsOfANewerSchemaAreRefused) {
  Fill(1);
  Put(RecordsDir(), RecordKey::OfSchema().slice(), absl::StrCat(RecordDatabase::kSchemaVersion + 1));
  EXPECT_EQ(ErrorReason(Open()), "SCHEMA_TOO_NEW");
  Put(RecordsDir(), RecordKey::OfSchema().slice(), absl::StrCat(RecordDatabase::kSchemaVersion));
  EXPECT_TRUE(Open().ok());
}

TEST_F(LevelDbOpenTest, AnIndexOfANewerSchemaIsRefusedAndKept) {
  Fill(1);
  const std::string version = Put(IndexDir(), IndexKey::OfSchema().slice(), "1000");
  EXPECT_EQ(ErrorReason(Open()), "SCHEMA_TOO_NEW");
  Put(IndexDir(), IndexKey::OfSchema().slice(), version);
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), 1u);
}

TEST_F(LevelDbOpenTest, AnIndexOfAnOlderSchemaIsBuiltAnew) {
  Fill(20);
  Put(IndexDir(), IndexKey::OfSchema().slice(), "1");
  Put(IndexDir(), IndexKey::OfState().slice(), "of another form");
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), 20u);
}

// The tests may run as root, whom no permission stops.
class NoPermissionEnv : public leveldb::EnvWrapper {
 public:
  explicit NoPermissionEnv(std::string dir) : leveldb::EnvWrapper(leveldb::Env::Default()), dir_(std::move(dir)) {}

  leveldb::Status LockFile(const std::string& path, leveldb::FileLock** lock) override {
    if (!absl::StartsWith(path, dir_)) return target()->LockFile(path, lock);
    *lock = nullptr;
    return leveldb::Status::IOError(path, "Permission denied");
  }

 private:
  const std::string dir_;
};

TEST_F(LevelDbOpenTest, WhatMayNotBeWrittenIsNamed) {
  Fill(1);
  for (const std::string& dir : {RecordsDir(), IndexDir()}) {
    NoPermissionEnv env(dir);
    options_.env = &env;
    const absl::Status status = Open();
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(ErrorReason(status), "STORAGE_NO_PERMISSION");
    EXPECT_THAT(std::string(status.message()), HasSubstr(dir));
  }
  options_.env = leveldb::Env::Default();
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), 1u);
}

TEST_F(LevelDbOpenTest, AFolderThatMayNotBeWrittenIsRefused) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  std::filesystem::create_directories(options_.dir);
  std::filesystem::permissions(options_.dir, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_EQ(ErrorReason(Open()), "STORAGE_NO_PERMISSION");
  std::filesystem::permissions(options_.dir, std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace gisa
