#ifndef GISA_STORAGE_INDEX_POSTING_CHUNK_H_
#define GISA_STORAGE_INDEX_POSTING_CHUNK_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/index/bit_stream.h"
#include "storage/index/dense_postings.h"
#include "storage/index/doc_table.h"
#include "storage/index/document.h"
#include "storage/index/document_block.h"
#include "storage/index/occurrence.h"
#include "storage/index/occurrence_block.h"
#include "storage/index/occurrence_block_writer.h"
#include "storage/index/occurrence_piece.h"
#include "storage/index/posting_chunk_format.h"
#include "storage/index/term_density.h"

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
  // `docs` tells the lengths of the documents that are added, and outlives this. When it is null, or there are no
  // occurrences, headers say nothing of densities.
  explicit ChunkBuilder(const DocTable* docs) : table_(docs) {}

  // Adds a document above all before it. `occurrences`: at least one, ascending.
  void Add(DocId doc, absl::Span<const Occurrence> occurrences) {
    AddWithoutOccurrences(doc, static_cast<uint32_t>(occurrences.size()));
    std::copy(occurrences.begin(), occurrences.end(), AppendOccurrences(occurrences.size()));
  }

  // The same for several documents, ascending. `freqs` has how many of the occurrences each one has.
  void AddAll(absl::Span<const DocId> docs, absl::Span<const uint32_t> freqs, absl::Span<const Occurrence> occurrences);

  // The same as Add for a chunk that tells only how often the document has the term, not where. `freq` is at least 1. A
  // chunk has documents of one kind.
  void AddWithoutOccurrences(DocId doc, uint32_t freq) {
    if (block_size_ == kBlockDocs) FinishBlock(/*has_header=*/true);
    docs_[block_size_] = doc;
    freqs_[block_size_] = freq;
    ++block_size_;
  }

  bool empty() const { return size() == 0; }
  uint32_t size() const { return static_cast<uint32_t>(headers_.size() * kBlockDocs + block_size_); }

  // Completes the chunk, of at least one document, into *chunk, whose buffers it reuses, and begins a new one.
  void Finish(EncodedChunk* chunk);

 private:
  // Where so many more occurrences of the block go.
  Occurrence* AppendOccurrences(size_t count) {
    const size_t begin = occurrence_count_;
    occurrence_count_ += count;
    if (block_occurrences_.size() < occurrence_count_) GrowOccurrences();
    return block_occurrences_.data() + begin;
  }
  void GrowOccurrences();
  // That of a chunk's only block is not written.
  void FinishBlock(bool has_header);
  void FinishPiece();
  // Of the documents of the block.
  TermDensity FindMaxDensity() const;

  const DocTable* const table_;

  // The block that grows. What is behind its documents and occurrences is left from others.
  size_t block_size_ = 0;
  std::array<DocId, kBlockDocs> docs_;
  std::array<uint32_t, kBlockDocs> freqs_;
  size_t occurrence_count_ = 0;
  std::vector<Occurrence> block_occurrences_;

  // The blocks before it.
  DocId first_doc_ = kNoDoc;
  std::vector<BlockHeader> headers_;
  std::string documents_;
  std::string occurrences_;
  std::string last_occurrences_;  // of the last block, whose size stands before them if another one follows
  std::vector<size_t> occurrence_ends_;
  bool has_occurrences_ = false;
  OccurrenceBlockWriter occurrence_writer_;
  BitWriter bits_;
};

// A decoded block.
struct PostingBlock {
  static constexpr size_t kPadding = 16;

  size_t size = 0;
  DocId docs[kBlockDocs + kPadding];  // behind the last is kEndDoc, kPadding times
  uint32_t freqs[kBlockDocs];         // filled in by ReadFreqs
  DocumentBlockReader reader;
};

// The occurrences in all documents of a block, one after another.
struct BlockOccurrences {
  std::vector<Occurrence> values;  // as many as there are; of the block only what was read
  OccurrenceBlockReader reader;
};

// Reads a chunk in place. Bytes that no encoder wrote are an error, never undefined behaviour. Immutable.
class ChunkReader {
 public:
  // `postings` must outlive the reader. INTERNAL DATA_CORRUPTED.
  static absl::StatusOr<ChunkReader> Open(absl::string_view postings);

  DocId first_doc() const { return first_doc_; }
  uint32_t size() const { return size_; }

  // Whether the occurrences are in the chunk itself.
  bool inlined() const { return block_count() <= kMaxInlinedBlocks; }

  size_t block_count() const { return (uint64_t{size_} + kBlockDocs - 1) / kBlockDocs; }

