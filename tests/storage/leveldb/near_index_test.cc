// The near-duplicate index on disk: that it follows the records whatever happens to it.

#include "storage/leveldb/near_index.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "leveldb/db.h"
#include "storage/base/errors.h"
#include "storage/dedup/hash_mix.h"
#include "storage/leveldb/near_database_keys.h"
#include "tests/storage/leveldb/leveldb_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
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

  std::vector<std::filesystem::path> RunFiles() const {
    std::vector<std::filesystem::path> runs;
    for (const auto& file : FilesIn(NearDir())) {
      if (file.extension() == ".run") runs.push_back(file);
    }
    return runs;
  }
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

TEST_F(NearIndexTest, AMissingOrDamagedRunIsNoticedAtStartAndTheIndexBuiltAnew) {
  FillWithPairs(30);
  archive_.reset();
  std::vector<std::string> events;
  options_.on_event = [&events](const StorageEvent& event) { events.push_back(event.detail); };
  std::filesystem::remove(RunFiles().front());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(events, ElementsAre(HasSubstr("is missing")));
  ExpectPairsAreFound(30);
  archive_.reset();

  events.clear();
  std::fstream file(RunFiles().back());
  file.seekp(20);
  file << "?";
  file.close();
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(events, ElementsAre(HasSubstr("is not as it was written")));
  ExpectPairsAreFound(30);
}

TEST_F(NearIndexTest, FilesThatNoRecordNamesAreRemovedAtStart) {
  FillWithPairs(30);
  archive_.reset();
  const size_t count = RunFiles().size();
  std::ofstream(NearDir() + "/009999.run") << "unfinished";
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(RunFiles(), SizeIs(count));
  ExpectPairsAreFound(30);
}

class NearIndexAloneTest : public testing::Test {
 protected:
  NearIndexAloneTest() {
    options_.database.dir = dir_ / "near";
    options_.documents_per_flush = 4;
  }

  void Open() {
    index_.reset();
    auto index = NearIndex::Open(options_);
    ASSERT_TRUE(index.ok()) << index.status();
    index_ = *std::move(index);
  }

  static Sketch SketchOf(int number) {
    Sketch sketch;
    for (uint64_t i = 0; i < 12; ++i) sketch.bands.push_back(MixBits(static_cast<uint64_t>(number) * 100 + i));
    return sketch;
  }

  NearIndex::Found Find(const Sketch& sketch, uint64_t before = UINT64_MAX, uint32_t max_docs = kMaxDocsOfHash) {
    NearIndex::Query query;
    query.kept = &sketch;
    query.asked = &sketch;
    query.before = before;
    query.max_docs_of_hash = max_docs;
    return index_->Find(query);
  }

  const TempDir dir_;
  NearIndex::Options options_;
  std::unique_ptr<NearIndex> index_;
};

TEST_F(NearIndexAloneTest, FindSeesOnlyWhatCameBefore) {
  Open();
  const Sketch sketch = SketchOf(1);
  for (uint64_t sequence = 1; sequence <= 10; ++sequence) index_->Apply({{sequence, sketch}, {sequence, sketch}});
  for (const uint64_t before : {1, 2, 5, 9, 11}) {
    const auto found = Find(sketch, before);
    EXPECT_THAT(found.candidates, SizeIs(before - 1));
    EXPECT_TRUE(found.is_complete);
  }
  EXPECT_THAT(Find(Sketch(), 100).candidates, IsEmpty());
  EXPECT_TRUE(index_->Flush().ok());
  EXPECT_EQ(index_->indexed_up_to(), 10u);
  EXPECT_THAT(Find(sketch).candidates, SizeIs(10));
}

TEST_F(NearIndexAloneTest, OfAHashNoMoreDocumentsAreLookedAtThanWantedAndTheAnswerSaysSo) {
  Open();
  const Sketch sketch = SketchOf(1);
  for (uint64_t sequence = 1; sequence <= 100; ++sequence) index_->Apply({{sequence, sketch}});
  const auto some = Find(sketch, UINT64_MAX, 32);
  EXPECT_THAT(some.candidates, SizeIs(32));
  EXPECT_FALSE(some.is_complete);
  // Those in memory are the newest.
  EXPECT_EQ(some.candidates.front().doc, 100u);
  const auto all = Find(sketch);
  EXPECT_THAT(all.candidates, SizeIs(100));
  EXPECT_TRUE(all.is_complete);
}

TEST_F(NearIndexAloneTest, WhatIsMergedIsFoundAsBefore) {
  constexpr int kDocuments = 500;
  Open();
  for (int i = 1; i <= kDocuments; ++i) {
    // Each sketch twice, and some changes without one.
    index_->Apply({{static_cast<uint64_t>(i), i % 10 == 0 ? Sketch() : SketchOf(i / 2)}});
  }
  const auto expect_all_are_found = [this] {
    for (int i = 2; i < kDocuments; i += 2) {
      const auto found = Find(SketchOf(i / 2));
      ASSERT_THAT(found.candidates, SizeIs(i % 10 == 0 ? 1 : 2)) << i;
      EXPECT_EQ(found.candidates[0].bands, 12);
      EXPECT_EQ(found.candidates[0].doc, static_cast<uint32_t>(i + 1));
    }
  };
  expect_all_are_found();
  ASSERT_TRUE(index_->Flush().ok());
  // Of more than a hundred flushes, once the thread that merges is done with them.
  while (std::distance(std::filesystem::directory_iterator(options_.database.dir), {}) > 25) std::this_thread::yield();
  expect_all_are_found();
  Open();
  expect_all_are_found();
}

}  // namespace
}  // namespace gisa
