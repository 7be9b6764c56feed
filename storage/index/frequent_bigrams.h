#ifndef GISA_STORAGE_INDEX_FREQUENT_BIGRAMS_H_
#define GISA_STORAGE_INDEX_FREQUENT_BIGRAMS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "storage/index/term_code.h"

namespace gisa {

// In how many documents of a segment a bigram is.
struct BigramFrequency {
  TermCode code = 0;
  uint32_t documents = 0;
};

// So many bigrams of a segment are frequent at most: their places fit 16 bits.
inline constexpr size_t kMaxFrequentBigrams = 1 << 16;

// Of the bigrams of a segment of `documents` documents, by code, those whose trigrams are worth a list of their own:
// those that are in 0.3 % of the documents. In a small segment it takes less, by three standard deviations of what is
// counted there: one that is frequent in general is so in nearly every segment, and its trigrams are then listed in
// what the segments are merged to.
std::vector<BigramFrequency> ChooseFrequentBigrams(std::vector<BigramFrequency> bigrams, uint32_t documents);

// The place of a bigram among them; nullopt when it is none of them.
std::optional<size_t> FindBigram(absl::Span<const BigramFrequency> bigrams, TermCode code);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_FREQUENT_BIGRAMS_H_
