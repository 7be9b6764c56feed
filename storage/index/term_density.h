#ifndef GISA_STORAGE_INDEX_TERM_DENSITY_H_
#define GISA_STORAGE_INDEX_TERM_DENSITY_H_

#include <cstdint>
#include <limits>

#include "absl/types/span.h"
#include "storage/index/occurrence.h"
#include "storage/index/occurrence_weight.h"

namespace gisa {

// How dense a term is in a document: what its occurrences count as term frequency, for each unit of the document's
// length and kDensityLength. A score grows with just that where kDensityLength is 2/3 of the average length, and else
// with about that (Bm25::MaxScore). So the largest density in a block of documents bounds the scores of all, whatever
// the corpus. (What they are for: Ding, Suel: Faster Top-k Document Retrieval Using Block-Max Indexes, 2011.)
struct TermDensity {
  static constexpr double kUnknown = std::numeric_limits<double>::infinity();

  double word = kUnknown;  // of the term as a word
  // At least that of any word that has the term at most kMaxPartOffset positions from its start.
  double part = kUnknown;
};

// Stored: frozen. The first is 2/3 of what an article of 1.8 KB has.
inline constexpr uint32_t kDensityLength = 400;
inline constexpr uint32_t kMaxPartOffset = 32;

// The density of a term with these occurrences. Segments are written and merged with it, some hundred times for each of
// their documents.
inline TermDensity DensityOf(absl::Span<const Occurrence> occurrences, uint32_t title_length, uint32_t length) {
  double word = 0;
  double part = 0;
  for (const Occurrence occurrence : occurrences) {
    const uint32_t position = PositionOf(occurrence);
    word += WeightAt(position, title_length) * FactorOf(occurrence);
    // A word may stand in the lead of which a part is behind it. None goes from the title to the body.
    part += WeightAt(position, title_length, kLeadPositions + kMaxPartOffset);
  }
  const double total_length = static_cast<double>(length) + kDensityLength;
  return {word / total_length, part / total_length};
}

// The least byte that stands for `density` or more. FORMAT.md has what they stand for; the last is for kUnknown.
uint8_t CodeOfDensity(double density);
double DensityOfCode(uint8_t code);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TERM_DENSITY_H_
