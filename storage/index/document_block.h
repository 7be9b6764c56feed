#ifndef GISA_STORAGE_INDEX_DOCUMENT_BLOCK_H_
#define GISA_STORAGE_INDEX_DOCUMENT_BLOCK_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/index/bit_stream.h"
#include "storage/index/document.h"

namespace gisa {

// The stored form of the documents of a block of postings and of their frequencies. FORMAT.md has it bit by bit.

inline constexpr size_t kBlockDocs = 128;

// Writes `gaps`, one less than the difference of each document from the one before, and `freqs`. The first of the
// block's documents may be without a gap, when it is known.
void WriteDocuments(absl::Span<const uint32_t> gaps, absl::Span<const uint32_t> freqs, BitWriter* out);

// Reads a block in two steps, for the frequencies are seldom needed of all blocks.
class DocumentBlockReader {
 public:
  DocumentBlockReader() = default;
  // `data` begins with the block.
  explicit DocumentBlockReader(absl::string_view data) : in_(data) {}

  // Reads `docs`, where `before` is the document before the first. With `first_known`, that one is `before` + 1 and has
  // no gap. False when the bits are nothing that was written.
  bool ReadDocs(DocId before, bool first_known, absl::Span<DocId> docs);

  // Then the frequencies of all of them, with the same result.
  bool ReadFreqs(absl::Span<uint32_t> freqs);

  // Then what is behind the block.
  absl::string_view rest() const { return in_.rest(); }

 private:
  BitReader in_{absl::string_view()};
  uint32_t freq_parameter_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DOCUMENT_BLOCK_H_
