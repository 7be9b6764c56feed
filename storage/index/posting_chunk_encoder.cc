#include <algorithm>

#include "storage/index/coding.h"
#include "storage/index/occurrence_block.h"
#include "storage/index/posting_chunk.h"

namespace gisa {

void ChunkBuilder::Add(DocId doc, uint32_t document_length, absl::Span<const Occurrence> occurrences) {
  AddDocument(doc, document_length, static_cast<uint32_t>(occurrences.size()));
  for (const Occurrence occurrence : occurrences) block_occurrences_.push_back(occurrence);  // one or two, mostly
  has_occurrences_ = true;
}

void ChunkBuilder::AddWithoutOccurrences(DocId doc, uint32_t document_length, uint32_t freq) {
  AddDocument(doc, document_length, freq);
}

void ChunkBuilder::AddDocument(DocId doc, uint32_t document_length, uint32_t freq) {
  if (freqs_.size() == kBlockDocs) FinishBlock();
  if (size_ == 0) {
    first_doc_ = doc;
  } else {
    gaps_.push_back(doc - last_doc_ - 1);
  }
  freqs_.push_back(freq);
  min_length_ = std::min(min_length_, document_length);
  last_doc_ = doc;
  ++size_;
}

void ChunkBuilder::Finish(EncodedChunk* chunk) {
  FinishBlock();
  FinishPiece();
  if (!has_occurrences_) {
    occurrences_.clear();
    occurrence_ends_.clear();
  }
  std::string& postings = chunk->postings;
  postings.clear();
  AppendVarint64(size_, &postings);
  AppendVarint64(first_doc_, &postings);
  if (headers_.size() > 1) {
    for (const BlockHeader& header : headers_) AppendBlockHeader(header, &postings);
  }
  postings += documents_;
  chunk->occurrences.clear();
  chunk->occurrence_ends.clear();
  if (headers_.size() <= kMaxInlinedBlocks) {
    postings += occurrences_;
  } else {
    chunk->occurrences.swap(occurrences_);
    chunk->occurrence_ends.swap(occurrence_ends_);
  }
  size_ = 0;
  headers_.clear();
  documents_.clear();
  occurrences_.clear();
  occurrence_ends_.clear();
  has_occurrences_ = false;
}

void ChunkBuilder::FinishBlock() {
  if (!headers_.empty()) {
    if (headers_.size() % kPieceBlocks == 0) {
      FinishPiece();
    } else {
      AppendVarint64(last_occurrences_.size(), &occurrences_);
      occurrences_ += last_occurrences_;
    }
  }
  WriteDocuments(gaps_, freqs_, &bits_);
  const absl::string_view documents = bits_.Finish();
  documents_.append(documents.data(), documents.size());

  BlockHeader& header = headers_.emplace_back();
  header.last_doc = last_doc_;
  header.document_bytes = static_cast<uint16_t>(documents.size());
  header.max_freq = *std::max_element(freqs_.begin(), freqs_.end());
  header.min_length = min_length_;

  if (has_occurrences_) {
    WriteOccurrences(block_occurrences_, &bits_);
    const absl::string_view occurrences = bits_.Finish();
    last_occurrences_.assign(occurrences.data(), occurrences.size());
  }
  gaps_.clear();
  freqs_.clear();
  block_occurrences_.clear();
  min_length_ = UINT32_MAX;
}

// The last block of a piece has all that is left of it.
void ChunkBuilder::FinishPiece() {
  occurrences_ += last_occurrences_;
  occurrence_ends_.push_back(occurrences_.size());
}

}  // namespace gisa
