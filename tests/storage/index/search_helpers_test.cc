#include "storage/index/search_helpers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "absl/synchronization/barrier.h"
#include "absl/synchronization/notification.h"

namespace gisa {
namespace {

TEST(SearchHelpersTest, AllThreadsWorkAtTheSameTime) {
  SearchHelpers helpers(3);
  const SearchHelpers::Running running(&helpers);
  for (int round = 0; round < 20; ++round) {
    auto* const barrier = new absl::Barrier(3);
    std::atomic<int> calls = 0;
    ASSERT_TRUE(helpers.Share([&] {
      ++calls;
      if (barrier->Block()) delete barrier;
    }));
    EXPECT_EQ(calls, 3);
  }
}

TEST(SearchHelpersTest, OneThreadHasNobodyToShareWith) {
  for (const int threads : {0, 1}) {
    SearchHelpers helpers(threads);
    const SearchHelpers::Running running(&helpers);
    EXPECT_FALSE(helpers.Share([] { FAIL(); }));
  }
}

TEST(SearchHelpersTest, NothingIsSharedWhileThereAreAsManySearchesAsThreads) {
  SearchHelpers helpers(2);
  const SearchHelpers::Running running(&helpers);
  {
    const SearchHelpers::Running other(&helpers);
    EXPECT_FALSE(helpers.Share([] { FAIL(); }));
  }
  EXPECT_TRUE(helpers.Share([] {}));
}

TEST(SearchHelpersTest, AHelperThatWorksHelpsNobodyElse) {
  SearchHelpers helpers(2);
  const SearchHelpers::Running running(&helpers);
  absl::Barrier* const both_work = new absl::Barrier(2);
  std::atomic<bool> asked = false;
  EXPECT_TRUE(helpers.Share([&] {
    if (both_work->Block()) delete both_work;
    if (!asked.exchange(true)) {
      EXPECT_FALSE(helpers.Share([] { FAIL(); }));
    }
  }));
}

TEST(SearchHelpersTest, WhoComesWhenTheWorkIsDoneIsLeftOut) {
  SearchHelpers helpers(4);
  const SearchHelpers::Running running(&helpers);
  for (int round = 0; round < 1000; ++round) {
    auto calls = std::make_unique<std::atomic<int>>(0);
    ASSERT_TRUE(helpers.Share([&] { ++*calls; }));
    EXPECT_GE(*calls, 1);
    EXPECT_LE(*calls, 4);
    calls.reset();  // a call that came later would touch what is gone
  }
}

}  // namespace
}  // namespace gisa
