#include <algorithm>
#include <numeric>

#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/coding.h"
#include "storage/index/posting_chunk.h"

namespace gisa {
namespace {

// To decode all costs half as much as reading has by then: so it never costs much more than not to, whatever comes
// (Karlin, Manasse, Rudolph, Sleator: Competitive Snoopy Caching, 1988), and what is asked for but now and then takes
// no memory.
constexpr uint64_t kReadsBeforeDecoding = 2;

}  // namespace

absl::StatusOr<ChunkReader> ChunkReader::Open(absl::string_view postings) {
  ChunkReader reader;
  Decoder decoder(postings);
  reader.size_ = decoder.Varint32();
  reader.first_doc_ = decoder.Varint32();
  if (!decoder.ok()) return DataCorruptedError("a posting chunk is cut short");
  if (reader.size_ == 0 || reader.first_doc_ == kNoDoc || reader.first_doc_ > kMaxDocId) {
    return DataCorruptedError("a posting chunk is empty");
  }
  const size_t blocks = reader.block_count();
  if (blocks > 1) reader.headers_ = decoder.Bytes(blocks * kBlockHeaderBytes).data();
  reader.body_ = decoder.rest();
  if (!decoder.ok()) return DataCorruptedError("a posting chunk is cut short");
  if (blocks > 1) {
    RETURN_IF_ERROR(reader.ReadHeaders());
  }
  return reader;
}

absl::Status ChunkReader::ReadHeaders() {
  const size_t blocks = block_count();
  last_docs_.reserve(blocks);
  document_offsets_.reserve(blocks);
  uint64_t offset = 0;
  for (size_t block = 0; block < blocks; ++block) {
    const BlockHeader of_block = header(block);
    if (of_block.last_doc < (block == 0 ? first_doc_ : last_docs_.back() + 1)) {
      return DataCorruptedError("the blocks of a posting chunk are out of order");
    }
    last_docs_.push_back(of_block.last_doc);
    document_offsets_.push_back(static_cast<uint32_t>(offset));
    offset += of_block.document_bytes;
    if (offset > body_.size()) return DataCorruptedError("a posting chunk is cut short");
  }
  // A chunk may be without.
  if (inlined() && offset < body_.size()) {
    ASSIGN_OR_RETURN(inlined_, OccurrencePiece::Open(body_.substr(offset), blocks));
  }
  return absl::OkStatus();
}

absl::string_view ChunkReader::FindDocuments(size_t block) const {
  return headers_ == nullptr ? body_ : body_.substr(document_offsets_[block]);
}

absl::Status ChunkReader::ReadBlock(size_t block, PostingBlock* out) const {
  out->reader = DocumentBlockReader(FindDocuments(block));
  out->size = std::min<size_t>(kBlockDocs, size_ - block * kBlockDocs);
  const DocId before = block == 0 ? first_doc_ - 1 : last_docs_[block - 1];
  if (!out->reader.ReadDocs(before, block == 0, absl::MakeSpan(out->docs, out->size)) ||
      (headers_ != nullptr && out->docs[out->size - 1] != last_docs_[block])) {
    return DataCorruptedError("a posting block's documents are wrong");
  }
  std::fill_n(out->docs + out->size, PostingBlock::kPadding, kEndDoc);
  return absl::OkStatus();
}

absl::Status ChunkReader::ReadFreqs(PostingBlock* block) {
  return block->reader.ReadFreqs(absl::MakeSpan(block->freqs, block->size))
             ? absl::OkStatus()
             : DataCorruptedError("a posting block's frequencies are wrong");
}

absl::string_view ChunkReader::FindOccurrences(size_t block, const PostingBlock& decoded,
                                               const OccurrencePiece& piece) const {
  if (headers_ == nullptr) return decoded.reader.rest();
  return inlined() ? inlined_.block(block) : piece.block(block % kPieceBlocks);
}

absl::Status ChunkReader::OpenOccurrences(size_t block, const PostingBlock& decoded, const OccurrencePiece& piece,
                                          BlockOccurrences* out) const {
  const uint64_t count = std::accumulate(decoded.freqs, decoded.freqs + decoded.size, uint64_t{0});
  if (!out->reader.Open(FindOccurrences(block, decoded, piece), count)) {
    return DataCorruptedError("a posting block's occurrences are wrong");
  }
  out->values.resize(count);
  return absl::OkStatus();
}

absl::Status ChunkReader::ReadPositions(uint32_t begin, uint32_t count, BlockOccurrences* occurrences) {
  const absl::Span<Occurrence> values = absl::MakeSpan(occurrences->values).subspan(begin, count);
  return occurrences->reader.ReadPositions(begin, values)
             ? absl::OkStatus()
             : DataCorruptedError("the positions of a posting block's occurrences are wrong");
}

absl::Status ChunkReader::ReadFlags(uint32_t flags, uint32_t begin, uint32_t count, BlockOccurrences* occurrences) {
  const absl::Span<Occurrence> values = absl::MakeSpan(occurrences->values).subspan(begin, count);
  return occurrences->reader.ReadFlags(flags, begin, values)
             ? absl::OkStatus()
             : DataCorruptedError("the flags of a posting block's occurrences are wrong");
}

absl::Status ChunkReader::ReadOccurrences(BlockOccurrences* occurrences) {
  const auto count = static_cast<uint32_t>(occurrences->values.size());
  RETURN_IF_ERROR(ReadPositions(0, count, occurrences));
  return ReadFlags(kOccurrenceFlags, 0, count, occurrences);
}

absl::StatusOr<std::shared_ptr<const PostingChunk>> PostingChunk::Open(std::string postings) {
  return Make(std::move(postings));
}

absl::StatusOr<std::shared_ptr<PostingChunk>> PostingChunk::Make(std::string postings) {
  std::shared_ptr<PostingChunk> chunk(new PostingChunk(std::move(postings)));
  ASSIGN_OR_RETURN(chunk->reader_, ChunkReader::Open(chunk->postings_));
  return chunk;
}

size_t PostingChunk::memory_bytes() const {
  return sizeof(*this) + postings_.capacity() + reader_->memory_bytes() + docs_.capacity() * sizeof(DocId) +
         (dense_.has_value() ? dense_->memory_bytes() : 0);
}

uint64_t PostingChunk::BlocksBeforeDecoding() const { return kReadsBeforeDecoding * reader_->block_count(); }

void PostingChunk::NoteBlocksRead(uint32_t count) const {
  const uint64_t before = blocks_read_.fetch_add(count, std::memory_order_relaxed);
  const uint64_t due = BlocksBeforeDecoding();
  if (before < due && before + count >= due) decoding_is_due_.store(true, std::memory_order_relaxed);
}

std::shared_ptr<const PostingChunk> PostingChunk::DecodedIfItPays() const {
  if (is_decoded() || blocks_read_.load(std::memory_order_relaxed) < BlocksBeforeDecoding()) return nullptr;
  absl::StatusOr<std::shared_ptr<PostingChunk>> decoded = Make(postings_);
  // Who reads the blocks of one that cannot be decoded will see.
  return decoded.ok() && (*decoded)->Decode().ok() ? *std::move(decoded) : nullptr;
}

absl::Status PostingChunk::Decode() {
  if (DensePostings::Suits(*reader_)) {
    ASSIGN_OR_RETURN(dense_, DensePostings::Decode(*reader_));
    return absl::OkStatus();
  }
  std::vector<DocId> docs;
  docs.reserve(reader_->size());
  PostingBlock block;
  for (size_t number = 0; number < reader_->block_count(); ++number) {
    RETURN_IF_ERROR(reader_->ReadBlock(number, &block));
    docs.insert(docs.end(), block.docs, block.docs + block.size);
  }
  docs_ = std::move(docs);
  return absl::OkStatus();
}

}  // namespace gisa