  // How many blocks the occurrences in a piece are of, which the chunk has.
  size_t piece_block_count(size_t piece) const { return std::min(kPieceBlocks, block_count() - piece * kPieceBlocks); }

  // For chunks of several blocks: the last document of each, and what no document of a block is above.
  absl::Span<const DocId> last_docs() const { return last_docs_; }
  TermDensity max_density(size_t block) const { return header(block).max_density; }

  // Reads the documents of a block, and then, once, their frequencies. INTERNAL DATA_CORRUPTED.
  absl::Status ReadBlock(size_t block, PostingBlock* out) const;
  static absl::Status ReadFreqs(PostingBlock* block);

  // Goes to the occurrences in the documents of `decoded`, which is the given block with its frequencies. `piece` is
  // the piece of occurrences that the block's are in, number block / kPieceBlocks; unused when inlined. It must outlive
  // what is read. INTERNAL DATA_CORRUPTED.
  absl::Status OpenOccurrences(size_t block, const PostingBlock& decoded, const OccurrencePiece& piece,
                               BlockOccurrences* out) const;
  // Then reads the positions of `count` of them from number `begin` on, and after that some of their flags, into their
  // place in values. INTERNAL DATA_CORRUPTED.
  static absl::Status ReadPositions(uint32_t begin, uint32_t count, BlockOccurrences* occurrences);
  static absl::Status ReadFlags(uint32_t flags, uint32_t begin, uint32_t count, BlockOccurrences* occurrences);
  // Or all of them with all flags.
  static absl::Status ReadOccurrences(BlockOccurrences* occurrences);

  // What it takes beside the postings.
  size_t memory_bytes() const {
    return last_docs_.size() * (sizeof(DocId) + sizeof(uint32_t)) + inlined_.memory_bytes();
  }

 private:
  ChunkReader() = default;

  BlockHeader header(size_t block) const { return LoadBlockHeader(headers_ + block * kBlockHeaderBytes); }
  absl::Status ReadHeaders();
  // The documents of a block, or its occurrences, with all that is behind them: a reader that may load more than it
  // needs is quicker.
  absl::string_view FindDocuments(size_t block) const;
  absl::string_view FindOccurrences(size_t block, const PostingBlock& decoded, const OccurrencePiece& piece) const;

  uint32_t size_ = 0;
  DocId first_doc_ = kNoDoc;
  absl::string_view body_;  // behind the headers

  // Of several blocks.
  const char* headers_ = nullptr;
  std::vector<DocId> last_docs_;
  std::vector<uint32_t> document_offsets_;  // where each block begins in body_
  OccurrencePiece inlined_;                 // the occurrences, if they are here
};

// A chunk that owns its bytes. Immutable, but that it counts how much of it is read.
class PostingChunk {
 public:
  // INTERNAL DATA_CORRUPTED.
  static absl::StatusOr<std::shared_ptr<const PostingChunk>> Open(std::string postings);

  PostingChunk(const PostingChunk&) = delete;
  PostingChunk& operator=(const PostingChunk&) = delete;

  const ChunkReader& reader() const { return *reader_; }
  size_t memory_bytes() const;

  // What is decoded beside the coded postings: of documents that are close to each other the bits and frequencies, of
  // others a list. Null and empty when they are not.
  const DensePostings* dense() const { return dense_.has_value() ? &*dense_ : nullptr; }
  absl::Span<const DocId> docs() const { return docs_; }
  bool is_decoded() const { return dense_.has_value() || !docs_.empty(); }

  // The same chunk with that, when it pays: if as many blocks were read since it was opened as would have decoded all
  // twice. Else null, also when it cannot be decoded.
  std::shared_ptr<const PostingChunk> DecodedIfItPays() const;

  // Says that blocks were decoded. Thread-safe.
  void NoteBlocksRead(uint32_t count) const;

  // Whether so many were read since the last call that DecodedIfItPays may be worth asking. Thread-safe.
  bool TakeDecodingIsDue() const {
    return decoding_is_due_.load(std::memory_order_relaxed) &&
           decoding_is_due_.exchange(false, std::memory_order_relaxed);
  }

 private:
  static absl::StatusOr<std::shared_ptr<PostingChunk>> Make(std::string postings);

  uint64_t BlocksBeforeDecoding() const;
  absl::Status Decode();

  explicit PostingChunk(std::string postings) : postings_(std::move(postings)) {}

  const std::string postings_;
  std::optional<ChunkReader> reader_;
  std::optional<DensePostings> dense_;
  std::vector<DocId> docs_;
  mutable std::atomic<uint64_t> blocks_read_ = 0;
  mutable std::atomic<bool> decoding_is_due_ = false;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_CHUNK_H_
