#include <algorithm>

#include "storage/index/bit_packing.h"
#include "storage/index/coding.h"
#include "storage/index/posting_chunk.h"

namespace gisa {

void ChunkBuilder::Add(DocId doc, uint32_t document_length, absl::Span<const Occurrence> occurrences) {
  if (size_ == 0) {
    first_doc_ = doc;
    last_doc_ = doc - 1;
  }
  if (gaps_.size() == kBlockDocs) FinishBlock();
  const auto freq = static_cast<uint32_t>(occurrences.size());
  gaps_.push_back(doc - last_doc_ - 1);
  freqs_.push_back(freq - 1);
  for (const Occurrence occurrence : occurrences) block_occurrences_.push_back(occurrence);  // one or two, mostly
  max_freq_ = std::max(max_freq_, freq);
  min_length_ = std::min(min_length_, document_length);
  last_doc_ = doc;
  ++size_;
}

void ChunkBuilder::Finish(EncodedChunk* chunk) {
  chunk->postings.clear();
  chunk->occurrences.clear();
  chunk->occurrence_ends.clear();
  if (size_ <= kMaxInlinedDocs) {
    EncodeInlined(&chunk->postings);
  } else {
    FinishBlock();
    FinishPiece();
    chunk->postings.push_back(kBlockFormat);
    AppendFixed32(size_, &chunk->postings);
    AppendFixed32(first_doc_, &chunk->postings);
    const auto packed_offset = static_cast<uint32_t>(kBlockPrefixBytes + headers_.size() * kBlockHeaderBytes);
    for (BlockHeader& header : headers_) {
      header.postings_offset += packed_offset;
      AppendBlockHeader(header, &chunk->postings);
    }
    chunk->postings += packed_;
    chunk->postings.append(kBitPackingPadding, '\0');
    chunk->occurrences.swap(occurrences_);
    chunk->occurrence_ends.swap(occurrence_ends_);
  }
  size_ = 0;
  gaps_.clear();
  freqs_.clear();
  block_occurrences_.clear();
  max_freq_ = 0;
  min_length_ = UINT32_MAX;
  headers_.clear();
  packed_.clear();
}

void ChunkBuilder::FinishBlock() {
  if (!headers_.empty() && headers_.size() % kPieceBlocks == 0) FinishPiece();
  BlockHeader& header = headers_.emplace_back();
  header.last_doc = last_doc_;
  header.postings_offset = static_cast<uint32_t>(packed_.size());
  header.occurrences_offset =
      static_cast<uint32_t>(occurrences_.size() - (occurrence_ends_.empty() ? 0 : occurrence_ends_.back()));
  header.max_freq = max_freq_;
  header.min_length = min_length_;
  header.gap_bits = BitWidth(gaps_);
  header.freq_bits = BitWidth(freqs_);
  header.occurrence_bits = BitWidth(block_occurrences_);
  PackBits(gaps_, header.gap_bits, &packed_);
  PackBits(freqs_, header.freq_bits, &packed_);
  PackBits(block_occurrences_, header.occurrence_bits, &occurrences_);
  gaps_.clear();
  freqs_.clear();
  block_occurrences_.clear();
  max_freq_ = 0;
  min_length_ = UINT32_MAX;
}

void ChunkBuilder::FinishPiece() {
  occurrences_.append(kBitPackingPadding, '\0');
  occurrence_ends_.push_back(occurrences_.size());
}

void ChunkBuilder::EncodeInlined(std::string* out) const {
  out->push_back(kInlinedFormat);
  AppendVarint64(size_, out);
  AppendVarint64(first_doc_, out);
  auto occurrence = block_occurrences_.begin();
  for (size_t i = 0; i < gaps_.size(); ++i) {
    if (i > 0) AppendVarint64(gaps_[i], out);
    AppendVarint64(freqs_[i], out);
    Occurrence last = 0;
    for (const auto end = occurrence + freqs_[i] + 1; occurrence != end; ++occurrence) {
      AppendVarint64(*occurrence - last, out);
      last = *occurrence;
    }
  }
}

}  // namespace gisa
