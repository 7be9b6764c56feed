#ifndef GISA_TESTS_BENCH_NEARDUP_CANDIDATE_TABLE_H_
#define GISA_TESTS_BENCH_NEARDUP_CANDIDATE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"

namespace gisa {

// Which texts have which hashes of their sketches, in memory. Texts are numbers that their owner gives.
//
// Not thread-safe.
class CandidateTable {
 public:
  // A hash that more texts have is left alone from then on: it says little, and each of them would be compared.
  explicit CandidateTable(size_t max_texts_of_hash) : max_texts_of_hash_(max_texts_of_hash) {}

  void Add(uint32_t text, absl::Span<const uint64_t> hashes);

  // Appends the texts that have one of the hashes to `out`, as often as they have one.
  void Find(absl::Span<const uint64_t> hashes, std::vector<uint32_t>& out) const;

 private:
  const size_t max_texts_of_hash_;
  absl::flat_hash_map<uint64_t, absl::InlinedVector<uint32_t, 2>> texts_;
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_CANDIDATE_TABLE_H_
