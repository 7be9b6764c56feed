#include "storage/leveldb/record_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "leveldb/env.h"
#include "storage/base/errors.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

using ::testing::HasSubstr;

class RecordDatabaseTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<RecordDatabase>> Open(leveldb::Env* env = leveldb::Env::Default()) {
    RecordDatabase::Options options;
    options.data_dir = data_dir_;
    options.env = env;
    options.write_buffer_bytes = 1 << 20;
    return RecordDatabase::Open(options);
  }

  void Put(RecordDatabase& database, const RecordKey& key, const std::string& value) {
    leveldb::WriteBatch batch;
    batch.Put(key.slice(), value);
    ASSERT_TRUE(database.Write(&batch, /*sync=*/true).ok());
  }

  const TempDir temp_;
  std::string data_dir_ = temp_ / "data";
};

TEST_F(RecordDatabaseTest, AMissingFolderIsMadeWithItsParents) {
  data_dir_ = temp_ / "a/b/c";
  EXPECT_TRUE(Open().ok());
  EXPECT_TRUE(std::filesystem::exists(data_dir_ + "/records/CURRENT"));
}

TEST_F(RecordDatabaseTest, WhatWasWrittenIsThereAfterReopening) {
  const RecordKey key = RecordKey::OfArticle({"018", "1"});
  {
    auto database = Open();
    ASSERT_TRUE(database.ok()) << database.status();
    Put(**database, key, "value");
  }
  auto database = Open();
  ASSERT_TRUE(database.ok()) << database.status();
  EXPECT_EQ(**(*database)->Latest().Get(key), "value");
}

TEST_F(RecordDatabaseTest, AViewDoesNotSeeLaterWrites) {
  auto database = Open();
  ASSERT_TRUE(database.ok());
  const RecordKey key = RecordKey::OfArticle({"018", "1"});
  const RecordDatabase::View before = (*database)->Now();
  const RecordDatabase::View latest = (*database)->Latest();
  Put(**database, key, "value");
  EXPECT_FALSE(before.Get(key)->has_value());
  EXPECT_TRUE(latest.Get(key)->has_value());
}

TEST_F(RecordDatabaseTest, AFolderInUseIsRefused) {
  auto first = Open();
  ASSERT_TRUE(first.ok());
  const auto second = Open();
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ErrorReason(second.status()), "STORAGE_LOCKED");
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("in use by another process"));
}

TEST_F(RecordDatabaseTest, AFolderWithOtherFilesIsRefusedAndLeftAlone) {
  std::filesystem::create_directories(data_dir_);
  std::ofstream(data_dir_ + "/thesis.txt") << "text";
  const auto database = Open();
  EXPECT_EQ(ErrorReason(database.status()), "NOT_A_GISA_DATABASE");
  EXPECT_THAT(std::string(database.status().message()), HasSubstr("thesis.txt"));
  EXPECT_FALSE(std::filesystem::exists(data_dir_ + "/records"));
}

TEST_F(RecordDatabaseTest, AFreshFileSystemWithLostAndFoundIsAccepted) {
  std::filesystem::create_directories(data_dir_ + "/lost+found");
  EXPECT_TRUE(Open().ok());
}

TEST_F(RecordDatabaseTest, AFileInPlaceOfTheFolderIsRefused) {
  std::ofstream(data_dir_) << "text";
  EXPECT_FALSE(Open().ok());
}

TEST_F(RecordDatabaseTest, SomebodyElsesLevelDbIsRefused) {
  std::filesystem::create_directories(data_dir_);
  leveldb::Options options;
  options.create_if_missing = true;
  leveldb::DB* db = nullptr;
  ASSERT_TRUE(leveldb::DB::Open(options, data_dir_ + "/records", &db).ok());
  ASSERT_TRUE(db->Put({}, "somebody", "else").ok());
  delete db;
  EXPECT_EQ(ErrorReason(Open().status()), "NOT_A_GISA_DATABASE");
}

TEST_F(RecordDatabaseTest, ANewerSchemaIsRefused) {
  {
    auto database = Open();
    ASSERT_TRUE(database.ok());
    Put(**database, RecordKey::OfSchema(), absl::StrCat(RecordDatabase::kSchemaVersion + 1));
  }
  const auto database = Open();
  EXPECT_EQ(database.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ErrorReason(database.status()), "SCHEMA_TOO_NEW");
  EXPECT_THAT(std::string(database.status().message()),
              HasSubstr(absl::StrCat("schema version ", RecordDatabase::kSchemaVersion + 1)));
}

