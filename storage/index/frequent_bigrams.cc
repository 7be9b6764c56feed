#include "storage/index/frequent_bigrams.h"

#include <algorithm>
#include <cmath>

namespace gisa {
namespace {

constexpr double kFrequentShare = 0.003;  // of the documents
constexpr double kStandardDeviations = 3;

// A list is worth its space when it is much shorter than that of the rarer bigram, or shorter by many documents. In
// small segments it is left to chance which ones are. Measured, see docs/adr/0019.
constexpr double kMaxShareOfBigram = 0.2;
constexpr double kMaxShareOfCommonBigram = 0.5;
constexpr double kCommonShare = 0.1;  // of the documents
constexpr uint32_t kMinTellingDocuments = 8192;

}  // namespace

uint32_t MinFrequentDocuments(uint32_t documents) {
  const double expected = kFrequentShare * documents;
  return static_cast<uint32_t>(std::max(1.0, expected - kStandardDeviations * std::sqrt(expected)));
}

std::vector<BigramFrequency> ChooseFrequentBigrams(std::vector<BigramFrequency> bigrams, uint32_t documents) {
  uint32_t least = MinFrequentDocuments(documents);
  do {
    const auto is_rare = [least](const BigramFrequency& bigram) { return bigram.documents < least; };
    bigrams.erase(std::remove_if(bigrams.begin(), bigrams.end(), is_rare), bigrams.end());
    ++least;
  } while (bigrams.size() > kMaxFrequentBigrams);
  return bigrams;
}

bool IsSelective(uint64_t trigram_documents, uint32_t bigram_documents, uint32_t documents) {
  if (documents < kMinTellingDocuments) return true;
  const double share = bigram_documents < kCommonShare * documents ? kMaxShareOfBigram : kMaxShareOfCommonBigram;
  return static_cast<double>(trigram_documents) <= share * bigram_documents;
}

const BigramFrequency* LowerBound(absl::Span<const BigramFrequency> bigrams, TermCode code) {
  return std::lower_bound(bigrams.begin(), bigrams.end(), code,
                          [](const BigramFrequency& bigram, TermCode wanted) { return bigram.code < wanted; });
}

const BigramFrequency* FindBigram(absl::Span<const BigramFrequency> bigrams, TermCode code) {
  const auto* const found = LowerBound(bigrams, code);
  return found != bigrams.end() && found->code == code ? found : nullptr;
}

}  // namespace gisa
