#include "storage/dedup/candidate_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

auto IsDoc(uint32_t doc) { return Field(&Candidate::doc, doc); }

// Documents that all have as many fingerprints, and one sample.
struct Documents {
  size_t fingerprints = 0;
  std::string sample = "";

  size_t FingerprintsOf(uint32_t) const { return fingerprints; }
  absl::string_view SampleOf(uint32_t) const { return sample; }
};

class CandidateSetTest : public testing::Test {
 protected:
  std::vector<Candidate> Pick(size_t fingerprints_kept, const Documents& documents) {
    set_.Pick(fingerprints_kept, documents, sieve_);
    return set_.Take();
  }

  const ShingleSample sample_ = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  SampleSieve sieve_{sample_, 0.8};
  CandidateSet set_;
};

TEST_F(CandidateSetTest, ABandIsAlwaysWorthAComparison) {
  set_.AddBand(7);
  EXPECT_THAT(Pick(100, {100}), ElementsAre(IsDoc(7)));
  EXPECT_THAT(Pick(100, {100}), IsEmpty());
}

TEST_F(CandidateSetTest, ASentenceThatTwoLongTextsShareIsNot) {
  for (int i = 0; i < 2; ++i) set_.AddFingerprint(7);
  EXPECT_THAT(Pick(30, {40}), IsEmpty());
}

TEST_F(CandidateSetTest, TheFewFingerprintsOfAShortTextAreEnough) {
  set_.AddFingerprint(7);
  EXPECT_THAT(Pick(30, {2}), ElementsAre(IsDoc(7)));
  set_.AddFingerprint(7);
  EXPECT_THAT(Pick(2, {30}), ElementsAre(IsDoc(7)));
}

TEST_F(CandidateSetTest, WhatTheSieveHoldsBackIsNotPicked) {
  Documents documents = {1};
  AppendStoredSample(ShingleSample{100, 200, 300, 400, 500, 600, 700, 800, 900, 1000}, documents.sample);
  set_.AddBand(7);
  EXPECT_THAT(Pick(1, documents), IsEmpty());
  set_.AddBand(7);
  documents.sample.clear();
  AppendStoredSample(sample_, documents.sample);
  EXPECT_THAT(Pick(1, documents), ElementsAre(IsDoc(7)));
}

TEST_F(CandidateSetTest, TheMostPromisingComeFirst) {
  set_.AddBand(1);
  set_.AddBand(2);
  set_.AddBand(2);
  set_.AddBand(3);
  set_.AddFingerprint(1);
  set_.Pick(1, Documents{1}, sieve_);
  set_.AddBand(4);
  EXPECT_THAT(Pick(1, {1}), ElementsAre(IsDoc(2), IsDoc(1), IsDoc(4), IsDoc(3)));
}

TEST_F(CandidateSetTest, CountsAnyNumberOfDocuments) {
  for (int round = 0; round < 2; ++round) {
    for (uint32_t doc = 1; doc <= 100'000; ++doc) {
      set_.AddBand(doc);
      if (doc % 2 == 0) set_.AddBand(doc / 2);
    }
    const std::vector<Candidate> picked = Pick(1, {1});
    ASSERT_THAT(picked, SizeIs(100'000));
    EXPECT_EQ(picked[49'999].bands, 2);
    EXPECT_EQ(picked[50'000].bands, 1);
  }
}

}  // namespace
}  // namespace gisa
