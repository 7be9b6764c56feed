#ifndef GISA_STORAGE_INDEX_POSTING_CHUNK_H_
#define GISA_STORAGE_INDEX_POSTING_CHUNK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/index/document.h"
#include "storage/index/occurrence.h"
#include "storage/index/posting_chunk_format.h"

namespace gisa {

// The stored form of a term's postings in a segment. storage/leveldb/FORMAT.md has it byte by byte.
//
// A chunk of at most kMaxInlinedDocs documents is one string of varints. A larger one has blocks of kBlockDocs
// documents, bit-packed, with a header each that tells what a block can contribute without unpacking it; its
// occurrences are strings of their own, one for each kPieceBlocks blocks, which are read only when they are needed.

inline constexpr size_t kMaxInlinedDocs = 16;
inline constexpr size_t kBlockDocs = 128;
inline constexpr size_t kPieceBlocks = 128;

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
  void EncodeInlined(std::string* out) const;

  uint32_t size_ = 0;  // documents in all
  DocId first_doc_ = kNoDoc;
  DocId last_doc_ = kNoDoc;

  // The block that grows.
  std::vector<uint32_t> gaps_;   // minus 1, as stored
  std::vector<uint32_t> freqs_;  // minus 1, as stored
  std::vector<Occurrence> block_occurrences_;
  uint32_t max_freq_ = 0;
  uint32_t min_length_ = UINT32_MAX;

  // The blocks before it. Offsets count from where the packed numbers, or a piece, begin.
  std::vector<BlockHeader> headers_;
  std::string packed_;
  std::string occurrences_;
  std::vector<size_t> occurrence_ends_;
};

// A decoded block.
struct PostingBlock {
  size_t size = 0;
  DocId docs[kBlockDocs];
  uint32_t freqs[kBlockDocs];
  std::vector<Occurrence> inlined;  // of all documents, in order; chunks without blocks only
};

// Reads a chunk in place. Bytes that no encoder wrote are an error, never undefined behaviour.
class ChunkReader {
 public:
  // `postings` must outlive the reader. INTERNAL DATA_CORRUPTED.
  static absl::StatusOr<ChunkReader> Open(absl::string_view postings);

  DocId first_doc() const { return first_doc_; }
  uint32_t size() const { return size_; }

  // Whether the occurrences are in the chunk itself. Such a chunk has one block.
  bool inlined() const { return inlined_; }

  size_t block_count() const { return inlined_ ? 1 : (size_ + kBlockDocs - 1) / kBlockDocs; }

  // Not for inlined chunks: the last document, the largest frequency and the shortest document of a block.
  DocId last_doc(size_t block) const;
  uint32_t max_freq(size_t block) const;
  uint32_t min_length(size_t block) const;

  // INTERNAL DATA_CORRUPTED.
  absl::Status ReadBlock(size_t block, PostingBlock* out) const;

  // Replaces *out by the occurrences in document `index` of `decoded`, which is the given block, or in all its
  // documents one after another. `piece` is the piece of occurrences that the block's are in, number block /
  // kPieceBlocks; unused when inlined. INTERNAL DATA_CORRUPTED.
  absl::Status ReadOccurrences(size_t block, const PostingBlock& decoded, size_t index, absl::string_view piece,
                               std::vector<Occurrence>* out) const;
  absl::Status ReadBlockOccurrences(size_t block, const PostingBlock& decoded, absl::string_view piece,
                                    std::vector<Occurrence>* out) const;

 private:
  explicit ChunkReader(absl::string_view postings) : postings_(postings) {}

  absl::Status ReadInlined(PostingBlock* out) const;
  absl::Status Unpack(size_t block, uint64_t first, uint64_t count, absl::string_view piece,
                      std::vector<Occurrence>* out) const;
  const char* header(size_t block) const;

  absl::string_view postings_;
  bool inlined_ = false;
  uint32_t size_ = 0;
  DocId first_doc_ = kNoDoc;
  absl::string_view body_;  // after the first document
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_CHUNK_H_
