#include "storage/index/chunk_cursor.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/dense_postings.h"

namespace gisa {
namespace {

// Walks a chunk by its bits if it is decoded so, else block by block.
class ChunkCursor : public PostingCursor {
 public:
  ChunkCursor(std::shared_ptr<const std::vector<TermChunk>> chunks, DocId limit, OccurrencesLoader loader,
              SearchGuard* guard)
      : chunks_(std::move(chunks)), limit_(limit), guard_(guard), occurrences_(std::move(loader)) {}

  ~ChunkCursor() override { LeaveChunk(); }

  // Counts the chunks that may have documents from `begin` on, below the limit, and their documents, and goes to the
  // first of these.
  void Init(DocId begin) {
    FindFirstChunk(begin);
    if (!Report(CountChunks()) || chunk_count_ == first_chunk_ || !Report(CountDocuments())) return;
    if (EnterChunk(first_chunk_, begin)) Seek(begin);
  }

  DocId Next() override {
    if (doc_ == kEndDoc) return doc_;
    if (dense_ != nullptr) return SeekDense(doc_ + 1);
    ++index_;
    return Settle();
  }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    if (target >= limit_) return End();
    if (dense_ != nullptr) return SeekDense(target);
    if (block_.docs[block_.size - 1] < target && (!SeekChunk(target) || !SeekBlock(target))) return doc_;
    index_ = FindInBlock(target);
    return Settle();
  }

  size_t Peek(absl::Span<DocId> docs) const override {
    size_t count = 0;
    if (dense_ != nullptr) {
      for (DocId doc = doc_; doc < limit_ && count < docs.size(); doc = dense_->From(doc + 1)) docs[count++] = doc;
    } else {
      for (size_t i = index_; i < block_.size && block_.docs[i] < limit_ && count < docs.size(); ++i) {
        docs[count++] = block_.docs[i];
      }
    }
    return count;
  }

  size_t Sift(absl::Span<DocId> docs) const override {
    if (doc_ == kEndDoc) return 0;
    auto* next = std::lower_bound(docs.begin(), docs.end(), doc_);
    auto* const end = std::lower_bound(next, docs.end(), limit_);
    auto* kept = docs.begin();
    for (size_t number = chunk_; next != end; ++number) {
      auto* const chunk_end =
          number + 1 == chunk_count_ ? end : std::lower_bound(next, end, chunk(number + 1).reader().first_doc());
      const DensePostings* const dense = chunk(number).dense();
      if (dense != nullptr) {
        kept = dense->Sift(absl::MakeConstSpan(next, chunk_end), kept);
      } else {
        kept = std::copy(next, chunk_end, kept);
      }
      next = chunk_end;
    }
    return static_cast<size_t>(kept - docs.begin());
  }

  DocId bits_end() const override { return dense_ == nullptr || doc_ == kEndDoc ? kNoDoc : EndOf(chunk_); }

  void SiftBits(DocId begin, absl::Span<uint64_t> bits) const override {
    if (begin + bits.size() * DensePostings::kWordBits <= bits_end()) dense_->SiftBits(begin, bits);
  }

  DensityBound BoundFrom(DocId target) override {
    if (target >= limit_) return {kNothing, kEndDoc};
    for (; bound_chunk_ + 1 < chunk_count_ && chunk(bound_chunk_ + 1).reader().first_doc() <= target; ++bound_chunk_) {
      bound_block_ = 0;
    }
    const ChunkReader& of_chunk = chunk(bound_chunk_).reader();
    const DocId end = EndOf(bound_chunk_);
    if (of_chunk.block_count() == 1) return {TermDensity(), end};
    bound_block_ = FindBlock(of_chunk.last_docs(), bound_block_, target);
    if (bound_block_ == of_chunk.block_count()) return {kNothing, end};
    return {of_chunk.max_density(bound_block_), of_chunk.last_docs()[bound_block_] + 1};
  }

  uint32_t freq() override {
    FindFreqs();
    return block_.freqs[index_];
  }

