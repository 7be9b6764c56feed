#include "storage/dedup/lsh.h"

#include <gtest/gtest.h>

#include <set>

namespace gisa {
namespace {

std::vector<uint64_t> BandHashes(const std::vector<uint32_t>& signature, const LshShape& shape) {
  std::vector<uint64_t> hashes;
  AppendBandHashes(signature, shape, hashes);
  return hashes;
}

TEST(LshTest, ABandAgreesWhenAllItsRowsDo) {
  const LshShape shape = {3, 2};
  const auto a = BandHashes({1, 2, 3, 4, 5, 6}, shape);
  const auto b = BandHashes({1, 2, 3, 9, 5, 6}, shape);
  ASSERT_EQ(a.size(), 3u);
  EXPECT_EQ(a[0], b[0]);
  EXPECT_NE(a[1], b[1]);
  EXPECT_EQ(a[2], b[2]);
}

TEST(LshTest, TheSameValuesInAnotherBandOrOrderAreAnotherHash) {
  const auto hashes = BandHashes({7, 8, 7, 8, 8, 7}, {3, 2});
  EXPECT_EQ(std::set<uint64_t>(hashes.begin(), hashes.end()).size(), 3u);
}

TEST(LshTest, RecallFollowsTheFormula) {
  const LshShape shape = {12, 4};
  EXPECT_EQ(shape.lanes(), 48u);
  EXPECT_DOUBLE_EQ(shape.Recall(0), 0);
  EXPECT_DOUBLE_EQ(shape.Recall(1), 1);
  EXPECT_NEAR(shape.Recall(0.7), 0.9629, 0.0001);
  EXPECT_NEAR(shape.Recall(0.8), 0.9982, 0.0001);
}

}  // namespace
}  // namespace gisa
