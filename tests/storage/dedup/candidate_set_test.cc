#include "storage/dedup/candidate_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

auto IsDoc(uint32_t doc) { return Field(&Candidate::doc, doc); }

TEST(CandidateSetTest, ABandIsAlwaysWorthAComparison) {
  CandidateSet set;
  EXPECT_TRUE(set.empty());
  set.AddBand(7);
  EXPECT_FALSE(set.empty());
  EXPECT_THAT(set.Pick(100, [](uint32_t) { return 100; }), ElementsAre(IsDoc(7)));
}

TEST(CandidateSetTest, ASentenceThatTwoLongTextsShareIsNot) {
  CandidateSet set;
  for (int i = 0; i < 3; ++i) set.AddFingerprint(7);
  EXPECT_THAT(set.Pick(30, [](uint32_t) { return 40; }), IsEmpty());
}

TEST(CandidateSetTest, TheFewFingerprintsOfAShortTextAreEnough) {
  CandidateSet set;
  set.AddFingerprint(7);
  EXPECT_THAT(set.Pick(30, [](uint32_t) { return 2; }), ElementsAre(IsDoc(7)));
  EXPECT_THAT(set.Pick(2, [](uint32_t) { return 30; }), ElementsAre(IsDoc(7)));
}

TEST(CandidateSetTest, TheMostPromisingComeFirst) {
  CandidateSet set;
  set.AddBand(1);
  set.AddBand(2);
  set.AddBand(2);
  set.AddBand(3);
  set.AddFingerprint(1);
  set.AddBand(4);
  EXPECT_THAT(set.Pick(1, [](uint32_t) { return 1; }), ElementsAre(IsDoc(2), IsDoc(1), IsDoc(4), IsDoc(3)));
}

}  // namespace
}  // namespace gisa
