#ifndef GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_WRITER_H_
#define GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_WRITER_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "storage/index/bit_stream.h"
#include "storage/index/occurrence.h"

namespace gisa {

// Writes the stored form of the occurrences in the documents of a block of postings, one block after another. FORMAT.md
// has it bit by bit. Memory: of the largest block.
class OccurrenceBlockWriter {
 public:
  void Write(absl::Span<const Occurrence> occurrences, BitWriter* out);

 private:
  struct Exception {
    uint32_t place;
    uint32_t position;
  };

  void WritePositions(absl::Span<const Occurrence> occurrences, BitWriter* out);
  void WriteFlag(absl::Span<const Occurrence> occurrences, uint32_t flag, BitWriter* out);

  // Of a block.
  std::vector<uint32_t> positions_;  // what is behind them is left from others
  std::vector<Exception> exceptions_;
  std::vector<uint64_t> flag_words_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_BLOCK_WRITER_H_
