#include "storage/leveldb/free_space_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "storage/base/errors.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class FreeSpaceWatchTest : public ::testing::Test {
 protected:
  FreeSpaceWatch::Options Options(uint64_t min_free_bytes) {
    FreeSpaceWatch::Options options;
    options.min_free_bytes = min_free_bytes;
    options.free_bytes = [this] { return ++looks_, free_; };
    options.interval = absl::ZeroDuration();
    options.on_event = [this](const StorageEvent& event) { told_.push_back(event.message); };
    return options;
  }

  uint64_t free_ = 2000;
  int looks_ = 0;
  std::vector<std::string> told_;
};

TEST_F(FreeSpaceWatchTest, BelowTheMarkThereIsNoRoomUntilThereIsATenthMore) {
  FreeSpaceWatch watch(Options(1000));
  free_ = 1000;
  EXPECT_TRUE(watch.Check().ok());
  free_ = 999;
  const absl::Status full = watch.Check();
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(full), "DISK_FULL");
  EXPECT_TRUE(ErrorRetryDelay(full).has_value());
  EXPECT_THAT(std::string(full.message()), HasSubstr("999 bytes are free"));
  free_ = 1099;
  EXPECT_FALSE(watch.Check().ok());
  free_ = 1100;
  EXPECT_TRUE(watch.Check().ok());
  free_ = 1000;
  EXPECT_TRUE(watch.Check().ok());
}

TEST_F(FreeSpaceWatchTest, TheOperatorIsToldOfTheBeginningAndTheEnd) {
  FreeSpaceWatch watch(Options(1000));
  for (const uint64_t free : {2000, 10, 5, 1050, 5000, 1000}) {
    free_ = free;
    watch.Check().IgnoreError();
  }
  EXPECT_THAT(told_, ElementsAre("free space is low; ingests are refused", "there is space again; ingests go on"));
}

TEST_F(FreeSpaceWatchTest, ZeroTurnsItOff) {
  FreeSpaceWatch watch(Options(0));
  free_ = 0;
  EXPECT_TRUE(watch.Check().ok());
  EXPECT_EQ(looks_, 0);
}

TEST_F(FreeSpaceWatchTest, TheFileSystemIsNotAskedAgainWithinTheInterval) {
  FreeSpaceWatch::Options options = Options(1000);
  options.interval = absl::Hours(1);
  FreeSpaceWatch watch(options);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(watch.Check().ok());
  EXPECT_EQ(looks_, 1);
}

TEST(FreeBytesTest, AFolderHasSomeAndWhatIsNotThereIsNoReasonToStop) {
  const TempDir dir;
  EXPECT_GT(FreeBytesAt(dir.path()), 0u);
  EXPECT_EQ(FreeBytesAt(dir / "missing"), UINT64_MAX);
}

}  // namespace
}  // namespace gisa
