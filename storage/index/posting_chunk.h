#ifndef GISA_STORAGE_INDEX_POSTING_CHUNK_H_
#define GISA_STORAGE_INDEX_POSTING_CHUNK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/index/bit_stream.h"
#include "storage/index/document.h"
#include "storage/index/document_block.h"
#include "storage/index/occurrence.h"
#include "storage/index/posting_chunk_format.h"

namespace gisa {

// The stored form of a term's postings in a segment. storage/leveldb/FORMAT.md has it bit by bit.
//
// A chunk has blocks of kBlockDocs documents. Several have headers, which tell what a block can contribute without
// reading it. The occurrences of a small chunk are at its end. Those of a larger one are strings of their own, one for
// each kPieceBlocks blocks, which are read only when they are needed.

inline constexpr size_t kMaxInlinedBlocks = 4;
inline constexpr size_t kPieceBlocks = 32;

struct EncodedChunk {
  std::string postings;
  std::string occurrences;              // all pieces; empty when they are inlined
  std::vector<size_t> occurrence_ends;  // where each piece ends

  size_t piece_count() const { return occurrence_ends.size(); }
  absl::string_view piece(size_t i) const {
    const size_t begin = i == 0 ? 0 : occurrence_ends[i - 1];
    return absl::string_view(occurrences).substr(begin, occurrence_ends[i] - begin);
  }
};

// Encodes chunks one after another. Memory: the encoded chunk and one block.
class ChunkBuilder {
 public:
  // Adds a document above all before it. `occurrences`: at least one, ascending.
  void Add(DocId doc, uint32_t document_length, absl::Span<const Occurrence> occurrences);

  bool empty() const { return size_ == 0; }

  // Completes the chunk, of at least one document, into *chunk, whose buffers it reuses, and begins a new one.
  void Finish(EncodedChunk* chunk);

 private:
  void FinishBlock();
  void FinishPiece();

  uint32_t size_ = 0;  // documents in all
  DocId first_doc_ = kNoDoc;
  DocId last_doc_ = kNoDoc;

  // The block that grows.
  std::vector<uint32_t> gaps_;  // as stored: one less; none for the first document
  std::vector<uint32_t> freqs_;
  std::vector<Occurrence> block_occurrences_;
  uint32_t min_length_ = UINT32_MAX;

  // The blocks before it.
  std::vector<BlockHeader> headers_;
  std::string documents_;
  std::string occurrences_;
  std::string last_occurrences_;  // of the last block, whose size stands before them if another one follows
  std::vector<size_t> occurrence_ends_;
  BitWriter bits_;
};

// A decoded block.
struct PostingBlock {
  size_t size = 0;
  DocId docs[kBlockDocs];
  uint32_t freqs[kBlockDocs];  // filled in by ReadFreqs
  DocumentBlockReader reader;
};

// Reads a chunk in place. Bytes that no encoder wrote are an error, never undefined behaviour.
class ChunkReader {
 public:
  // `postings` must outlive the reader. INTERNAL DATA_CORRUPTED.
  static absl::StatusOr<ChunkReader> Open(absl::string_view postings);

  DocId first_doc() const { return first_doc_; }
  uint32_t size() const { return size_; }

  // Whether the occurrences are in the chunk itself.
  bool inlined() const { return block_count() <= kMaxInlinedBlocks; }

  size_t block_count() const { return (uint64_t{size_} + kBlockDocs - 1) / kBlockDocs; }

  // For chunks of several blocks: the last document of one, a frequency that none is above, and a length that no
  // document is below.
  DocId last_doc(size_t block) const { return header(block).last_doc; }
  uint32_t max_freq(size_t block) const { return header(block).max_freq; }
  uint32_t min_length(size_t block) const { return header(block).min_length; }

  // Reads the documents of a block, and then, once, their frequencies. Quick for blocks that come in order. INTERNAL
  // DATA_CORRUPTED.
  absl::Status ReadBlock(size_t block, PostingBlock* out);
  static absl::Status ReadFreqs(PostingBlock* block);

  // Replaces *out by the occurrences in all documents of `decoded`, which is the given block with its frequencies, one
  // after another.
  // `piece` is the piece of occurrences that the block's are in, number block / kPieceBlocks; unused when inlined.
  // INTERNAL DATA_CORRUPTED.
  absl::Status ReadBlockOccurrences(size_t block, const PostingBlock& decoded, absl::string_view piece,
                                    std::vector<Occurrence>* out) const;

 private:
  ChunkReader() = default;

  BlockHeader header(size_t block) const { return LoadBlockHeader(headers_ + block * kBlockHeaderBytes); }
  // The documents of a block, or its occurrences, with all that is behind them: a reader that may load more than it
  // needs is quicker. No documents when they would be outside.
  absl::string_view FindDocuments(size_t block);
  absl::StatusOr<absl::string_view> FindOccurrences(size_t block, absl::string_view piece) const;

  uint32_t size_ = 0;
  DocId first_doc_ = kNoDoc;
  const char* headers_ = nullptr;  // none when there is one block
  absl::string_view body_;         // behind them
  absl::string_view piece_;        // the inlined occurrences of several blocks

  // Where the block that was read last begins in body_.
  size_t found_block_ = 0;
  uint64_t found_offset_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_CHUNK_H_
