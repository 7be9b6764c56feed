#include "client/retry.h"

#include <gtest/gtest.h>

#include "storage/base/errors.h"

namespace gisa {
namespace {

TEST(RetryTest, OnlyWhatMayPassIsRetriable) {
  EXPECT_TRUE(IsRetriable(absl::UnavailableError("")));
  EXPECT_TRUE(IsRetriable(absl::CancelledError("")));
  EXPECT_TRUE(IsRetriable(WithRetryDelay(absl::ResourceExhaustedError(""), absl::Milliseconds(1))));
  EXPECT_FALSE(IsRetriable(absl::ResourceExhaustedError("")));
  EXPECT_FALSE(IsRetriable(absl::OkStatus()));
  EXPECT_FALSE(IsRetriable(absl::InvalidArgumentError("")));
  EXPECT_FALSE(IsRetriable(absl::DeadlineExceededError("")));
}

TEST(BackoffTest, DelaysGrowUpToTheLongestAndStayWithinTheJitter) {
  Backoff backoff({.max_attempts = 9,
                   .initial_delay = absl::Milliseconds(100),
                   .max_delay = absl::Milliseconds(500),
                   .multiplier = 2});
  for (const int millis : {100, 200, 400, 500, 500, 500}) {
    const absl::Duration delay = backoff.Next(absl::UnavailableError(""));
    EXPECT_GE(delay, absl::Milliseconds(millis) / 2);
    EXPECT_LE(delay, absl::Milliseconds(millis));
  }
  EXPECT_EQ(backoff.failures(), 6);
  backoff.Reset();
  EXPECT_EQ(backoff.failures(), 0);
  EXPECT_LE(backoff.Next(absl::UnavailableError("")), absl::Milliseconds(100));
}

TEST(BackoffTest, TheServersDelayIsHonoured) {
  Backoff backoff({});
  const absl::Status full = WithRetryDelay(absl::ResourceExhaustedError(""), absl::Seconds(7));
  EXPECT_EQ(backoff.Next(full), absl::Seconds(7));
}

TEST(BackoffTest, ManyFailuresDoNotOverflow) {
  Backoff backoff({});
  for (int i = 0; i < 5000; ++i) EXPECT_LE(backoff.Next(absl::UnavailableError("")), RetryPolicy().max_delay);
}

}  // namespace
}  // namespace gisa