TEST_F(RecordDatabaseTest, TheSchemaFromBeforeTheFirstReleaseIsRefusedWithAWayOut) {
  {
    auto database = Open();
    ASSERT_TRUE(database.ok());
    Put(**database, RecordKey::OfSchema(), "1");
  }
  const auto database = Open();
  EXPECT_EQ(database.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ErrorReason(database.status()), "SCHEMA_TOO_OLD");
  EXPECT_THAT(std::string(database.status().message()), HasSubstr("export the archive"));
}

TEST_F(RecordDatabaseTest, TheSchemaBeforeThereWereSeveralDictionariesIsRaised) {
  const RecordKey key = RecordKey::OfArticle({"018", "1"});
  {
    auto database = Open();
    ASSERT_TRUE(database.ok());
    Put(**database, key, "value");
    Put(**database, RecordKey::OfSchema(), "5");
  }
  auto database = Open();
  ASSERT_TRUE(database.ok()) << database.status();
  EXPECT_EQ(**(*database)->Latest().Get(key), "value");
  EXPECT_EQ(**(*database)->Latest().Get(RecordKey::OfSchema()), absl::StrCat(RecordDatabase::kSchemaVersion));
}

// The tests may run as root, whom no permission stops.
class NoPermissionEnv : public leveldb::EnvWrapper {
 public:
  NoPermissionEnv() : leveldb::EnvWrapper(leveldb::Env::Default()) {}
  leveldb::Status LockFile(const std::string& path, leveldb::FileLock** lock) override {
    return leveldb::Status::IOError(path, "Permission denied");
  }
};

TEST_F(RecordDatabaseTest, NoPermissionIsSaid) {
  NoPermissionEnv env;
  const auto database = Open(&env);
  EXPECT_EQ(database.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ErrorReason(database.status()), "STORAGE_NO_PERMISSION");
  EXPECT_THAT(std::string(database.status().message()), HasSubstr(data_dir_));
}

// The folder itself is there and may be read, and nothing may be made in it.
class ReadOnlyFolderEnv : public leveldb::EnvWrapper {
 public:
  ReadOnlyFolderEnv() : leveldb::EnvWrapper(leveldb::Env::Default()) {}
  leveldb::Status CreateDir(const std::string& path) override {
    return leveldb::Status::IOError(path, "Permission denied");
  }
};

TEST_F(RecordDatabaseTest, AFolderInWhichNothingCanBeMadeIsNoPermission) {
  std::filesystem::create_directories(data_dir_);
  ReadOnlyFolderEnv env;
  const auto database = Open(&env);
  EXPECT_EQ(ErrorReason(database.status()), "STORAGE_NO_PERMISSION");
  EXPECT_THAT(std::string(database.status().message()), HasSubstr(data_dir_ + "/records"));
}

TEST_F(RecordDatabaseTest, ACorruptBlockIsReportedWithItsRecordAndFile) {
  const RecordKey key = RecordKey::OfArticle({"018", "0006192082"});
  {
    auto database = Open();
    ASSERT_TRUE(database.ok());
    // Enough to be written to a table file.
    for (int i = 0; i < 40; ++i) {
      Put(**database, RecordKey::OfArticle({"018", "aid" + std::to_string(i)}), std::string(64 << 10, 'x'));
    }
    Put(**database, key, std::string(64 << 10, 'y'));
  }
  { ASSERT_TRUE(Open().ok()); }  // recovery moves the log into a table
  for (const auto& entry : std::filesystem::directory_iterator(data_dir_ + "/records")) {
    if (entry.path().extension() != ".ldb") continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    const auto size = static_cast<long>(std::filesystem::file_size(entry.path()));
    // Every data block, but neither the index at the end nor the filter before it.
    for (long offset = 10; offset < size - (8 << 10); offset += 512) {
      file.seekp(offset);
      file.put('\x55');
    }
  }
  auto database = Open();
  ASSERT_TRUE(database.ok()) << database.status();
  const auto value = (*database)->Latest().Get(key);
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(ErrorReason(value.status()), "DATA_CORRUPTED");
  EXPECT_THAT(std::string(value.status().message()), HasSubstr("article 018/0006192082"));
  EXPECT_THAT(std::string(value.status().message()), HasSubstr(data_dir_ + "/records/"));
  EXPECT_THAT(std::string(value.status().message()), HasSubstr(".ldb"));
}

}  // namespace
}  // namespace gisa
