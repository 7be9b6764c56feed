#include "storage/dedup/minhash.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace gisa {
namespace {

using Hashes = std::vector<uint64_t>;

Signature Sign(size_t lanes, const Hashes& shingles) {
  MinHash minhash(lanes);
  for (const uint64_t shingle : shingles) minhash.Add(shingle);
  return minhash.Finish();
}

// Two sets of `size` of which `shared` are in both.
std::pair<Hashes, Hashes> RandomSets(std::mt19937_64& random, size_t size, size_t shared) {
  std::pair<Hashes, Hashes> sets;
  for (size_t i = 0; i < size; ++i) {
    sets.first.push_back(random());
    sets.second.push_back(i < shared ? sets.first.back() : random());
  }
  return sets;
}

TEST(MinHashTest, OrderAndRepetitionDoNotCount) {
  std::mt19937_64 random(1);
  Hashes shingles = RandomSets(random, 100, 0).first;
  const Signature signature = Sign(48, shingles);
  std::shuffle(shingles.begin(), shingles.end(), random);
  const Hashes once = shingles;
  shingles.insert(shingles.end(), once.begin(), once.end());
  EXPECT_EQ(Sign(48, shingles), signature);
}

TEST(MinHashTest, FinishStartsAnew) {
  std::mt19937_64 random(2);
  const auto [a, b] = RandomSets(random, 50, 0);
  MinHash minhash(48);
  for (const uint64_t shingle : a) minhash.Add(shingle);
  minhash.Finish();
  for (const uint64_t shingle : b) minhash.Add(shingle);
  EXPECT_EQ(minhash.Finish(), Sign(48, b));
}

TEST(MinHashTest, NothingAddedIsAllZero) { EXPECT_EQ(Sign(8, {}), Signature(8, 0)); }

TEST(MinHashTest, OneShingleFillsEveryLane) {
  const Signature signature = Sign(48, {0x123456789ABCDEF0});
  EXPECT_EQ(signature, Signature(48, 0x9ABCDEF0));
}

// The mean over many pairs of sets, large ones and ones that leave most lanes empty.
TEST(MinHashTest, LanesAgreeAsOftenAsTheSetsAreAlike) {
  std::mt19937_64 random(3);
  for (const size_t size : {20, 100, 1000}) {
    for (const double part : {0.2, 0.5, 0.9}) {
      const auto shared = static_cast<size_t>(static_cast<double>(size) * part);
      const double jaccard = static_cast<double>(shared) / static_cast<double>(2 * size - shared);
      double sum = 0;
      constexpr int kRounds = 2000;
      for (int round = 0; round < kRounds; ++round) {
        const auto [a, b] = RandomSets(random, size, shared);
        sum += EstimateJaccard(Sign(48, a), Sign(48, b));
      }
      EXPECT_NEAR(sum / kRounds, jaccard, 0.012) << size << " " << part;
    }
  }
}

}  // namespace
}  // namespace gisa
