#include "storage/index/term_density.h"

#include <gtest/gtest.h>

#include <vector>

#include "storage/index/occurrence_weight.h"

namespace gisa {
namespace {

TEST(TermDensityTest, CodesAreRoundedUpByOne32ndAtMost) {
  for (double density = 1.0 / 512; density < 0.48; density *= 1.0007) {
    const double rounded = DensityOfCode(CodeOfDensity(density));
    ASSERT_GE(rounded, density);
    ASSERT_LE(rounded, density * 33 / 32);
  }
}

TEST(TermDensityTest, CodesAreThoseOfTheirDensitiesAndAscend) {
  for (int code = 0; code < 255; ++code) {
    const double density = DensityOfCode(static_cast<uint8_t>(code));
    ASSERT_EQ(CodeOfDensity(density), code);
    ASSERT_EQ(CodeOfDensity(density * 1.000001), code + 1);
  }
}

TEST(TermDensityTest, TheLeastIsBoundedByTheFirstCodeAndTheLargestByNone) {
  EXPECT_EQ(CodeOfDensity(0), 0);
  EXPECT_EQ(DensityOfCode(0), 1.0 / 512);
  for (const double density : {0.49, 0.5, 3.0, 1e30, TermDensity::kUnknown}) {
    EXPECT_EQ(DensityOfCode(CodeOfDensity(density)), TermDensity::kUnknown);
  }
}

TEST(TermDensityTest, ATermCountsAsItDoesInAScore) {
  const std::vector<Occurrence> occurrences = {MakeOccurrence(3, true, true), MakeOccurrence(20, true, false),
                                               MakeOccurrence(500, false, true)};
  const TermDensity density = DensityOf(occurrences, /*title_length=*/10, /*length=*/600);
  EXPECT_DOUBLE_EQ(density.word, (3.0 + 2.0 * 0.5 + 0.2) / 1000);
  EXPECT_DOUBLE_EQ(density.part, (3.0 + 2.0 + 1.0) / 1000);
}

TEST(TermDensityTest, WeightsAreWholeNumbersOfTheSameUnit) {
  for (const uint32_t position : {0u, 9u, 10u, 209u, 210u, 5000u}) {
    for (uint32_t flags = 0; flags <= kOccurrenceFlags; ++flags) {
      const Occurrence place = position << 2 | flags;
      EXPECT_DOUBLE_EQ(WeightOf(place, /*title_length=*/10), kWeightUnit * WeightAt(position, 10) * FactorOf(place));
    }
  }
}

TEST(TermDensityTest, APartBehindTheLeadCountsAsItsWordIn) {
  constexpr uint32_t kTitle = 10;
  for (uint32_t start = 0; start < 300; ++start) {
    for (const uint32_t offset : {0u, 1u, kMaxPartOffset}) {
      // A word that begins in the title ends there.
      if (start < kTitle && start + offset >= kTitle) continue;
      const TermDensity density = DensityOf({MakeOccurrence(start + offset, false, false)}, kTitle, 600);
      ASSERT_GE(density.part, WeightAt(start, kTitle) / 1000) << start << " and " << offset;
    }
  }
}

TEST(TermDensityTest, ThePartsZonesEndSoMuchLaterAsAWordMayReach) {
  constexpr uint32_t kTitle = 10;
  const auto part_at = [](uint32_t position) {
    return DensityOf({MakeOccurrence(position, true, true)}, kTitle, 600).part * 1000;
  };
  EXPECT_DOUBLE_EQ(part_at(kTitle - 1), kTitleWeight);
  EXPECT_DOUBLE_EQ(part_at(kTitle), kLeadWeight);
  EXPECT_DOUBLE_EQ(part_at(kTitle + kLeadPositions + kMaxPartOffset - 1), kLeadWeight);
  EXPECT_DOUBLE_EQ(part_at(kTitle + kLeadPositions + kMaxPartOffset), kBodyWeight);
}

}  // namespace
}  // namespace gisa
