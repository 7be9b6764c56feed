#include "client/article_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/errors.h"
#include "tests/client/article_testing.h"

namespace gisa {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string JsonLine(int aid) { return absl::StrCat(R"({"oid":"101","aid":")", aid, R"(","body":"본문"})", "\n"); }

std::string CrawledFile(int aid) {
  v1::Article article;
  article.set_oid("101");
  article.set_aid(absl::StrCat(aid));
  article.set_body("본문");
  return FormatArticleFile(article, KoreanZones());
}

// A folder of its own for each test, and what a reader says of paths below it.
class ArticleReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "gisa_reader_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    ASSERT_EQ(chmod(name.c_str(), 0755), 0);
  }

  void TearDown() override { fs::remove_all(folder_); }

  void Write(const std::string& path, absl::string_view contents) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << contents;
  }

  std::string Path(const std::string& path) const { return (folder_ / path).string(); }

  // Reads everything: `source=aid` for an article, `source!REASON` for an error, sources without the folder.
  std::vector<std::string> Read(std::vector<std::string> paths, int standard_input = 0) {
    ArticleReader reader(std::move(paths), KoreanZones(), standard_input);
    std::vector<std::string> items;
    reader.ReadAll([&](ReadArticle item) {
      const size_t prefix = folder_.string().size() + 1;
      const std::string source = item.source.size() > prefix ? item.source.substr(prefix) : item.source;
      items.push_back(item.article.ok() ? absl::StrCat(source, "=", item.article->aid())
                                        : absl::StrCat(source, "!", ErrorReason(item.article.status())));
      if (!item.article.ok()) last_error_ = item.article.status();
      return true;
    });
    last_progress_ = reader.Progress();
    return items;
  }

  // Reads `-` with `contents` coming through a pipe.
  std::vector<std::string> ReadStandardInput(const std::string& contents) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    std::thread writer([&] {
      // In small pieces, so that the reader sees arbitrary cuts.
      for (size_t i = 0; i < contents.size(); i += 7) {
        const size_t size = std::min<size_t>(7, contents.size() - i);
        EXPECT_EQ(write(ends[1], contents.data() + i, size), static_cast<ssize_t>(size));
      }
      close(ends[1]);
    });
    const std::vector<std::string> items = Read({"-"}, ends[0]);
    writer.join();
    close(ends[0]);
    return items;
  }

  fs::path folder_;
  absl::Status last_error_;
  ReadProgress last_progress_;
};

TEST_F(ArticleReaderTest, FoldersAreReadRecursivelyInNameOrder) {
  Write("b.md", CrawledFile(2));
  Write("a/z.md", CrawledFile(1));
  Write("c.jsonl", JsonLine(3) + JsonLine(4));
  Write("d/e/f.ndjson", JsonLine(5));
  Write("a/readme.txt", "not read");
  Write(".hidden/x.md", CrawledFile(9));
  Write("a/.x.md", CrawledFile(9));
  EXPECT_THAT(Read({folder_.string()}),
              ElementsAre("a/z.md=1", "b.md=2", "c.jsonl:1=3", "c.jsonl:2=4", "d/e/f.ndjson:1=5"));
}

TEST_F(ArticleReaderTest, PathsAreReadInTheirOrderWhateverTheirNames) {
  Write("x.txt", CrawledFile(1));
  Write("y.data", "\n  " + JsonLine(2));
  EXPECT_THAT(Read({Path("y.data"), Path("x.txt"), Path("x.txt")}), ElementsAre("y.data:2=2", "x.txt=1", "x.txt=1"));
}

TEST_F(ArticleReaderTest, OneBadInputStopsNothingElse) {
  Write("1.md", "no article");
  Write("2.md", CrawledFile(2));
  Write("3.jsonl", JsonLine(3) + "{\"oid\":\n" + JsonLine(4));
  EXPECT_THAT(Read({Path("missing.md"), folder_.string()}),
              ElementsAre("missing.md!UNREADABLE_INPUT", "1.md!INVALID_ARTICLE_FILE", "2.md=2", "3.jsonl:1=3",
                          "3.jsonl:2!INVALID_ARTICLE_FILE", "3.jsonl:3=4"));
}

TEST_F(ArticleReaderTest, AMissingPathSaysSo) {
  EXPECT_THAT(Read({Path("missing")}), ElementsAre("missing!UNREADABLE_INPUT"));
  EXPECT_EQ(last_error_.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(last_error_.message()), HasSubstr("No such file"));
}

