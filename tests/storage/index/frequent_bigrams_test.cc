#include "storage/index/frequent_bigrams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace gisa {
namespace {

using ::testing::ElementsAre;

std::vector<TermCode> CodesOf(const std::vector<BigramFrequency>& bigrams) {
  std::vector<TermCode> codes;
  for (const BigramFrequency& bigram : bigrams) codes.push_back(bigram.code);
  return codes;
}

TEST(FrequentBigramsTest, AreThoseOfThreeInAThousandDocuments) {
  // Three standard deviations less than 3,000.
  EXPECT_THAT(CodesOf(ChooseFrequentBigrams({{1, 3000}, {2, 2835}, {3, 2834}, {4, 1}}, 1000000)), ElementsAre(1, 2));
}

TEST(FrequentBigramsTest, OfASmallSegmentAreAll) {
  EXPECT_THAT(CodesOf(ChooseFrequentBigrams({{1, 1}, {2, 500}}, 900)), ElementsAre(1, 2));
  EXPECT_THAT(ChooseFrequentBigrams({}, 0), ElementsAre());
}

TEST(FrequentBigramsTest, AreNoMoreThanHaveANumber) {
  std::vector<BigramFrequency> bigrams;
  for (TermCode code = 0; code < kMaxFrequentBigrams + 5; ++code) bigrams.push_back({code, code < 10 ? 1u : 2u});
  const std::vector<BigramFrequency> chosen = ChooseFrequentBigrams(bigrams, 100);
  EXPECT_EQ(chosen.size(), kMaxFrequentBigrams - 5);
  EXPECT_EQ(chosen.front().code, 10u);
}

TEST(FrequentBigramsTest, AreFoundByCode) {
  const std::vector<BigramFrequency> bigrams = {{3, 1}, {7, 1}, {9, 1}};
  EXPECT_EQ(FindBigram(bigrams, 3), &bigrams[0]);
  EXPECT_EQ(FindBigram(bigrams, 9), &bigrams[2]);
  for (const TermCode code : {0, 4, 10}) EXPECT_EQ(FindBigram(bigrams, code), nullptr);
}

}  // namespace
}  // namespace gisa