  absl::Span<const Occurrence> Occurrences(uint32_t flags) override {
    FindFreqs();
    if (!Report(guard_->status())) return {};
    const absl::StatusOr<absl::Span<const Occurrence>> found = occurrences_.Read(block_, index_, flags);
    if (!Report(found.status())) return {};
    return *found;
  }

  std::optional<StoredList> list() const override {
    return StoredList{(*chunks_)[chunk_].segment, reader().size(), EndOf(chunk_)};
  }

  uint32_t rank() const override {
    return dense_ != nullptr ? dense_->Rank(doc_) : static_cast<uint32_t>(block_number_ * kBlockDocs + index_);
  }

  size_t FindAll(absl::Span<const DocId> docs, absl::Span<ListPlace> places) const override {
    if (dense_ != nullptr) {
      for (size_t i = 0; i < docs.size(); ++i) places[i] = dense_->Find(docs[i]);
      return docs.size();
    }
    size_t index = index_;
    size_t count = 0;
    for (; count < docs.size() && docs[count] <= block_.docs[block_.size - 1]; ++count) {
      while (block_.docs[index] < docs[count]) ++index;
      if (block_.docs[index] == docs[count]) {
        places[count] = {static_cast<uint32_t>(block_number_ * kBlockDocs + index)};
      } else {
        places[count] = {0, 0};
      }
    }
    return count;
  }

  uint64_t document_frequency() const override { return document_frequency_; }

 private:
  static constexpr size_t kNoBlock = SIZE_MAX;
  static constexpr TermDensity kNothing{0, 0};

  const PostingChunk& chunk(size_t i) const { return *(*chunks_)[i].chunk; }
  const ChunkReader& reader() const { return chunk(chunk_).reader(); }

  // No document of the chunk is here or behind.
  DocId EndOf(size_t i) const { return i + 1 < chunk_count_ ? chunk(i + 1).reader().first_doc() : limit_; }

  // The one before the first that begins behind `begin` may reach there.
  void FindFirstChunk(DocId begin) {
    const auto begins_behind = [](DocId doc, const TermChunk& chunk) {
      return doc < chunk.chunk->reader().first_doc();
    };
    const auto behind = std::upper_bound(chunks_->begin(), chunks_->end(), begin, begins_behind);
    first_chunk_ = static_cast<size_t>(std::max<std::ptrdiff_t>(behind - chunks_->begin() - 1, 0));
    bound_chunk_ = first_chunk_;
  }

  absl::Status CountChunks() {
    for (chunk_count_ = first_chunk_; chunk_count_ < chunks_->size(); ++chunk_count_) {
      const DocId first_doc = chunk(chunk_count_).reader().first_doc();
      if (first_doc >= limit_) break;
      if (chunk_count_ > first_chunk_ && first_doc <= chunk(chunk_count_ - 1).reader().first_doc()) {
        return DataCorruptedError("posting chunks are out of order");
      }
    }
    return absl::OkStatus();
  }

  // Only the last chunk can go past the limit.
  absl::Status CountDocuments() {
    for (size_t i = first_chunk_; i + 1 < chunk_count_; ++i) document_frequency_ += chunk(i).reader().size();
    const PostingChunk& last_chunk = chunk(chunk_count_ - 1);
    if (last_chunk.dense() != nullptr) {
      document_frequency_ += last_chunk.dense()->Rank(limit_);
      return absl::OkStatus();
    }
    if (const absl::Span<const DocId> docs = last_chunk.docs(); !docs.empty()) {
      document_frequency_ += static_cast<uint64_t>(std::lower_bound(docs.begin(), docs.end(), limit_) - docs.begin());
      return absl::OkStatus();
    }
    const ChunkReader& last = last_chunk.reader();
    size_t block = 0;
    if (last.block_count() > 1) {
      const absl::Span<const DocId> last_docs = last.last_docs();
      block = static_cast<size_t>(std::lower_bound(last_docs.begin(), last_docs.end(), limit_) - last_docs.begin());
      document_frequency_ += std::min<uint64_t>(block * kBlockDocs, last.size());
      if (block == last.block_count()) return absl::OkStatus();
    }
    RETURN_IF_ERROR(last.ReadBlock(block, &block_));
    const DocId* const begin = block_.docs;
    document_frequency_ += static_cast<uint64_t>(std::lower_bound(begin, begin + block_.size, limit_) - begin);
    return absl::OkStatus();
  }

