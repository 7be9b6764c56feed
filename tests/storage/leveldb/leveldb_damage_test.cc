#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "storage/base/errors.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/packed_key.h"
#include "storage/leveldb/text_codec.h"
#include "tests/storage/leveldb/leveldb_fixture.h"

namespace gisa {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int kArticles = 40;
constexpr int kDamaged = 20;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

void WriteFile(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class LevelDbDamageTest : public LevelDbFilesTest {
 protected:
  // Text that Snappy cannot shorten, so that it stands in the file as it is.
  std::string Noise(size_t size) {
    std::string noise(size, '\0');
    for (char& c : noise) c = static_cast<char>('!' + random_() % ('~' - '!'));
    return noise;
  }

  // Stores articles in table files.
  void FillTables(size_t key_bytes, size_t body_bytes) {
    ASSERT_TRUE(Open().ok());
    for (int i = 0; i < kArticles; ++i) {
      const Article article = MakeArticle({Noise(key_bytes), Noise(key_bytes)}, Noise(body_bytes));
      articles_.push_back(article);
      ASSERT_TRUE(IngestAndWait(*archive_, article).ok());
    }
    ASSERT_TRUE(Open().ok());  // moves the log into a table
    archive_.reset();
  }

  // Flips a bit in the middle of `stored`, bytes in a table file; returns the file.
  std::string Damage(const std::string& stored) {
    const std::string wanted = stored.substr(stored.size() / 2, 16);
    for (const std::filesystem::path& path : FilesIn(RecordsDir())) {
      std::string bytes = ReadFile(path);
      const size_t at = path.extension() == ".ldb" ? bytes.find(wanted) : std::string::npos;
      if (at == std::string::npos) continue;
      bytes[at] = static_cast<char>(bytes[at] ^ 1);
      WriteFile(path, bytes);
      return path.string();
    }
    ADD_FAILURE() << "in no table file";
    return "";
  }

  std::mt19937 random_{20261125};
  std::vector<Article> articles_;
};

TEST_F(LevelDbDamageTest, ADamagedTextIsNamedWithItsFileAndSparesAllOthers) {
  FillTables(8, 6000);  // a block or two for each text
  const Article& damaged = articles_[kDamaged];
  const std::string file = Damage(TextCodec().Encode(MakeText(FieldsOf(damaged), damaged.body)));
  ASSERT_TRUE(Open().ok());
  for (const Article& stored : articles_) {
    const auto article = archive_->Get(stored.key, 0, View::kFull);
    if (stored.key != damaged.key) {
      ASSERT_TRUE(article.ok()) << article.status();
      EXPECT_EQ(article->article.body, stored.body);
      continue;
    }
    EXPECT_EQ(article.status().code(), absl::StatusCode::kInternal);
    EXPECT_EQ(ErrorReason(article.status()), "DATA_CORRUPTED");
    EXPECT_THAT(std::string(article.status().message()),
                AllOf(HasSubstr("article " + damaged.key.ToString()), HasSubstr(file)));
  }
}

// The articles' records come before all else in a file that has their keys.
TEST_F(LevelDbDamageTest, ADamagedRecordIsNamedWithItsFileAndSparesThoseOfOtherBlocks) {
  FillTables(200, 20);  // some seven to a block
  const ArticleKey& damaged = articles_[kDamaged].key;
  const std::string file = Damage(PackKey(damaged));
  ASSERT_TRUE(Open().ok());
  const auto article = archive_->Get(damaged, 0, View::kBasic);
  EXPECT_EQ(ErrorReason(article.status()), "DATA_CORRUPTED");
  EXPECT_THAT(std::string(article.status().message()),
              AllOf(HasSubstr("article " + damaged.ToString()), HasSubstr(file)));
  int readable = 0;
  for (const Article& stored : articles_) readable += archive_->Get(stored.key, 0, View::kFull).ok() ? 1 : 0;
  EXPECT_GE(readable, kArticles / 2);
}

// LevelDB's iterators pass over a block that they cannot read.
TEST_F(LevelDbDamageTest, AnExportStopsAtADamagedRecordAndNeverPassesOverIt) {
  FillTables(200, 20);
  Damage(PackKey(articles_[kDamaged].key));
  ASSERT_TRUE(Open().ok());
  for (const ExportOrder order : {ExportOrder::kKey, ExportOrder::kPublishedAt}) {
    for (const size_t limit : {1, 3, 1000}) {
      absl::StatusOr<ExportPage> page = ExportPage();
      page->next = archive_->StartExport();
      size_t exported = 0;
      while (page.ok() && !page->done) {
        exported += page->articles.size();
        page = archive_->Export({}, order, View::kFull, page->next, limit, 1 << 30);
      }
      EXPECT_LT(exported, static_cast<size_t>(kArticles));
      EXPECT_EQ(ErrorReason(page.status()), "DATA_CORRUPTED") << "after " << exported << " articles";
      EXPECT_THAT(std::string(page.status().message()), AllOf(HasSubstr(RecordsDir()), HasSubstr(".ldb")));
    }
  }
}

TEST_F(LevelDbDamageTest, ALostIndexIsRebuiltAtTheStart) {
  Fill(kArticles);
  std::filesystem::remove_all(IndexDir());
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), static_cast<uint64_t>(kArticles));
  EXPECT_EQ(archive_->GetStats()->indexed_documents, static_cast<uint64_t>(kArticles));
  EXPECT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(kArticles), "대전")).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), static_cast<uint64_t>(kArticles) + 1);
}

