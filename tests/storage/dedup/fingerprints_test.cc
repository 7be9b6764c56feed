#include "storage/dedup/fingerprints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "storage/dedup/rolling_hash.h"
#include "tests/storage/dedup/random_text.h"

namespace gisa {
namespace {

using Hashes = std::vector<uint64_t>;

Hashes Fingerprints(const Letters& letters, const FingerprintShape& shape) {
  Hashes hashes;
  Fingerprinter().Append(letters, shape, hashes);
  return hashes;
}

// Every window looked at by itself.
Hashes NaiveFingerprints(const Letters& letters, const FingerprintShape& shape) {
  Hashes hashes;
  for (size_t i = 0; i + shape.length <= letters.size(); ++i) {
    HashWindows(absl::MakeConstSpan(letters).subspan(i, shape.length), shape.length,
                [&hashes](uint64_t hash) { hashes.push_back(hash); });
  }
  std::set<uint64_t> chosen;
  for (size_t i = 0; i < hashes.size() && (i == 0 || i + shape.window <= hashes.size()); ++i) {
    const size_t end = std::min(i + shape.window, hashes.size());
    chosen.insert(*std::min_element(hashes.begin() + i, hashes.begin() + end));
  }
  return {chosen.begin(), chosen.end()};
}

bool HaveACommonOne(const Hashes& a, const Hashes& b) {
  Hashes common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  return !common.empty();
}

TEST(FingerprintsTest, ATextBelowAStretchHasNone) {
  std::mt19937 random(1);
  EXPECT_TRUE(Fingerprints({}, {16, 48}).empty());
  EXPECT_TRUE(Fingerprints(RandomLetters(random, 15), {16, 48}).empty());
  EXPECT_EQ(Fingerprints(RandomLetters(random, 16), {16, 48}).size(), 1u);
  EXPECT_EQ(Fingerprints(RandomLetters(random, 40), {16, 48}).size(), 1u);
}

TEST(FingerprintsTest, AgreesWithLookingAtEveryWindow) {
  std::mt19937 random(2);
  for (int round = 0; round < 500; ++round) {
    const FingerprintShape shape = {1 + random() % 8, 1 + random() % 20};
    // Of two letters, equal stretches are frequent.
    const Letters letters = RandomLetters(random, random() % 200, round % 2 == 0 ? 2 : 1000);
    EXPECT_EQ(Fingerprints(letters, shape), NaiveFingerprints(letters, shape));
  }
}

TEST(FingerprintsTest, ASharedPieceOfWindowAndStretchIsAlwaysFound) {
  std::mt19937 random(3);
  const FingerprintShape shape = {16, 48};
  for (int round = 0; round < 300; ++round) {
    const Letters piece = RandomLetters(random, shape.length + shape.window - 1);
    Letters a = RandomLetters(random, random() % 500);
    Letters b = RandomLetters(random, random() % 500);
    a.insert(a.begin() + random() % (a.size() + 1), piece.begin(), piece.end());
    b.insert(b.begin() + random() % (b.size() + 1), piece.begin(), piece.end());
    EXPECT_TRUE(HaveACommonOne(Fingerprints(a, shape), Fingerprints(b, shape)));
  }
}

TEST(FingerprintsTest, AWiderWindowChoosesAmongWhatANarrowerOneDoes) {
  std::mt19937 random(4);
  const Letters letters = RandomLetters(random, 2000);
  const Hashes narrow = Fingerprints(letters, {16, 16});
  const Hashes wide = Fingerprints(letters, {16, 48});
  EXPECT_LT(wide.size(), narrow.size());
  EXPECT_TRUE(std::includes(narrow.begin(), narrow.end(), wide.begin(), wide.end()));
}

TEST(FingerprintsTest, OneInHalfAWindowIsChosen) {
  std::mt19937 random(5);
  EXPECT_NEAR(static_cast<double>(Fingerprints(RandomLetters(random, 49'000), {16, 48}).size()), 2000, 100);
}

}  // namespace
}  // namespace gisa
