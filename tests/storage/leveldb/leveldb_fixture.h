#ifndef GISA_TESTS_STORAGE_LEVELDB_LEVELDB_FIXTURE_H_
#define GISA_TESTS_STORAGE_LEVELDB_LEVELDB_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/leveldb/leveldb_archive.h"
#include "tests/support/archive_calls.h"
#include "tests/support/temp_dir.h"

namespace gisa {

// An archive in a folder whose files tests damage. Small buffers, so that there are many files.
class LevelDbFilesTest : public ::testing::Test {
 protected:
  LevelDbFilesTest() {
    options_.dir = dir_ / "data";
    options_.write_buffer_bytes = 64 << 10;
    options_.documents_per_flush = 16;
  }

  absl::Status Open() {
    archive_.reset();
    absl::StatusOr<std::unique_ptr<LevelDbArchive>> opened = LevelDbArchive::Open(options_);
    if (opened.ok()) archive_ = *std::move(opened);
    return opened.status();
  }

  // Stores `count` articles 018/0, 018/1 …, and closes the archive.
  void Fill(int count) {
    ASSERT_TRUE(Open().ok());
    for (int i = 0; i < count; ++i) {
      const auto result = IngestAndWait(*archive_, MakeArticle(Key(i), absl::StrCat("대전에서 열린 회의 ", i)));
      ASSERT_TRUE(result.ok()) << result.status();
    }
    archive_.reset();
  }

  static ArticleKey Key(int i) { return {"018", absl::StrCat(i)}; }

  // How many articles a search finds.
  uint64_t Hits(const std::string& text) {
    SearchQuery query;
    query.text = text;
    const absl::StatusOr<SearchPage> page = archive_->Search(query, SearchControl());
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? page->total_hits : 0;
  }

  std::string RecordsDir() const { return options_.dir + "/records"; }
  std::string IndexDir() const { return options_.dir + "/index"; }

  static std::vector<std::filesystem::path> FilesIn(const std::string& dir) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(dir)) files.push_back(entry.path());
    return files;
  }

  const TempDir dir_;
  LevelDbArchive::Options options_;
  std::unique_ptr<LevelDbArchive> archive_;
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_LEVELDB_LEVELDB_FIXTURE_H_
