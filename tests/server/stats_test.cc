// GetStats.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/version.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using StatsTest = ServerFixture;

TEST_F(StatsTest, AnEmptyArchiveIsAllZeros) {
  const v1::GetStatsResponse stats = Stats();
  EXPECT_EQ(stats.articles(), 0u);
  EXPECT_EQ(stats.revisions(), 0u);
  EXPECT_EQ(stats.bodies(), 0u);
  EXPECT_EQ(stats.last_sequence(), 0u);
  EXPECT_EQ(stats.dedup_ratio(), 0);
}

TEST_F(StatsTest, ArticlesRevisionsBodiesAndTombstonesAreCounted) {
  IngestAll({ApiArticle("1", "1234567890"), ApiArticle("2", "1234567890"), ApiArticle("3", "12345"),
             ApiArticle("3", "1234567"), ApiArticle("4", "지운다")});
  Delete("101", "4");
  const v1::GetStatsResponse stats = Stats();
  EXPECT_EQ(stats.articles(), 3u);
  EXPECT_EQ(stats.revisions(), 4u);
  EXPECT_EQ(stats.bodies(), 3u);
  EXPECT_EQ(stats.tombstones(), 1u);
  EXPECT_EQ(stats.text_bytes(), 10u + 10 + 5 + 7);
  EXPECT_EQ(stats.unique_text_bytes(), 10u + 5 + 7);
  EXPECT_GT(stats.stored_text_bytes(), 0u);
  EXPECT_DOUBLE_EQ(stats.dedup_ratio(), 32.0 / 22.0);
  EXPECT_EQ(stats.last_sequence(), 6u);
  EXPECT_EQ(stats.index().documents(), 3u);
}

TEST_F(StatsTest, ARestartFlushesTheIndex) {
  Ingest(ApiArticle("1", "본문이다."));
  EXPECT_EQ(Stats().index().unflushed_documents(), 1u);
  Restart();
  const v1::GetStatsResponse stats = Stats();
  EXPECT_EQ(stats.index().documents(), 1u);
  EXPECT_EQ(stats.index().unflushed_documents(), 0u);
  EXPECT_EQ(stats.index().indexed_up_to(), 1u);
}

TEST_F(StatsTest, TheLimitsAreThoseInForce) {
  options_.max_message_bytes = 1 << 20;
  options_.max_body_bytes = 1000;
  options_.memory_budget_bytes = 64 << 20;
  const v1::ServerLimits limits = Stats().limits();
  EXPECT_EQ(limits.max_message_bytes(), 1u << 20);
  EXPECT_EQ(limits.max_body_bytes(), 1000u);
  EXPECT_EQ(limits.memory_budget_bytes(), 64u << 20);
  EXPECT_EQ(limits.max_page_size(), 100u);
}

TEST_F(StatsTest, TheVersionAndTheStartAreTold) {
  const absl::Time before = absl::Now();
  const v1::GetStatsResponse stats = Stats();
  EXPECT_EQ(stats.version(), kVersion);
  const absl::Time started =
      absl::FromUnixSeconds(stats.started_at().seconds()) + absl::Nanoseconds(stats.started_at().nanos());
  EXPECT_LE(before, started);
  EXPECT_LE(started, absl::Now());
}

}  // namespace
}  // namespace gisa