TEST_F(ArticleReaderTest, FilesAndFoldersWithoutPermissionAreErrorsInTheirPlace) {
  Write("a/1.md", CrawledFile(1));
  Write("b.md", CrawledFile(2));
  Write("c.md", CrawledFile(3));
  ASSERT_EQ(chmod(Path("a").c_str(), 0), 0);
  ASSERT_EQ(chmod(Path("b.md").c_str(), 0), 0);
  const uid_t self = geteuid();
  if (self == 0) {
    ASSERT_EQ(seteuid(65534), 0);  // nobody: root may read everything
  }
  const auto restore = absl::MakeCleanup([&] {
    EXPECT_EQ(seteuid(self), 0);
    chmod(Path("a").c_str(), 0755);
  });
  EXPECT_THAT(Read({folder_.string()}), ElementsAre("a!UNREADABLE_INPUT", "b.md!UNREADABLE_INPUT", "c.md=3"));
  EXPECT_EQ(last_error_.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(last_progress_.bytes_read, last_progress_.bytes_total);
}

TEST_F(ArticleReaderTest, LoopsOfLinksEnd) {
  Write("a/1.md", CrawledFile(1));
  fs::create_directory_symlink(folder_, folder_ / "a" / "loop");
  fs::create_directory_symlink("a", folder_ / "b");
  fs::create_symlink("a/1.md", folder_ / "c.md");
  fs::create_symlink("itself.md", folder_ / "itself.md");
  fs::create_symlink("nowhere", folder_ / "nowhere.md");
  EXPECT_THAT(Read({folder_.string()}),
              ElementsAre("a/1.md=1", "c.md=1", "itself.md!UNREADABLE_INPUT", "nowhere.md!UNREADABLE_INPUT"));
}

TEST_F(ArticleReaderTest, APipeInAFolderIsPassedOver) {
  ASSERT_EQ(mkfifo(Path("pipe.md").c_str(), 0600), 0);
  Write("z.md", CrawledFile(1));
  EXPECT_THAT(Read({folder_.string()}), ElementsAre("z.md=1"));
}

TEST_F(ArticleReaderTest, APipeGivenByPathIsRead) {
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(Path("pipe")) << CrawledFile(1); });
  EXPECT_THAT(Read({Path("pipe")}), ElementsAre("pipe=1"));
  writer.join();
  EXPECT_EQ(last_progress_.bytes_total, 0);
}

TEST_F(ArticleReaderTest, StandardInputIsTakenForWhatItBeginsWith) {
  EXPECT_THAT(ReadStandardInput(JsonLine(1) + JsonLine(2)), ElementsAre("-:1=1", "-:2=2"));
  EXPECT_THAT(ReadStandardInput("\ufeff\n" + JsonLine(1)), ElementsAre("-:2=1"));
  EXPECT_THAT(ReadStandardInput(CrawledFile(1)), ElementsAre("-=1"));
  EXPECT_THAT(ReadStandardInput("\ufeff" + CrawledFile(1)), ElementsAre("-=1"));
  EXPECT_THAT(ReadStandardInput("\xef\xbb"), ElementsAre("-!INVALID_ARTICLE_FILE"));
  EXPECT_THAT(ReadStandardInput("text"), ElementsAre("-!INVALID_ARTICLE_FILE"));
  EXPECT_THAT(ReadStandardInput(" \n\n"), IsEmpty());
  EXPECT_THAT(ReadStandardInput(""), IsEmpty());
}

TEST_F(ArticleReaderTest, EmptyLinesAreSkippedAndCounted) {
  Write("a.jsonl",
        "\n\r\n" + JsonLine(1) + " \t\n\u3000\n" + R"({"oid":"1","aid":"2"})" + "\r\n\n" + R"({"oid":"1","aid":"3"})");
  EXPECT_THAT(Read({Path("a.jsonl")}), ElementsAre("a.jsonl:3=1", "a.jsonl:6=2", "a.jsonl:8=3"));
}

TEST_F(ArticleReaderTest, EmptyFilesAreErrorsUnlessTheyAreJsonLines) {
  Write("a.jsonl", "");
  Write("b.md", "");
  EXPECT_THAT(Read({folder_.string()}), ElementsAre("b.md!INVALID_ARTICLE_FILE"));
}

TEST_F(ArticleReaderTest, OversizedFilesAndLinesAreErrorsAndReadingGoesOn) {
  const std::string big(65 << 20, 'x');
  Write("a.md", "---\n" + big);
  Write("b.jsonl", JsonLine(1) + "{\"oid\":\"" + big + "\"}\n" + JsonLine(2) + "{\"oid\":\"" + big);
  EXPECT_THAT(Read({folder_.string()}),
              ElementsAre("a.md!INVALID_ARTICLE_FILE", "b.jsonl:1=1", "b.jsonl:2!INVALID_ARTICLE_FILE", "b.jsonl:3=2",
                          "b.jsonl:4!INVALID_ARTICLE_FILE"));
  EXPECT_THAT(std::string(last_error_.message()), HasSubstr("longer than 67108864 bytes"));
  EXPECT_EQ(last_progress_.bytes_read, last_progress_.bytes_total);
}

TEST_F(ArticleReaderTest, TheVisitorEndsTheReading) {
  Write("a.jsonl", JsonLine(1) + JsonLine(2));
  Write("b.md", CrawledFile(3));
  ArticleReader reader({folder_.string()}, KoreanZones());
  int count = 0;
  reader.ReadAll([&](ReadArticle) { return ++count < 2; });
  EXPECT_EQ(count, 2);
}

TEST_F(ArticleReaderTest, ProgressGrowsToTheTotal) {
  for (int i = 0; i < 9; ++i) Write(absl::StrCat(i, ".md"), CrawledFile(i));
  ArticleReader reader({folder_.string()}, KoreanZones());
  uint64_t last = 0;
  reader.ReadAll([&](ReadArticle) {
    const ReadProgress progress = reader.Progress();
    EXPECT_GT(progress.bytes_read, last);
    EXPECT_LE(progress.bytes_read, progress.bytes_total);
    EXPECT_EQ(progress.bytes_total, 9 * CrawledFile(0).size());
    last = progress.bytes_read;
    return true;
  });
  EXPECT_EQ(reader.Progress().bytes_read, reader.Progress().bytes_total);
}

}  // namespace
}  // namespace gisa
