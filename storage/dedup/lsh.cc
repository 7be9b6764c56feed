#include "storage/dedup/lsh.h"

#include <cmath>

#include "storage/dedup/hash_mix.h"

namespace gisa {

double LshShape::Recall(double similarity) const {
  return 1 - std::pow(1 - std::pow(similarity, static_cast<double>(rows)), static_cast<double>(bands));
}

void AppendBandHashes(absl::Span<const uint32_t> signature, const LshShape& shape, std::vector<uint64_t>& out) {
  for (size_t band = 0; band < shape.bands; ++band) {
    // From the band's number, so that the same values in another band are another hash.
    uint64_t hash = MixBits(band + 1);
    for (const uint32_t value : signature.subspan(band * shape.rows, shape.rows)) hash = MixBits(hash ^ value);
    out.push_back(hash);
  }
}

}  // namespace gisa
