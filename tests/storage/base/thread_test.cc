#include "storage/base/thread.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <string>

#include "gtest/gtest.h"

namespace gisa {
namespace {

int NiceValueAt(ThreadPriority priority) {
  int nice = 0;
  StartThread("gisa-test", priority, [&] { nice = getpriority(PRIO_PROCESS, 0); }).join();
  return nice;
}

TEST(ThreadTest, ShowsItsName) {
  char name[16] = "";
  StartThread("gisa-test", ThreadPriority::kNormal, [&] { prctl(PR_GET_NAME, name); }).join();
  EXPECT_EQ(std::string(name), "gisa-test");
}

TEST(ThreadTest, YieldsToThoseThatSomebodyWaitsFor) {
  const int own = getpriority(PRIO_PROCESS, 0);
  EXPECT_EQ(NiceValueAt(ThreadPriority::kNormal), own);
  if (own > 8) GTEST_SKIP() << "the nice value of this process leaves no room to compare";
  EXPECT_LT(own, NiceValueAt(ThreadPriority::kWrite));
  EXPECT_LT(NiceValueAt(ThreadPriority::kWrite), NiceValueAt(ThreadPriority::kBackground));
  EXPECT_EQ(getpriority(PRIO_PROCESS, 0), own);
}

}  // namespace
}  // namespace gisa
