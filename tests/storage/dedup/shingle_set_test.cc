#include "storage/dedup/shingle_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/storage/dedup/random_text.h"

namespace gisa {
namespace {

std::set<Letters> NaiveShingles(const Letters& letters) {
  std::set<Letters> shingles;
  for (size_t i = 0; i + kShingleLength <= letters.size(); ++i) {
    shingles.emplace(letters.begin() + i, letters.begin() + i + kShingleLength);
  }
  return shingles;
}

TEST(ShingleSetTest, TextsBelowAShingleHaveNone) {
  EXPECT_EQ(ShingleSet().size(), 0u);
  EXPECT_EQ(ShingleSet(Letters{U'봄', U'꽃', U'축', U'제'}).size(), 0u);
  EXPECT_EQ(ShingleSet(Letters{U'봄', U'꽃', U'축', U'제', U'장'}).size(), 1u);
}

TEST(ShingleSetTest, EmptySetsAreLikeNothing) {
  const Overlap overlap = Compare(ShingleSet(), ShingleSet());
  EXPECT_EQ(overlap.Jaccard(), 0);
  EXPECT_EQ(overlap.ContainmentOfA(), 0);
  EXPECT_EQ(overlap.ContainmentOfB(), 0);
}

TEST(ShingleSetTest, ATextIsComparableWithEnoughDistinctShingles) {
  std::mt19937 random(2);
  EXPECT_FALSE(ShingleSet(RandomLetters(random, kMinShingles + kShingleLength - 2)).comparable());
  EXPECT_TRUE(ShingleSet(RandomLetters(random, kMinShingles + kShingleLength - 1)).comparable());
  EXPECT_FALSE(ShingleSet(Letters(1000, U'하')).comparable());
}

TEST(ShingleSetTest, AnExcerptIsContainedAndNotAlike) {
  std::mt19937 random(3);
  const Letters text = RandomLetters(random, 1004);
  const Letters excerpt(text.begin() + 500, text.begin() + 604);
  const Overlap overlap = Compare(ShingleSet(excerpt), ShingleSet(text));
  EXPECT_EQ(overlap.ContainmentOfA(), 1);
  EXPECT_EQ(overlap.ContainmentOfB(), 0.1);
  EXPECT_EQ(overlap.Jaccard(), 0.1);
}

TEST(ShingleSetTest, AgreesWithSetsOfTheShinglesThemselves) {
  std::mt19937 random(4);
  for (int round = 0; round < 300; ++round) {
    // Few different letters, so that texts share shingles and repeat them.
    const Letters a = RandomLetters(random, random() % 300, 3);
    const Letters b = RandomLetters(random, random() % 300, 3);
    const std::set<Letters> x = NaiveShingles(a);
    const std::set<Letters> y = NaiveShingles(b);
    const auto shared = static_cast<size_t>(
        std::count_if(x.begin(), x.end(), [&y](const Letters& shingle) { return y.count(shingle) > 0; }));
    const Overlap overlap = Compare(ShingleSet(a), ShingleSet(b));
    EXPECT_EQ(overlap.shared, shared);
    EXPECT_EQ(overlap.only_a, x.size() - shared);
    EXPECT_EQ(overlap.only_b, y.size() - shared);
  }
}

}  // namespace
}  // namespace gisa
