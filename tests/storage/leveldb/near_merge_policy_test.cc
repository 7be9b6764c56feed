#include "storage/leveldb/near_merge_policy.h"

#include <gtest/gtest.h>

#include <vector>

namespace gisa {
namespace {

TEST(NearMergePolicyTest, FewRunsStayAsTheyAre) {
  EXPECT_EQ(FirstRunToMerge({}), 0u);
  EXPECT_EQ(FirstRunToMerge({1, 1, 1}), 3u);
}

TEST(NearMergePolicyTest, FourOfASizeBecomeOne) {
  EXPECT_EQ(FirstRunToMerge({1, 1, 1, 1}), 0u);
  EXPECT_EQ(FirstRunToMerge({40, 1, 1, 1, 1}), 1u);
}

TEST(NearMergePolicyTest, ALargeRunWaitsUntilTheNewerOnesAreLargeTogether) {
  EXPECT_EQ(FirstRunToMerge({40, 10, 10, 10, 10}), 1u);
  EXPECT_EQ(FirstRunToMerge({40, 40, 20, 10, 10}), 0u);
  EXPECT_EQ(FirstRunToMerge({100, 40, 20, 10, 10}), 5u);
}

TEST(NearMergePolicyTest, AThousandFlushesAreFewRunsAndAreWrittenAFewTimes) {
  std::vector<uint64_t> sizes;
  uint64_t written = 0;
  size_t most = 0;
  for (int flush = 0; flush < 1000; ++flush) {
    sizes.push_back(1);
    for (size_t first = FirstRunToMerge(sizes); first < sizes.size(); first = FirstRunToMerge(sizes)) {
      uint64_t merged = 0;
      for (size_t i = first; i < sizes.size(); ++i) merged += sizes[i];
      sizes.resize(first);
      sizes.push_back(merged);
      written += merged;
    }
    most = std::max(most, sizes.size());
  }
  EXPECT_LE(most, 16u);
  EXPECT_LE(written, 7000u);
}

}  // namespace
}  // namespace gisa