  // Goes to the first document of a chunk, or of the block in it that may have `target`, or of the chunk after it if
  // all are before that; false at the end.
  bool EnterChunk(size_t number, DocId target = kNoDoc) {
    LeaveChunk();
    chunk_ = number;
    dense_ = chunk(number).dense();
    occurrences_.EnterChunk(&(*chunks_)[number]);
    if (dense_ == nullptr) {
      const size_t block = FindBlock(reader().last_docs(), 0, target);
      if (block == 0 || block < reader().block_count()) return EnterBlock(block);
      if (number + 1 < chunk_count_) return EnterChunk(number + 1);
      End();
      return false;
    }
    block_number_ = kNoBlock;
    doc_ = guard_->ShouldStop() ? kEndDoc : reader().first_doc();
    return doc_ != kEndDoc;
  }

  void LeaveChunk() {
    if (blocks_read_ > 0) chunk(chunk_).NoteBlocksRead(std::exchange(blocks_read_, 0));
  }

  DocId SeekDense(DocId target) {
    if (guard_->ShouldStop()) return End();
    const DocId doc = dense_->From(target);
    if (doc < limit_) return doc_ = doc;
    if (doc != kEndDoc || chunk_ + 1 == chunk_count_) return End();
    return EnterChunk(chunk_ + 1) ? Seek(target) : doc_;
  }

  // Makes block_.freqs those of the block that doc_ is in, at index_.
  void FindFreqs() {
    if (dense_ == nullptr) {
      if (!freqs_are_read_) ReadFreqs();
      return;
    }
    const uint32_t rank = dense_->Rank(doc_);
    index_ = rank % kBlockDocs;
    if (rank / kBlockDocs == block_number_) return;
    block_number_ = rank / kBlockDocs;
    block_.size = dense_->ReadFreqs(block_number_, block_.freqs);
    occurrences_.EnterBlock(block_number_);
  }

  absl::Status ReadDocs(size_t block) {
    const absl::Span<const DocId> docs = chunk(chunk_).docs();
    if (docs.empty()) {
      ++blocks_read_;
      return reader().ReadBlock(block, &block_);
    }
    const absl::Span<const DocId> of_block = docs.subspan(block * kBlockDocs, kBlockDocs);
    block_.size = of_block.size();
    std::fill_n(std::copy(of_block.begin(), of_block.end(), block_.docs), PostingBlock::kPadding, kEndDoc);
    return absl::OkStatus();
  }

  // Frequencies that cannot be read are 1, and the guard knows.
  void ReadFreqs() {
    absl::Status status;
    if (!chunk(chunk_).docs().empty()) status = reader().ReadBlock(block_number_, &block_);
    if (status.ok()) status = ChunkReader::ReadFreqs(&block_);
    if (!status.ok()) {
      guard_->Fail(status);
      std::fill(block_.freqs, block_.freqs + block_.size, 1);
    }
    freqs_are_read_ = true;
  }

  // The first block from `begin` on that ends with `target` or after it, or the number of blocks. Gallops (Bentley,
  // Yao: An Almost Optimal Algorithm for Unbounded Searching, 1976): most targets are near.
  static size_t FindBlock(absl::Span<const DocId> last_docs, size_t begin, DocId target) {
    size_t step = 1;
    while (begin + step <= last_docs.size() && last_docs[begin + step - 1] < target) {
      begin += step;
      step *= 2;
    }
    const auto from = last_docs.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto to = last_docs.begin() + static_cast<std::ptrdiff_t>(std::min(begin + step, last_docs.size()));
    return static_cast<size_t>(std::lower_bound(from, to, target) - last_docs.begin());
  }

