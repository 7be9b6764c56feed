#include "server/read_load.h"

#include <thread>

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace gisa {
namespace {

void WaitUntil(const ReadLoad& load, bool keeps_processor) {
  while (load.keeps_processor() != keeps_processor) std::this_thread::yield();
}

TEST(ReadLoadTest, KeepsAProcessorWhileSearchesTakeMuchOfTheTime) {
  ReadLoad load;
  EXPECT_FALSE(load.keeps_processor());
  load.Add(absl::Seconds(1));
  WaitUntil(load, true);
  WaitUntil(load, false);  // no more searches came
  load.Add(absl::Seconds(1));
  WaitUntil(load, true);
}

}  // namespace
}  // namespace gisa
