#include "storage/index/chunk_cursor.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/posting_chunk.h"

namespace gisa {
namespace {

// What is known of a block's occurrences: nothing, where those of each document are, the positions of all, and all.
enum class OccurrencesRead { kNone, kSome, kPositions, kFlags };

// To find the occurrences of one document costs as much as to read so many more of them.
constexpr uint32_t kSingleReadCost = 16;

class ChunkCursor : public PostingCursor {
 public:
  ChunkCursor(std::shared_ptr<const std::vector<TermChunk>> chunks, DocId limit, OccurrencesLoader loader,
              SearchGuard* guard)
      : chunks_(std::move(chunks)), limit_(limit), loader_(std::move(loader)), guard_(guard) {}

  // Opens the chunks that begin below the limit, counts their documents and goes to the first.
  void Init() {
    if (!Report(TakeReaders()) || !Report(CountDocuments()) || readers_.empty()) return;
    EnterChunk(0);
    EnterBlock(0);
  }

  DocId Next() override {
    if (doc_ == kEndDoc) return doc_;
    ++index_;
    return Settle();
  }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    if (target >= limit_) return End();
    if (block_.docs[block_.size - 1] < target && (!SeekChunk(target) || !SeekBlock(target))) return doc_;
    index_ = FindInBlock(target);
    return Settle();
  }

  uint32_t freq() const override {
    if (!freqs_are_read_) ReadFreqs();
    return block_.freqs[index_];
  }

  absl::Span<const Occurrence> Occurrences(Detail detail) override {
    if (occurrences_read_ == OccurrencesRead::kNone && !Report(OpenBlockOccurrences())) return {};
    const uint32_t freq = block_.freqs[index_];
    const uint32_t begin = occurrence_ends_[index_] - freq;
    if (detail == Detail::kPositions && occurrences_read_ == OccurrencesRead::kSome &&
        singly_read_ < occurrences_.count) {
      singly_read_ += freq + kSingleReadCost;
      document_occurrences_.resize(freq);
      occurrences_.reader.ReadPositions(begin, absl::MakeSpan(document_occurrences_));
      return document_occurrences_;
    }
    if (!Report(ReadBlockOccurrences(detail))) return {};
    return absl::MakeConstSpan(occurrences_.values).subspan(begin, freq);
  }

  uint64_t document_frequency() const override { return document_frequency_; }

 private:
  absl::Status TakeReaders() {
    for (const TermChunk& chunk : *chunks_) {
      const ChunkReader& reader = chunk.chunk->reader();
      if (reader.first_doc() >= limit_) break;
      if (!readers_.empty() && reader.first_doc() <= readers_.back()->first_doc()) {
        return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", "posting chunks are out of order");
      }
      readers_.push_back(&reader);
    }
    return absl::OkStatus();
  }

