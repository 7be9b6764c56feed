#ifndef GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_H_
#define GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/index/bit_stream.h"
#include "storage/index/occurrence.h"

namespace gisa {

// Reads a block of occurrences (occurrence_block_writer.h) as far as it is needed: flags are wanted of few blocks, and
// of some blocks only a few documents.
class OccurrenceBlockReader {
 public:
  // Goes to the block of `count` occurrences that `data` begins with, which must outlive what is read. False when the
  // bits are nothing that was written; then no more was allocated than `data` could hold.
  bool Open(absl::string_view data, uint64_t count);

  // After Open has returned true: replaces *out by the occurrences from number `begin` on, all within the block,
  // without their flags. False as above.
  bool ReadPositions(uint32_t begin, absl::Span<Occurrence> out);

  // Then sets of their flags those of `flags` that they have, and others not. It reads no more than it needs. False as
  // above.
  bool ReadFlags(uint32_t flags, uint32_t begin, absl::Span<Occurrence> out);

 private:
  struct Exception {
    uint32_t place;
    uint32_t position;
  };

  bool ReadExceptions();
  bool ReadFlag(uint32_t flag, uint32_t begin, absl::Span<Occurrence> out, uint32_t end, BitReader* in);

  BitReader in_{absl::string_view()};  // where the exceptions begin, and once they are read the first flag
  uint32_t count_ = 0;
  uint64_t positions_begin_ = 0;  // in bits
  int position_bits_ = 0;
  int exception_low_bits_ = -1;        // of their list; below 0 when there is none, or it was read
  std::vector<Exception> exceptions_;  // by place
  uint64_t second_flag_begin_ = 0;     // 0: it was not found yet
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_H_
