// Plain uses of absl's locks. They prove something under ThreadSanitizer only: that it knows what these locks order
// (tests/support/tsan/absl_synchronization.cc), for each access below would be a race without them.
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace gisa {
namespace {

constexpr int kRounds = 1000;

// Hands integers from one thread to another, one at a time.
class Slot {
 public:
  virtual ~Slot() = default;
  virtual void Put(int value) = 0;
  virtual int Take() = 0;
};

class AwaitSlot : public Slot {
 public:
  void Put(int value) override {
    const absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](bool* full) { return !*full; }, &full_));
    value_ = value;
    full_ = true;
  }

  int Take() override {
    mutex_.LockWhen(absl::Condition(&full_));
    full_ = false;
    const int value = value_;
    mutex_.Unlock();
    return value;
  }

 private:
  absl::Mutex mutex_;
  bool full_ ABSL_GUARDED_BY(mutex_) = false;
  int value_ ABSL_GUARDED_BY(mutex_) = 0;
};

class CondVarSlot : public Slot {
 public:
  void Put(int value) override {
    const absl::MutexLock lock(&mutex_);
    while (full_) changed_.Wait(&mutex_);
    value_ = value;
    full_ = true;
    changed_.SignalAll();
  }

  int Take() override {
    const absl::MutexLock lock(&mutex_);
    while (!full_) changed_.WaitWithTimeout(&mutex_, absl::Seconds(1));
    full_ = false;
    changed_.SignalAll();
    return value_;
  }

 private:
  absl::Mutex mutex_;
  absl::CondVar changed_;
  bool full_ ABSL_GUARDED_BY(mutex_) = false;
  int value_ ABSL_GUARDED_BY(mutex_) = 0;
};

void ExpectOrderedHandover(Slot& slot) {
  std::thread producer([&slot] {
    for (int i = 0; i < kRounds; ++i) slot.Put(i);
  });
  for (int i = 0; i < kRounds; ++i) EXPECT_EQ(slot.Take(), i);
  producer.join();
}

TEST(AbslSynchronization, AwaitHandsOver) {
  AwaitSlot slot;
  ExpectOrderedHandover(slot);
}

TEST(AbslSynchronization, CondVarHandsOver) {
  CondVarSlot slot;
  ExpectOrderedHandover(slot);
}

TEST(AbslSynchronization, GuardsACounterThatSomeOnlyRead) {
  absl::Mutex mutex;
  int counter = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&mutex, &counter] {
      for (int i = 0; i < kRounds; ++i) {
        {
          const absl::ReaderMutexLock lock(&mutex);
          EXPECT_GE(counter, 0);
        }
        const absl::MutexLock lock(&mutex);
        ++counter;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter, 4 * kRounds);
}

TEST(AbslSynchronization, NotificationPublishesWhatCameBefore) {
  int value = 0;
  absl::Notification ready;
  std::thread producer([&value, &ready] {
    value = 1;
    ready.Notify();
  });
  ready.WaitForNotification();
  EXPECT_EQ(value, 1);
  producer.join();
}

TEST(AbslSynchronization, HasBeenNotifiedPublishesToo) {
  int value = 0;
  absl::Notification ready;
  std::thread producer([&value, &ready] {
    value = 1;
    ready.Notify();
  });
  while (!ready.HasBeenNotified()) std::this_thread::yield();
  EXPECT_EQ(value, 1);
  producer.join();
}

TEST(AbslSynchronization, BlockingCounterCollectsFromEveryThread) {
  constexpr int kThreads = 4;
  std::vector<int> results(kThreads);
  absl::BlockingCounter running(kThreads);
  std::vector<std::thread> threads;
  for (int& result : results) {
    threads.emplace_back([&result, &running] {
      result = 1;
      running.DecrementCount();
    });
  }
  running.Wait();
  EXPECT_EQ(results, std::vector<int>(kThreads, 1));
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace gisa
