#include "storage/dedup/sketch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "storage/dedup/hash_space.h"
#include "storage/dedup/shingle_set.h"
#include "tests/storage/dedup/random_text.h"

namespace gisa {
namespace {

Sketch Kept(const Letters& letters) { return Sketcher().MakeKept(ToUtf8(letters)); }
Sketch Asked(const Letters& letters) { return Sketcher().MakeAsked(ToUtf8(letters)); }

bool Meet(const Sketch& a, const Sketch& b) {
  const auto common = [](const std::vector<uint64_t>& x, const std::vector<uint64_t>& y) {
    return std::any_of(x.begin(), x.end(), [&y](uint64_t h) { return std::find(y.begin(), y.end(), h) != y.end(); });
  };
  return common(a.bands, b.bands) || common(a.fingerprints, b.fingerprints);
}

TEST(SketchTest, ShortBodiesHaveNone) {
  std::mt19937 random(1);
  for (const Letters& letters : {Letters(), RandomLetters(random, kMinShingles + kShingleLength - 2)}) {
    const Sketch sketch = Kept(letters);
    EXPECT_TRUE(sketch.bands.empty());
    EXPECT_TRUE(sketch.fingerprints.empty());
  }
  EXPECT_EQ(Kept(RandomLetters(random, kMinShingles + kShingleLength - 1)).bands.size(), kSketchShape.lsh.bands);
}

TEST(SketchTest, BodiesOfNothingButBoilerplateHaveNone) {
  std::string body;
  for (int i = 0; i < 20; ++i) body += "사진=새소식 자료실\nⓒ 새소식, 무단 전재 및 재배포 금지\n";
  EXPECT_TRUE(Sketcher().MakeKept(body).bands.empty());
}

TEST(SketchTest, ASketcherIsUsedAgain) {
  std::mt19937 random(2);
  const std::string a = ToUtf8(RandomLetters(random, 100));
  const std::string b = ToUtf8(RandomLetters(random, 1000));
  Sketcher sketcher;
  sketcher.MakeKept(b);
  sketcher.MakeKept("짧다");
  EXPECT_EQ(sketcher.MakeKept(a).bands, Sketcher().MakeKept(a).bands);
  EXPECT_EQ(sketcher.MakeKept(b).fingerprints, Sketcher().MakeKept(b).fingerprints);
}

TEST(SketchTest, BothAreWhatEachIsAlone) {
  std::mt19937 random(8);
  const std::string body = ToUtf8(RandomLetters(random, 2000));
  Sketcher sketcher;
  const Sketcher::Sketches both = sketcher.MakeBoth(body);
  EXPECT_EQ(both.kept.bands, sketcher.MakeKept(body).bands);
  EXPECT_EQ(both.kept.fingerprints, sketcher.MakeKept(body).fingerprints);
  EXPECT_EQ(both.asked.bands, sketcher.MakeAsked(body).bands);
  EXPECT_EQ(both.asked.fingerprints, sketcher.MakeAsked(body).fingerprints);
  EXPECT_TRUE(sketcher.MakeBoth("짧다").kept.bands.empty());
}

TEST(SketchTest, CopiesWithScatteredTyposMeet) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const Letters text = RandomLetters(random, 300);
    Letters copy = text;
    // One in 50 letters, so that the similarity is about 0.8.
    for (size_t i = random() % 50; i < copy.size(); i += 50) copy[i] = U'쀍';
    EXPECT_TRUE(Meet(Kept(text), Kept(copy)));
  }
}

TEST(SketchTest, AnExcerptMeetsTheWhole) {
  std::mt19937 random(4);
  for (int round = 0; round < 200; ++round) {
    const Letters text = RandomLetters(random, 3000);
    const size_t begin = random() % 2900;
    const Letters excerpt(text.begin() + begin, text.begin() + begin + 63);
    EXPECT_TRUE(Meet(Asked(excerpt), Kept(text)));
    EXPECT_TRUE(Meet(Asked(text), Kept(excerpt)));
  }
}

TEST(SketchTest, UnrelatedBodiesDoNotMeet) {
  std::mt19937 random(5);
  const Sketch a = Kept(RandomLetters(random, 1000));
  for (int round = 0; round < 100; ++round) EXPECT_FALSE(Meet(a, Kept(RandomLetters(random, 1000))));
}

TEST(SketchTest, AMegabyteHasABoundedSketch) {
  std::mt19937 random(6);
  const Letters text = RandomLetters(random, 350'000);
  const Sketch stored = Kept(text);
  EXPECT_EQ(stored.bands.size(), kSketchShape.lsh.bands);
  EXPECT_LE(stored.fingerprints.size(), kSketchShape.max_kept_fingerprints * 5 / 4);
  EXPECT_TRUE(Meet(stored, Asked(Letters(text.begin(), text.begin() + 10'000))));
}

TEST(SketchTest, BandsAndFingerprintsArePartsOfOneSpaceAndFillItEvenly) {
  std::mt19937 random(7);
  const Sketch sketch = Kept(RandomLetters(random, 10'000));
  for (const uint64_t hash : sketch.bands) EXPECT_LT(hash, kFingerprintsBegin);
  size_t low = 0;
  for (const uint64_t hash : sketch.fingerprints) {
    EXPECT_GE(hash, kFingerprintsBegin);
    low += hash < kFingerprintsBegin / 2 * 5;
  }
  EXPECT_NEAR(static_cast<double>(low) / static_cast<double>(sketch.fingerprints.size()), 0.5, 0.1);
}

// What is stored must be found by every later version.
TEST(SketchTest, HashesStayAsTheyAre) {
  const Sketch sketch = Sketcher().MakeKept(
      "가람시는 봄꽃 축제를 다음 달 1일부터 닷새 동안 호숫가 공원에서 연다. 관람은 무료이고, 셔틀버스가 역에서 "
      "10분마다 다닌다.");
  ASSERT_EQ(sketch.bands.size(), 12u);
  ASSERT_EQ(sketch.fingerprints.size(), 1u);
  EXPECT_EQ(sketch.bands[0], 177824728610161697u);
  EXPECT_EQ(sketch.fingerprints[0], 9820454404468651858u);
}

}  // namespace
}  // namespace gisa
