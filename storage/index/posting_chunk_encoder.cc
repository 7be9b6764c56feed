#include <algorithm>
#include <array>
#include <numeric>

#include "storage/index/coding.h"
#include "storage/index/posting_chunk.h"

namespace gisa {

void ChunkBuilder::AddAll(absl::Span<const DocId> docs, absl::Span<const uint32_t> freqs,
                          absl::Span<const Occurrence> occurrences) {
  while (!docs.empty()) {
    if (block_size_ == kBlockDocs) FinishBlock(/*has_header=*/true);
    const size_t count = std::min(docs.size(), kBlockDocs - block_size_);
    const size_t of_them = std::accumulate(freqs.begin(), freqs.begin() + count, size_t{0});
    std::copy_n(docs.begin(), count, docs_.begin() + block_size_);
    std::copy_n(freqs.begin(), count, freqs_.begin() + block_size_);
    std::copy_n(occurrences.begin(), of_them, AppendOccurrences(of_them));
    block_size_ += count;
    docs.remove_prefix(count);
    freqs.remove_prefix(count);
    occurrences.remove_prefix(of_them);
  }
}

void ChunkBuilder::GrowOccurrences() { block_occurrences_.resize(2 * occurrence_count_); }

void ChunkBuilder::Finish(EncodedChunk* chunk) {
  const uint32_t size = this->size();
  FinishBlock(/*has_header=*/!headers_.empty());
  FinishPiece();
  if (!has_occurrences_) {
    occurrences_.clear();
    occurrence_ends_.clear();
  }
  std::string& postings = chunk->postings;
  postings.clear();
  AppendVarint64(size, &postings);
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
  headers_.clear();
  documents_.clear();
  occurrences_.clear();
  occurrence_ends_.clear();
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
  const bool is_first = headers_.empty();
  if (is_first) first_doc_ = docs_[0];
  const auto freqs = absl::MakeConstSpan(freqs_).first(block_size_);
  std::array<uint32_t, kBlockDocs> gaps;
  gaps[0] = is_first ? 0 : docs_[0] - headers_.back().last_doc - 1;
  for (size_t i = 1; i < block_size_; ++i) gaps[i] = docs_[i] - docs_[i - 1] - 1;
  WriteDocuments(absl::MakeConstSpan(gaps).first(block_size_).subspan(is_first ? 1 : 0), freqs, &bits_);
  const absl::string_view documents = bits_.Finish();
  documents_.append(documents.data(), documents.size());

  has_occurrences_ = occurrence_count_ > 0;
  BlockHeader& header = headers_.emplace_back();
  header.last_doc = docs_[block_size_ - 1];
  header.document_bytes = static_cast<uint16_t>(documents.size());
  if (table_ != nullptr && has_occurrences_ && has_header) header.max_density = FindMaxDensity();

  if (has_occurrences_) {
    occurrence_writer_.Write(absl::MakeConstSpan(block_occurrences_).first(occurrence_count_), &bits_);
    const absl::string_view occurrences = bits_.Finish();
    last_occurrences_.assign(occurrences.data(), occurrences.size());
  }
  block_size_ = 0;
  occurrence_count_ = 0;
}

TermDensity ChunkBuilder::FindMaxDensity() const {
  TermDensity max{0, 0};
  const Occurrence* occurrences = block_occurrences_.data();
  for (size_t i = 0; i < block_size_; ++i) {
    const DocId doc = docs_[i];
    const TermDensity density = DensityOf({occurrences, freqs_[i]}, table_->title_length(doc), table_->length(doc));
    max.word = std::max(max.word, density.word);
    max.part = std::max(max.part, density.part);
    occurrences += freqs_[i];
  }
  return max;
}

// The last block of a piece has all that is left of it.
void ChunkBuilder::FinishPiece() {
  occurrences_ += last_occurrences_;
  occurrence_ends_.push_back(occurrences_.size());
}

}  // namespace gisa
