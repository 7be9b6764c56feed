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

// Replaces *out by `count` occurrences. False when the bits are nothing that was written; then no more was allocated
// than `data` could hold.
bool ReadOccurrences(absl::string_view data, uint64_t count, std::vector<Occurrence>* out);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_H_
