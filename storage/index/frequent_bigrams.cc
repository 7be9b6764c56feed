#include "storage/index/frequent_bigrams.h"

#include <algorithm>
#include <cmath>

namespace gisa {
namespace {

constexpr double kFrequentShare = 0.003;  // of the documents
constexpr double kStandardDeviations = 3;

uint32_t MinDocuments(uint32_t documents) {
  const double expected = kFrequentShare * documents;
  return static_cast<uint32_t>(std::max(1.0, expected - kStandardDeviations * std::sqrt(expected)));
}

}  // namespace

std::vector<BigramFrequency> ChooseFrequentBigrams(std::vector<BigramFrequency> bigrams, uint32_t documents) {
  uint32_t least = MinDocuments(documents);
  do {
    const auto is_rare = [least](const BigramFrequency& bigram) { return bigram.documents < least; };
    bigrams.erase(std::remove_if(bigrams.begin(), bigrams.end(), is_rare), bigrams.end());
    ++least;
  } while (bigrams.size() > kMaxFrequentBigrams);
  return bigrams;
}

std::optional<size_t> FindBigram(absl::Span<const BigramFrequency> bigrams, TermCode code) {
  const auto* const found =
      std::lower_bound(bigrams.begin(), bigrams.end(), code,
                       [](const BigramFrequency& bigram, TermCode wanted) { return bigram.code < wanted; });
  if (found == bigrams.end() || found->code != code) return std::nullopt;
  return static_cast<size_t>(found - bigrams.begin());
}

}  // namespace gisa
