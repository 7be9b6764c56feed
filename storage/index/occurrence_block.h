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

// Reads a block as far as it is needed: flags are wanted of few blocks, and of some blocks only a few documents.
class OccurrenceBlockReader {
 public:
  // Goes to the block of `count` occurrences that `data` begins with, which must outlive what is read. False when the
  // bits are nothing that was written; then no more was allocated than `data` could hold.
  bool Open(absl::string_view data, uint64_t count);

  // After Open has returned true: replaces *out by the occurrences from number `begin` on, all within the block,
  // without their flags.
  void ReadPositions(uint32_t begin, absl::Span<Occurrence> out) const;

  // Then, once, sets the flags of all the block's occurrences. False as above.
  bool ReadFlags(absl::Span<Occurrence> occurrences) const;

 private:
  struct Exception {
    uint32_t place;
    uint32_t position;
  };

  bool ReadExceptions(uint32_t count, int list_low_bits);

  BitReader in_{absl::string_view()};  // once open, where the flags begin
  uint64_t positions_begin_ = 0;       // in bits
  int position_bits_ = 0;
  std::vector<Exception> exceptions_;  // by place
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_H_
