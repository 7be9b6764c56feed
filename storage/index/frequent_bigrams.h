#ifndef GISA_STORAGE_INDEX_FREQUENT_BIGRAMS_H_
#define GISA_STORAGE_INDEX_FREQUENT_BIGRAMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "storage/index/term_code.h"

namespace gisa {

// In how many documents of a segment a bigram is.
struct BigramFrequency {
  TermCode code = 0;
  uint32_t documents = 0;
};

// So many bigrams of a segment are frequent at most.
inline constexpr size_t kMaxFrequentBigrams = 1 << 16;

// In how many of a segment's documents a bigram is at least that is frequent, see ChooseFrequentBigrams.
uint32_t MinFrequentDocuments(uint32_t documents);

// Of the bigrams of a segment of `documents` documents, by code, those whose trigrams are worth a list of their own:
// those that are in 0.3 % of the documents. In a small segment it takes less, by three standard deviations of what is
// counted there: one that is frequent in general is so in nearly every segment, and its trigrams are then listed in
// what the segments are merged to.
std::vector<BigramFrequency> ChooseFrequentBigrams(std::vector<BigramFrequency> bigrams, uint32_t documents);

// Whether it is worth a list, in a segment of `documents` documents, that a trigram is in `trigram_documents` of them,
// and the rarer of its bigrams in `bigram_documents`. If it is not, neither is it with fewer of the bigram.
bool IsSelective(uint64_t trigram_documents, uint32_t bigram_documents, uint32_t documents);

// The first of them with this code or one above it.
const BigramFrequency* LowerBound(absl::Span<const BigramFrequency> bigrams, TermCode code);

// The one with this code; null when there is none.
const BigramFrequency* FindBigram(absl::Span<const BigramFrequency> bigrams, TermCode code);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_FREQUENT_BIGRAMS_H_
