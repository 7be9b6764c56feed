#ifndef GISA_STORAGE_INDEX_OCCURRENCE_WEIGHT_H_
#define GISA_STORAGE_INDEX_OCCURRENCE_WEIGHT_H_

#include <cstdint>

#include "storage/index/occurrence.h"

namespace gisa {

// How much one occurrence counts as term frequency: more in the title, for that says what the article is about, and in
// the lead, the first positions of the body, where news tells what happened. The word itself (대전, 대전에서) counts
// more than the beginning of a longer one (대전환), and that more than a part from within (한국대전망).
//
// Stored bounds follow from these numbers (term_density.h): who changes one must raise the schema of the index.
inline constexpr double kTitleWeight = 3.0;
inline constexpr double kLeadWeight = 2.0;
inline constexpr double kBodyWeight = 1.0;
inline constexpr uint32_t kLeadPositions = 200;
inline constexpr double kWholeFactor = 1.0;
inline constexpr double kBeginningFactor = 0.5;
inline constexpr double kWithinFactor = 0.2;

// Looked up, for branches would be foreseen badly; in tables that are static, lest they be built for each look.
inline double FactorOf(Occurrence place) {
  static_assert(kOccurrenceFlags == 3 && kEndsStem == 1);
  static constexpr double kFactors[] = {kWithinFactor, kWithinFactor, kBeginningFactor, kWholeFactor};
  return kFactors[place & kOccurrenceFlags];
}

// 2 in the title, 1 in the lead, 0 behind it.
inline uint32_t RegionOf(uint32_t position, uint32_t title_length, uint32_t lead_positions = kLeadPositions) {
  return (position < title_length + lead_positions ? 1 : 0) + (position < title_length ? 1 : 0);
}

inline double WeightAt(uint32_t position, uint32_t title_length, uint32_t lead_positions = kLeadPositions) {
  static constexpr double kWeights[] = {kBodyWeight, kLeadWeight, kTitleWeight};
  return kWeights[RegionOf(position, title_length, lead_positions)];
}

// The product of the two above, in units of 1 / kWeightUnit: whole numbers, which add up to the same in any order.
inline constexpr uint32_t kWeightUnit = 10;
inline uint32_t WeightOf(Occurrence place, uint32_t title_length) {
  static constexpr uint32_t kFactors[] = {2, 2, 5, 10};
  static_assert(kFactors[0] == kWithinFactor * kWeightUnit && kFactors[2] == kBeginningFactor * kWeightUnit &&
                kFactors[3] == kWholeFactor * kWeightUnit);
  static_assert(kBodyWeight == 1 && kLeadWeight == 2 && kTitleWeight == 3);
  return (RegionOf(PositionOf(place), title_length) + 1) * kFactors[place & kOccurrenceFlags];
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_WEIGHT_H_
