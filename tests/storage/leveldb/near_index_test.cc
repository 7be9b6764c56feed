// The near-duplicate index on disk: that it follows the records whatever happens to it.

#include "storage/leveldb/near_index.h"

#include <fstream>

#include "leveldb/db.h"
#include "storage/base/errors.h"
#include "storage/leveldb/near_database_keys.h"
#include "tests/storage/leveldb/leveldb_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class NearIndexTest : public LevelDbFilesTest {
 protected:
  // Articles in pairs: 0 and 1 alike, 2 and 3 …
  void FillWithPairs(int pairs) {
    ASSERT_TRUE(Open().ok());
    for (int i = 0; i < 2 * pairs; ++i) {
      const auto result = IngestAndWait(*archive_, MakeArticle(Key(i), absl::StrCat(Story(i / 2), i % 2, "판")));
      ASSERT_TRUE(result.ok()) << result.status();
    }
  }

  static std::string Story(int number) {
    std::string body;
    for (int i = 0; i < 10; ++i) {
      absl::StrAppend(&body, number, "번 마을의 ", i * 37 + number, "번째 이야기는 ", (i + 1) * (number + 1),
                      "명의 사람들이 호숫가에서 나눈 약속이다. ");
    }
    return body;
  }

  void ExpectPairsAreFound(int pairs) {
    for (int i = 0; i < 2 * pairs; ++i) {
      const auto page = archive_->FindDuplicates({Key(i), 0.9}, SearchControl());
      ASSERT_TRUE(page.ok()) << page.status();
      ASSERT_THAT(page->duplicates, SizeIs(1)) << i;
      EXPECT_EQ(page->duplicates[0].match.key.aid, Key(i ^ 1).aid);
    }
  }

  std::string NearDir() const { return options_.dir + "/near"; }
};

TEST_F(NearIndexTest, WhatWasWrittenAndWhatIsInMemoryIsFound) {
  FillWithPairs(30);  // 16 documents a flush
  ExpectPairsAreFound(30);
  ASSERT_TRUE(Open().ok());
  ExpectPairsAreFound(30);
}

TEST_F(NearIndexTest, AMissingIndexIsBuiltFromTheRecords) {
  FillWithPairs(30);
  archive_.reset();
  std::filesystem::remove_all(NearDir());
  ASSERT_TRUE(Open().ok());
  ExpectPairsAreFound(30);
}

TEST_F(NearIndexTest, ADamagedIndexIsBuiltAnewAndTheOperatorIsTold) {
  FillWithPairs(30);
  archive_.reset();
  for (const auto& file : FilesIn(NearDir())) {
    if (file.filename().string().rfind("MANIFEST", 0) == 0) std::ofstream(file, std::ios::trunc) << "nonsense";
  }
  std::vector<std::string> events;
  options_.on_event = [&events](const StorageEvent& event) { events.push_back(event.message); };
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(events, ElementsAre("the near-duplicate index is built anew"));
  ExpectPairsAreFound(30);
}

TEST_F(NearIndexTest, AnIndexOfOtherSketchesIsBuiltAnewAndOneOfALaterSchemaRefused) {
  FillWithPairs(10);
  archive_.reset();
  const auto write_schema = [this](const std::string& schema) {
    leveldb::DB* db = nullptr;
    ASSERT_TRUE(leveldb::DB::Open(leveldb::Options(), NearDir(), &db).ok());
    EXPECT_TRUE(db->Put(leveldb::WriteOptions(), NearDatabaseKey::OfSchema().slice(), schema).ok());
    delete db;
  };
  write_schema("1 shingle=7");
  ASSERT_TRUE(Open().ok());
  ExpectPairsAreFound(10);
  archive_.reset();
  write_schema("99 anything");
  EXPECT_EQ(ErrorReason(Open()), "SCHEMA_TOO_NEW");
}

TEST_F(NearIndexTest, AnIndexAheadOfTheRecordsIsBuiltAnew) {
  FillWithPairs(10);
  archive_.reset();
  const std::filesystem::path kept = std::filesystem::path(options_.dir).parent_path() / "kept";
  std::filesystem::rename(NearDir(), kept);
  std::filesystem::remove_all(options_.dir);
  FillWithPairs(3);
  archive_.reset();
  std::filesystem::remove_all(NearDir());
  std::filesystem::rename(kept, NearDir());
  ASSERT_TRUE(Open().ok());
  ExpectPairsAreFound(3);
}

TEST_F(NearIndexTest, FindSeesOnlyWhatCameBefore) {
  NearIndex::Options options;
  options.database.dir = dir_ / "alone";
  options.documents_per_flush = 4;
  auto index = NearIndex::Open(options);
  ASSERT_TRUE(index.ok()) << index.status();
  Sketcher sketcher;
  const Sketch sketch = sketcher.MakeKept(Story(1));
  for (uint64_t sequence = 1; sequence <= 10; ++sequence) (*index)->Apply({{sequence, sketch}, {sequence, sketch}});
  for (const uint64_t before : {1, 2, 5, 9, 11}) {
    const auto found = (*index)->Find(sketch, sketch, before);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_THAT(found->candidates, SizeIs(before - 1));
    EXPECT_TRUE(found->is_complete);
  }
  EXPECT_THAT((*index)->Find(Sketch(), Sketch(), 100)->candidates, IsEmpty());
  EXPECT_TRUE((*index)->Flush().ok());
  EXPECT_EQ((*index)->indexed_up_to(), 10u);
  EXPECT_THAT((*index)->Find(sketch, sketch, UINT64_MAX)->candidates, SizeIs(10));
}

}  // namespace
}  // namespace gisa