TEST_F(LevelDbDamageTest, AnIndexWithAGarbledFileIsRebuiltAtTheStart) {
  Fill(kArticles);
  ASSERT_TRUE(Open().ok());
  archive_.reset();
  int garbled = 0;
  for (size_t i = 0; i < FilesIn(IndexDir()).size(); ++i) {
    const std::filesystem::path path = FilesIn(IndexDir())[i];
    const std::string name = path.filename().string();
    if (name == "LOCK" || name == "LOG" || name == "LOG.old" || std::filesystem::file_size(path) == 0) continue;
    SCOPED_TRACE(name);
    WriteFile(path, Noise(std::filesystem::file_size(path)));
    const absl::Status status = Open();
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(Hits("대전"), static_cast<uint64_t>(kArticles));
    archive_.reset();
    ++garbled;
  }
  EXPECT_GE(garbled, 3);  // CURRENT, the manifest and a table at least
}

TEST_F(LevelDbDamageTest, AnIndexThatLacksAFileIsRebuiltAtTheStart) {
  Fill(kArticles);
  ASSERT_TRUE(Open().ok());
  archive_.reset();
  for (const char* prefix : {"CURRENT", "MANIFEST-", "0"}) {
    SCOPED_TRACE(prefix);
    for (const std::filesystem::path& path : FilesIn(IndexDir())) {
      if (path.filename().string().rfind(prefix, 0) == 0) std::filesystem::remove(path);
    }
    const absl::Status status = Open();
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(Hits("대전"), static_cast<uint64_t>(kArticles));
    archive_.reset();
  }
}

TEST_F(LevelDbDamageTest, AnIndexAheadOfTheRecordsIsRebuiltAtTheStart) {
  Fill(kArticles);
  const std::string of_another = dir_ / "other";
  std::filesystem::rename(IndexDir(), of_another);
  std::filesystem::remove_all(options_.dir);
  Fill(1);
  std::filesystem::remove_all(IndexDir());
  std::filesystem::rename(of_another, IndexDir());
  std::vector<std::string> told;
  options_.on_event = [&told](const StorageEvent& event) { told.push_back(event.message + ": " + event.detail); };
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Hits("대전"), 1u);
  EXPECT_THAT(told, ::testing::ElementsAre("the search index is built anew: it is ahead of the records"));
}

}  // namespace
}  // namespace gisa