  // The place in the block of the first document that is `target` or after it; there is one. Hardly with branches,
  // which would be foreseen no better than a coin.
  size_t FindInBlock(DocId target) const {
    constexpr size_t kNearDocs = PostingBlock::kPadding;
    uint32_t before = 0;  // of the next documents; compilers make a few vector instructions of it
    for (size_t i = 0; i < kNearDocs; ++i) before += block_.docs[index_ + i] < target ? 1 : 0;
    if (before < kNearDocs) return index_ + before;
    size_t begin = index_ + kNearDocs;
    for (size_t count = block_.size - begin; count > 1;) {
      const size_t half = count / 2;
      begin += block_.docs[begin + half - 1] < target ? half : 0;
      count -= half;
    }
    return begin;
  }

  bool EnterBlock(size_t block) {
    block_number_ = block;
    index_ = 0;
    freqs_are_read_ = false;
    occurrences_.EnterBlock(block);
    if (guard_->ShouldStop() || !Report(ReadDocs(block))) {
      End();
      return false;
    }
    Settle();
    return doc_ != kEndDoc;
  }

  // Enters the chunk that can hold `target`; false when there is nothing more to do.
  bool SeekChunk(DocId target) {
    size_t number = chunk_ + 1;
    while (number < chunk_count_ && chunk(number).reader().first_doc() <= target) ++number;
    if (--number == chunk_) return true;
    if (!EnterChunk(number, target)) return false;
    if (dense_ == nullptr) return true;
    SeekDense(target);
    return false;
  }

  // Enters the block of this chunk that can hold `target`, or the next chunk; false when there is nothing more to do.
  bool SeekBlock(DocId target) {
    if (block_.docs[block_.size - 1] >= target) return true;
    const size_t block = block_number_ + 1 < reader().block_count()
                             ? FindBlock(reader().last_docs(), block_number_ + 1, target)
                             : reader().block_count();
    if (block < reader().block_count()) return EnterBlock(block);
    index_ = block_.size;
    block_number_ = reader().block_count() - 1;
    Settle();
    return false;
  }

  // Makes doc_ that at index_, going on to the next block or chunk after the last.
  DocId Settle() {
    if (index_ == block_.size) {
      if (block_number_ + 1 < reader().block_count()) {
        EnterBlock(block_number_ + 1);
      } else if (chunk_ + 1 < chunk_count_) {
        EnterChunk(chunk_ + 1);
      } else {
        End();
      }
      return doc_;
    }
    doc_ = block_.docs[index_];
    return doc_ < limit_ ? doc_ : End();
  }

  DocId End() { return doc_ = kEndDoc; }

  bool Report(const absl::Status& status) {
    if (status.ok()) return true;
    guard_->Fail(status);
    End();
    return false;
  }

  const std::shared_ptr<const std::vector<TermChunk>> chunks_;
  const DocId limit_;
  SearchGuard* const guard_;
  size_t first_chunk_ = 0;
  size_t chunk_count_ = 0;  // with those before the first, and without those that begin at the limit or behind
  uint64_t document_frequency_ = 0;

  // The place: index_ in block_, which is number block_number_ of the chunk. In a dense one the place is doc_, and only
  // FindFreqs brings the rest there, with no documents in block_.
  size_t chunk_ = 0;
  const DensePostings* dense_ = nullptr;
  size_t block_number_ = 0;
  PostingBlock block_;
  bool freqs_are_read_ = false;  // those of the block
  size_t index_ = 0;

  // What BoundFrom was asked for last.
  size_t bound_chunk_ = 0;
  size_t bound_block_ = 0;

  uint32_t blocks_read_ = 0;  // of the chunk, and not noted there
  ChunkOccurrences occurrences_;
};

}  // namespace

std::unique_ptr<PostingCursor> NewChunkCursor(std::shared_ptr<const std::vector<TermChunk>> chunks, DocRange range,
                                              OccurrencesLoader loader, SearchGuard* guard) {
  auto cursor = std::make_unique<ChunkCursor>(std::move(chunks), range.end, std::move(loader), guard);
  cursor->Init(range.begin);
  return cursor;
}

}  // namespace gisa