  // Only the last chunk can go past the limit.
  absl::Status CountDocuments() {
    if (readers_.empty()) return absl::OkStatus();
    for (size_t i = 0; i + 1 < readers_.size(); ++i) document_frequency_ += readers_[i]->size();
    const ChunkReader& last = *readers_.back();
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

  const ChunkReader& reader() const { return *readers_[chunk_]; }

  // The first block behind the current one that ends with `target` or after it, or the number of blocks. Gallops
  // (Bentley, Yao: An Almost Optimal Algorithm for Unbounded Searching, 1976): most targets are near.
  size_t FindBlock(DocId target) const {
    const absl::Span<const DocId> last_docs = reader().last_docs();
    size_t begin = block_number_ + 1;
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

  // Frequencies that cannot be read are 1, and the guard knows.
  void ReadFreqs() const {
    const absl::Status status = ChunkReader::ReadFreqs(&block_);
    if (!status.ok()) {
      guard_->Fail(status);
      std::fill(block_.freqs, block_.freqs + block_.size, 1);
    }
    freqs_are_read_ = true;
  }

  absl::Status OpenBlockOccurrences() {
    if (!freqs_are_read_) ReadFreqs();
    RETURN_IF_ERROR(guard_->status());
    RETURN_IF_ERROR(LoadPiece());
    const absl::string_view piece = piece_bytes_ == nullptr ? absl::string_view() : *piece_bytes_;
    RETURN_IF_ERROR(reader().OpenOccurrences(block_number_, block_, piece, &occurrences_));
    std::partial_sum(block_.freqs, block_.freqs + block_.size, occurrence_ends_);
    occurrences_read_ = OccurrencesRead::kSome;
    singly_read_ = 0;
    return absl::OkStatus();
  }

  // Reads those of all documents of the block, unless they are.
  absl::Status ReadBlockOccurrences(Detail detail) {
    if (occurrences_read_ < OccurrencesRead::kPositions) {
      ChunkReader::ReadPositions(&occurrences_);
      occurrences_read_ = OccurrencesRead::kPositions;
    }
    if (detail == Detail::kFlags && occurrences_read_ < OccurrencesRead::kFlags) {
      RETURN_IF_ERROR(ChunkReader::ReadFlags(&occurrences_));
      occurrences_read_ = OccurrencesRead::kFlags;
    }
    return absl::OkStatus();
  }

  // Makes piece_bytes_ hold what this block's occurrences are in.
  absl::Status LoadPiece() {
    if (reader().inlined()) return absl::OkStatus();
    const size_t piece = block_number_ / kPieceBlocks;
    if (piece_ == piece) return absl::OkStatus();
    piece_.reset();
    ASSIGN_OR_RETURN(piece_bytes_, loader_((*chunks_)[chunk_].segment, static_cast<uint32_t>(piece)));
    piece_ = piece;
    return absl::OkStatus();
  }

  void EnterChunk(size_t chunk) {
    chunk_ = chunk;
    piece_.reset();
  }

  bool EnterBlock(size_t block) {
    block_number_ = block;
    index_ = 0;
    freqs_are_read_ = false;
    occurrences_read_ = OccurrencesRead::kNone;
    if (guard_->ShouldStop() || !Report(reader().ReadBlock(block, &block_))) {
      End();
      return false;
    }
    Settle();
    return doc_ != kEndDoc;
  }

  // Enters the chunk that can hold `target`; false at the end.
  bool SeekChunk(DocId target) {
    const auto next =
        std::upper_bound(readers_.begin() + static_cast<std::ptrdiff_t>(chunk_) + 1, readers_.end(), target,
                         [](DocId d, const ChunkReader* reader) { return d < reader->first_doc(); });
    const auto chunk = static_cast<size_t>(next - readers_.begin()) - 1;
    if (chunk == chunk_) return true;
    EnterChunk(chunk);
    return EnterBlock(0);
  }

  // Enters the block of this chunk that can hold `target`, or the next chunk; false when there is nothing more to do.
  bool SeekBlock(DocId target) {
    if (block_.docs[block_.size - 1] >= target) return true;
    const size_t block = block_number_ + 1 < reader().block_count() ? FindBlock(target) : reader().block_count();
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
      } else if (chunk_ + 1 < readers_.size()) {
        EnterChunk(chunk_ + 1);
        EnterBlock(0);
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
  const OccurrencesLoader loader_;
  SearchGuard* const guard_;
  std::vector<const ChunkReader*> readers_;  // of the chunks that begin below the limit
  uint64_t document_frequency_ = 0;

  // The place: index_ in block_, which is number block_number_ of readers_[chunk_].
  size_t chunk_ = 0;
  size_t block_number_ = 0;
  mutable PostingBlock block_;
  mutable bool freqs_are_read_ = false;  // those of the block
  size_t index_ = 0;

  OccurrencesRead occurrences_read_ = OccurrencesRead::kNone;
  BlockOccurrences occurrences_;          // of the block
  uint32_t occurrence_ends_[kBlockDocs];  // of each document
  // Those of one document after another, until that has cost as much as all of the block do.
  std::vector<Occurrence> document_occurrences_;
  uint64_t singly_read_ = 0;

  std::shared_ptr<const std::string> piece_bytes_;  // of this chunk's occurrences
  std::optional<size_t> piece_;                     // its number; nullopt when none is loaded
};

}  // namespace

std::unique_ptr<PostingCursor> NewChunkCursor(std::shared_ptr<const std::vector<TermChunk>> chunks, DocId limit,
                                              OccurrencesLoader loader, SearchGuard* guard) {
  auto cursor = std::make_unique<ChunkCursor>(std::move(chunks), limit, std::move(loader), guard);
  cursor->Init();
  return cursor;
}

}  // namespace gisa
