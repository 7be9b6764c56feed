#include "server/port_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

class PortFileTest : public testing::Test {
 protected:
  std::string Read() const {
    std::ifstream file(path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const TempDir dir_;
  const std::string path_ = dir_ / "port";
};

TEST_F(PortFileTest, ItHoldsTheNumberAndALineEnd) {
  ASSERT_TRUE(WritePortFile(path_, 7410).ok());
  EXPECT_EQ(Read(), "7410\n");
}

TEST_F(PortFileTest, WritingReplacesWhatIsThereAndLeavesNothingBeside) {
  std::ofstream(path_) << "a much longer text than a port\n";
  ASSERT_TRUE(WritePortFile(path_, 80).ok());
  EXPECT_EQ(Read(), "80\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir_.path()), {}), 1);
}

TEST_F(PortFileTest, RemovingWhatIsNotThereIsNoError) {
  EXPECT_TRUE(RemovePortFile(path_).ok());
  ASSERT_TRUE(WritePortFile(path_, 1).ok());
  EXPECT_TRUE(RemovePortFile(path_).ok());
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(PortFileTest, ErrorsNameTheFile) {
  EXPECT_THAT(std::string(WritePortFile(dir_ / "none/port", 1).message()), testing::HasSubstr(dir_ / "none/port"));
  std::filesystem::create_directories(dir_ / "folder/inside");
  EXPECT_THAT(std::string(RemovePortFile(dir_ / "folder").message()), testing::HasSubstr(dir_ / "folder"));
}

}  // namespace
}  // namespace gisa
