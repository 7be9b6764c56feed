#include "storage/dedup/shingle_sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace gisa {
namespace {

std::string Stored(const ShingleSample& sample) {
  std::string stored;
  AppendStoredSample(sample, stored);
  return stored;
}

bool MayMatch(const ShingleSample& here, const ShingleSample& there, double min_similarity) {
  return SampleSieve(here, min_similarity).MayMatch(Stored(there));
}

// A sample that has `shared` of its `size` in common with all others of the same seed.
ShingleSample MakeSample(size_t size, size_t shared, uint32_t seed, uint32_t number) {
  ShingleSample sample;
  std::mt19937 common(seed);
  for (size_t i = 0; i < shared; ++i) sample.push_back(static_cast<uint32_t>(common()));
  std::mt19937 own(number);
  while (sample.size() < size) sample.push_back(static_cast<uint32_t>(own()));
  std::shuffle(sample.begin(), sample.end(), own);
  return sample;
}

TEST(ShingleSampleTest, TheSameTextMatchesWhateverItsSize) {
  for (const size_t size : {0, 1, 4, 75, 96, 97, 170, 171, 1365, 1366, 5000, 100'000}) {
    const ShingleSample sample = MakeSample(size, 0, 0, 1);
    EXPECT_TRUE(MayMatch(sample, sample, 1)) << size;
  }
}

TEST(ShingleSampleTest, OthersDoNot) {
  for (const size_t size : {20, 75, 97, 150, 512, 5000, 100'000}) {
    EXPECT_FALSE(MayMatch(MakeSample(size, 0, 0, 1), MakeSample(size, 0, 0, 2), 0.8)) << size;
    EXPECT_FALSE(MayMatch(MakeSample(size, size / 4, 3, 1), MakeSample(size, size / 4, 3, 2), 0.8)) << size;
  }
}

TEST(ShingleSampleTest, WhatHasJustEnoughInCommonMatchesButForOneInSomeHundred) {
  std::mt19937 random(1);
  std::bernoulli_distribution is_shared(0.8);
  for (const size_t size : {75, 150, 340}) {
    int passed = 0;
    for (uint32_t round = 0; round < 2000; ++round) {
      size_t shared = 0;
      for (size_t i = 0; i < size; ++i) shared += is_shared(random);
      passed +=
          MayMatch(MakeSample(size, shared, round, 1 + 2 * round), MakeSample(size, shared, round, 2 + 2 * round), 0.8);
    }
    EXPECT_GE(passed, 1990) << size;
  }
}

TEST(ShingleSampleTest, AShortTextInALongOneMatchesFromBothSides) {
  const ShingleSample shorter = MakeSample(30, 30, 5, 1);
  for (const size_t size : {300, 3000, 50'000}) {
    const ShingleSample longer = MakeSample(size, 30, 5, 2);
    EXPECT_TRUE(MayMatch(shorter, longer, 0.8)) << size;
    EXPECT_TRUE(MayMatch(longer, shorter, 0.8)) << size;
  }
}

TEST(ShingleSampleTest, AShortTextThatHalfIsInALongOneMatchesFromNeitherSide) {
  const ShingleSample shorter = MakeSample(50, 25, 5, 1);
  for (const size_t size : {150, 300}) {
    const ShingleSample longer = MakeSample(size, 25, 5, 2);
    EXPECT_FALSE(MayMatch(shorter, longer, 0.8)) << size;
    EXPECT_FALSE(MayMatch(longer, shorter, 0.8)) << size;
  }
}

TEST(ShingleSampleTest, ALongTextStoresNoMoreThanSomeHundredBytes) {
  EXPECT_LT(Stored(MakeSample(75, 0, 0, 1)).size(), 90u);
  EXPECT_LT(Stored(MakeSample(150, 0, 0, 1)).size(), 70u);
  EXPECT_LT(Stored(MakeSample(500'000, 0, 0, 1)).size(), 520u);
}

TEST(ShingleSampleTest, WhatDoesNotParseMayMatch) {
  SampleSieve sieve(MakeSample(75, 0, 0, 1), 0.8);
  EXPECT_TRUE(sieve.MayMatch(""));
  EXPECT_TRUE(sieve.MayMatch("\xFF"));
  EXPECT_TRUE(sieve.MayMatch("\x7F"));
  EXPECT_TRUE(sieve.MayMatch("\x80 no bitmap"));
}

}  // namespace
}  // namespace gisa
