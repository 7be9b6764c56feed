#include <algorithm>

#include "storage/index/coding.h"
#include "storage/index/posting_chunk.h"

namespace gisa {

void ChunkBuilder::Add(DocId doc, absl::Span<const Occurrence> occurrences) {
  AddDocument(doc, static_cast<uint32_t>(occurrences.size()));
  for (const Occurrence occurrence : occurrences) block_occurrences_.push_back(occurrence);  // one or two, mostly
  has_occurrences_ = true;
}

void ChunkBuilder::AddWithoutOccurrences(DocId doc, uint32_t freq) { AddDocument(doc, freq); }

void ChunkBuilder::AddDocument(DocId doc, uint32_t freq) {
  if (docs_.size() == kBlockDocs) FinishBlock(/*has_header=*/true);
  if (size_ == 0) first_doc_ = doc;
  docs_.push_back(doc);
  freqs_.push_back(freq);
  ++size_;
}

void ChunkBuilder::Finish(EncodedChunk* chunk) {
  FinishBlock(/*has_header=*/!headers_.empty());
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

void ChunkBuilder::FinishBlock(bool has_header) {
  if (!headers_.empty()) {
    if (headers_.size() % kPieceBlocks == 0) {
      FinishPiece();
    } else {
      AppendVarint64(last_occurrences_.size(), &occurrences_);
      occurrences_ += last_occurrences_;
    }
  }
  gaps_.clear();
  if (!headers_.empty()) gaps_.push_back(docs_.front() - headers_.back().last_doc - 1);
  for (size_t i = 1; i < docs_.size(); ++i) gaps_.push_back(docs_[i] - docs_[i - 1] - 1);
  WriteDocuments(gaps_, freqs_, &bits_);
  const absl::string_view documents = bits_.Finish();
  documents_.append(documents.data(), documents.size());

  BlockHeader& header = headers_.emplace_back();
  header.last_doc = docs_.back();
  header.document_bytes = static_cast<uint16_t>(documents.size());
  if (table_ != nullptr && has_occurrences_ && has_header) header.max_density = MaxDensity();

  if (has_occurrences_) {
    occurrence_writer_.Write(block_occurrences_, &bits_);
    const absl::string_view occurrences = bits_.Finish();
    last_occurrences_.assign(occurrences.data(), occurrences.size());
  }
  docs_.clear();
  freqs_.clear();
  block_occurrences_.clear();
}

TermDensity ChunkBuilder::MaxDensity() const {
  TermDensity max{0, 0};
  absl::Span<const Occurrence> left(block_occurrences_);
  for (size_t i = 0; i < docs_.size(); ++i) {
    const DocId doc = docs_[i];
    const TermDensity density = DensityOf(left.first(freqs_[i]), table_->title_length(doc), table_->length(doc));
    max.word = std::max(max.word, density.word);
    max.part = std::max(max.part, density.part);
    left.remove_prefix(freqs_[i]);
  }
  return max;
}

// The last block of a piece has all that is left of it.
void ChunkBuilder::FinishPiece() {
  occurrences_ += last_occurrences_;
  occurrence_ends_.push_back(occurrences_.size());
}

}  // namespace gisa
