#ifndef GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_H_
#define GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/index/bit_stream.h"
#include "storage/index/occurrence.h"

namespace gisa {

// The stored form of the occurrences in the documents of a block of postings. FORMAT.md has it bit by bit.

void WriteOccurrences(absl::Span<const Occurrence> occurrences, BitWriter* out);

// Reads a block in two steps, for flags are needed of few blocks.
class OccurrenceBlockReader {
 public:
  // Replaces *out by `count` occurrences without their flags. `data` begins with the block. False when the bits are
  // nothing that was written; then no more was allocated than `data` could hold.
  bool ReadPositions(absl::string_view data, uint64_t count, std::vector<Occurrence>* out);

  // Then sets the flags of all of them, with the same result.
  bool ReadFlags(absl::Span<Occurrence> occurrences);

 private:
  BitReader in_{absl::string_view()};
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_H_
