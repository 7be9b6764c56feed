#ifndef GISA_STORAGE_DEDUP_LSH_H_
#define GISA_STORAGE_DEDUP_LSH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace gisa {

// Locality-sensitive hashing of MinHash signatures by bands (P. Indyk and R. Motwani, "Approximate nearest neighbors",
// 1998; as banding in J. Leskovec, A. Rajaraman, J. Ullman, "Mining of Massive Datasets", section 3.4). The lanes are
// cut into bands of some rows. Two texts of Jaccard similarity s agree in at least one band, and so become candidates
// for an exact comparison, with the probability 1 - (1 - s^rows)^bands.
struct LshShape {
  size_t bands = 0;
  size_t rows = 0;

  size_t lanes() const { return bands * rows; }
  // The probability above.
  double Recall(double similarity) const;
};

// One hash for each band, which texts have in common that agree in it. `signature` has shape.lanes() lanes.
void AppendBandHashes(absl::Span<const uint32_t> signature, const LshShape& shape, std::vector<uint64_t>& out);

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_LSH_H_
