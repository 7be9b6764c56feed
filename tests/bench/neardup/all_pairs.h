#ifndef GISA_TESTS_BENCH_NEARDUP_ALL_PAIRS_H_
#define GISA_TESTS_BENCH_NEARDUP_ALL_PAIRS_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "storage/dedup/shingle_set.h"

namespace gisa {

// Calls `visit` with the overlap of every two texts, a < b, that share a shingle: each text compared with every one
// before it, exactly, by an inverted index from shingles to texts. Shingles are compared letter by letter and not by
// hashes, so that it can judge what works with hashes. The index holds a block of the texts at a time, so that memory
// is bounded whatever their number. Texts that are too short to be compared are left out.
void CompareAllPairs(absl::Span<const std::vector<char32_t>> texts,
                     absl::FunctionRef<void(uint32_t a, uint32_t b, const Overlap& overlap)> visit);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_ALL_PAIRS_H_
