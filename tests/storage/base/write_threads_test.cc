#include "storage/base/write_threads.h"

#include <sched.h>
#include <unistd.h>

#include <thread>

#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "storage/base/thread.h"

namespace gisa {
namespace {

cpu_set_t ProcessorsOf(pid_t thread) {
  cpu_set_t processors;
  CPU_ZERO(&processors);
  EXPECT_EQ(sched_getaffinity(thread, sizeof(processors), &processors), 0);
  return processors;
}

int CountOf(pid_t thread) {
  const cpu_set_t processors = ProcessorsOf(thread);
  return CPU_COUNT(&processors);
}

// A thread that waits until this goes away.
class Waiting {
 public:
  explicit Waiting(ThreadPriority priority) {
    thread_ = StartThread("gisa-test", priority, [this] {
      id_ = gettid();
      started_.Notify();
      done_.WaitForNotification();
    });
    started_.WaitForNotification();
  }
  ~Waiting() {
    done_.Notify();
    thread_.join();
  }

  pid_t id() const { return id_; }

 private:
  pid_t id_ = 0;
  absl::Notification started_;
  absl::Notification done_;
  std::thread thread_;
};

class WriteThreadsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (all_ < 2) GTEST_SKIP() << "this process has one processor";
  }

  const int all_ = CountOf(0);
};

TEST_F(WriteThreadsTest, LeaveAProcessorWhileItIsTaken) {
  const Waiting writer(ThreadPriority::kWrite);
  const Waiting merger(ThreadPriority::kBackground);
  const Waiting reader(ThreadPriority::kNormal);

  WriteThreads::OfProcess().TakeProcessor();
  EXPECT_EQ(CountOf(writer.id()), all_ - 1);
  EXPECT_EQ(CountOf(merger.id()), all_ - 1);
  EXPECT_EQ(CountOf(reader.id()), all_);

  WriteThreads::OfProcess().GiveProcessorBack();
  EXPECT_EQ(CountOf(writer.id()), all_);
  EXPECT_EQ(CountOf(merger.id()), all_);
}

TEST_F(WriteThreadsTest, ThatStartLaterLeaveItToo) {
  WriteThreads::OfProcess().TakeProcessor();
  const Waiting writer(ThreadPriority::kWrite);
  EXPECT_EQ(CountOf(writer.id()), all_ - 1);
  WriteThreads::OfProcess().GiveProcessorBack();
  EXPECT_EQ(CountOf(writer.id()), all_);
}

TEST_F(WriteThreadsTest, GetItBackFromTheLastThatTookIt) {
  const Waiting writer(ThreadPriority::kWrite);
  WriteThreads::OfProcess().TakeProcessor();
  WriteThreads::OfProcess().TakeProcessor();
  WriteThreads::OfProcess().GiveProcessorBack();
  EXPECT_EQ(CountOf(writer.id()), all_ - 1);
  WriteThreads::OfProcess().GiveProcessorBack();
  EXPECT_EQ(CountOf(writer.id()), all_);
}

TEST_F(WriteThreadsTest, KeepTheOnlyProcessor) {
  const cpu_set_t before = ProcessorsOf(0);
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
  {
    const Waiting writer(ThreadPriority::kWrite);
    WriteThreads::OfProcess().TakeProcessor();
    EXPECT_EQ(CountOf(writer.id()), 1);
    WriteThreads::OfProcess().GiveProcessorBack();
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof(before), &before), 0);
}

}  // namespace
}  // namespace gisa
