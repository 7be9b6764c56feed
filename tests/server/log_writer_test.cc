#include "server/log_writer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class LogWriterTest : public testing::Test {
 protected:
  LogWriterTest() : fd_(open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {}
  ~LogWriterTest() override { close(fd_); }

  std::string Written() const {
    std::ostringstream contents;
    contents << std::ifstream(path_).rdbuf();
    return contents.str();
  }

  const TempDir dir_;
  const std::string path_ = dir_ / "log";
  const int fd_;
};

TEST_F(LogWriterTest, WhatIsFlushedIsInTheFile) {
  LogWriter writer(fd_);
  writer.Write("one\n");
  writer.Write("two\n");
  writer.Flush();
  EXPECT_EQ(Written(), "one\ntwo\n");
}

TEST_F(LogWriterTest, TheEndWritesWhatIsLeft) {
  { LogWriter(fd_).Write("last\n"); }
  EXPECT_EQ(Written(), "last\n");
}

TEST_F(LogWriterTest, LinesOfSeveralThreadsDoNotMix) {
  const std::string line(100, 'x');
  {
    LogWriter writer(fd_);
    std::thread other([&] {
      for (int i = 0; i < 1000; ++i) writer.Write(absl::StrCat(line, "\n"));
    });
    for (int i = 0; i < 1000; ++i) writer.Write(absl::StrCat(line, "\n"));
    other.join();
  }
  const std::string log = Written();
  const std::vector<absl::string_view> lines = absl::StrSplit(log, '\n', absl::SkipEmpty());
  EXPECT_THAT(lines, SizeIs(2000));
  for (const absl::string_view written : lines) ASSERT_EQ(written, line);
}

TEST(LogWriterPipeTest, AReaderThatStandsStillCostsLinesAndNothingElse) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  LogWriter writer(ends[1]);
  std::string line(1024, 'x');
  line.back() = '\n';
  for (int i = 0; i < 20'000; ++i) writer.Write(line);  // 20 MB, of which a pipe takes a few KB
  std::string log;
  std::thread reader([&] {
    char buffer[65536];
    for (ssize_t size; (size = read(ends[0], buffer, sizeof(buffer))) > 0;) log.append(buffer, size);
  });
  writer.Flush();
  close(ends[1]);
  reader.join();
  close(ends[0]);
  EXPECT_THAT(log, HasSubstr("log lines dropped"));
  for (const absl::string_view written : absl::StrSplit(log, '\n', absl::SkipEmpty())) {
    ASSERT_TRUE(absl::StartsWith(written, "{") || written.size() == line.size() - 1) << written;
  }
}

}  // namespace
}  // namespace gisa
