#ifndef GISA_STORAGE_DEDUP_FINGERPRINTS_H_
#define GISA_STORAGE_DEDUP_FINGERPRINTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace gisa {

// Which stretches of a text become its fingerprints.
struct FingerprintShape {
  size_t length = 0;  // letters of each
  size_t window = 0;  // of each so many neighbouring stretches, one is chosen
};

// Takes the fingerprints of texts: hashes of some of a text's stretches of `length` letters, chosen by winnowing
// (S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003): of
// each `window` neighbouring stretches the one of the least hash, the rightmost of equals. Two texts that share
// window + length - 1 letters in one piece share a fingerprint, wherever in them the piece stands; so a short text is
// found in a long one, which MinHash cannot do. One stretch in (window + 1) / 2 or so is chosen. A text of less than a
// window has the least of all its stretches; one shorter than `length` has none.
//
// A wider window chooses among what a narrower one chooses, but for equal hashes: so an index can keep those of a wide
// window, and a search ask for those of a narrow one.
//
// Not thread-safe: it keeps its buffer.
class Fingerprinter {
 public:
  // Appends the fingerprints of `letters` to `out`, sorted, each once. Linear in the number of letters, mostly.
  void Append(absl::Span<const char32_t> letters, const FingerprintShape& shape, std::vector<uint64_t>& out);

 private:
  std::vector<uint64_t> hashes_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_FINGERPRINTS_H_
