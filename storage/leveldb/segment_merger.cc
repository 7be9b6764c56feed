#include "storage/leveldb/segment_merger.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/frequent_bigrams.h"
#include "storage/index/trigram.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/merge_inputs.h"
#include "storage/leveldb/slice.h"
#include "storage/leveldb/trigram_merger.h"
#include "storage/leveldb/trigram_writer.h"

namespace gisa {
namespace {

// Reads a segment's terms in order.
class SegmentReader {
 public:
  SegmentReader(const SegmentFile& file, bool has_removed)
      : file_(file),
        has_removed_(has_removed),
        id_(file.id()),
        space_(IndexKey::AllPostingsOf(id_)),
        scan_(file.NewIterator()) {
    scan_->Seek(space_.slice());
    ReadTerm();
  }

  const TrigramScope& trigram_scope() const { return file_.trigram_scope(); }

  // Whether some of the documents were removed.
  bool has_removed() const { return has_removed_; }

  // The current term; nullopt at the end.
  const std::optional<std::string>& term() const { return term_; }
  absl::string_view postings() const { return postings_; }

  // The current term's piece with this number, which is the one after the last that was asked for, from 0; valid until
  // the next call.
  absl::StatusOr<absl::string_view> ReadPiece(uint32_t piece) {
    LeavePiece();
    if (!scan_->Valid() || ToView(scan_->key()) != IndexKey::OfOccurrences(id_, *term_, piece).bytes()) {
      RETURN_IF_ERROR(status());
      return DataCorruptedError("a segment lacks occurrences");
    }
    is_on_piece_ = true;
    return ToView(scan_->value());
  }

  // Goes to the term after the current one, of which all pieces must have been read.
  void NextTerm() {
    LeavePiece();
    ReadTerm();
  }

  absl::Status status() const { return FromLevelDb(scan_->status(), "read postings"); }

 private:
  void LeavePiece() {
    if (is_on_piece_) scan_->Next();
    is_on_piece_ = false;
  }

  // Takes over the term that the scan stands on, and moves the scan to what is behind its chunk.
  void ReadTerm() {
    term_.reset();
    if (!scan_->Valid() || !absl::StartsWith(ToView(scan_->key()), space_.bytes())) return;
    const std::optional<absl::string_view> term = TermOfPostingsKey(ToView(scan_->key()));
    if (!term.has_value()) return;
    term_ = std::string(*term);
    postings_ = scan_->value().ToString();
    scan_->Next();
  }

  const SegmentFile& file_;
  const bool has_removed_;
  const SegmentId id_;
  const IndexKey space_;
  const std::unique_ptr<leveldb::Iterator> scan_;
  std::optional<std::string> term_;
  std::string postings_;
  bool is_on_piece_ = false;
};

class Merger {
 public:
  Merger(const DocTable& table, const DocBitmap& removed, SegmentWriter* writer)
      : table_(table), removed_(removed), writer_(*writer), builder_(&table) {}

  // Merges all terms. Keeps in how many documents those bigrams are that are frequent in every input that has them.
  absl::Status MergeTerms(std::deque<SegmentReader>* inputs, absl::FunctionRef<bool()> should_stop) {
    std::vector<SegmentReader*> having;  // the term at hand
    while (true) {
      if (should_stop()) return absl::CancelledError("the merge was given up");
      FindLeast(inputs, &SegmentReader::term, &having);
      if (having.empty()) break;
      if (having.size() == 1 && !having.front()->has_removed()) {
        RETURN_IF_ERROR(CopyTerm(having.front()));
      } else {
        RETURN_IF_ERROR(MergeTerm(having));
      }
      for (SegmentReader* const input : having) input->NextTerm();
    }
    for (const SegmentReader& input : *inputs) RETURN_IF_ERROR(input.status());
    return absl::OkStatus();
  }

  std::vector<BigramFrequency> TakeBigrams() { return std::move(bigrams_); }

 private:
  absl::Status CopyTerm(SegmentReader* input) {
    const std::string& term = *input->term();
    ASSIGN_OR_RETURN(const ChunkReader chunk, ChunkReader::Open(input->postings()));
    NoteBigram({input}, chunk.size());
    RETURN_IF_ERROR(writer_.AddPostings(term, input->postings()));
    for (size_t block = 0; block < chunk.block_count() && !chunk.inlined(); block += kPieceBlocks) {
      const auto piece = static_cast<uint32_t>(block / kPieceBlocks);
      ASSIGN_OR_RETURN(const absl::string_view bytes, input->ReadPiece(piece));
      RETURN_IF_ERROR(writer_.AddPiece(term, piece, bytes));
    }
    return absl::OkStatus();
  }

  absl::Status MergeTerm(const std::vector<SegmentReader*>& having) {
    last_doc_ = kNoDoc;
    for (SegmentReader* const input : having) RETURN_IF_ERROR(AddPostings(input));
    if (builder_.empty()) return absl::OkStatus();
    NoteBigram(having, builder_.size());
    builder_.Finish(&chunk_);
    return writer_.AddChunk(*having.front()->term(), chunk_);
  }

  void NoteBigram(const std::vector<SegmentReader*>& having, uint32_t documents) {
    const std::optional<TermCode> code = CodeOfTerm(*having.front()->term());
    if (!code.has_value() || !IsBigram(*code)) return;
    const auto is_frequent = [code](const SegmentReader* input) { return input->trigram_scope().HasBigram(*code); };
    if (std::all_of(having.begin(), having.end(), is_frequent)) bigrams_.push_back({*code, documents});
  }

  absl::Status AddPostings(SegmentReader* input) {
    ASSIGN_OR_RETURN(const ChunkReader chunk, ChunkReader::Open(input->postings()));
    OccurrencePiece piece;
    for (size_t block = 0; block < chunk.block_count(); ++block) {
      if (!chunk.inlined() && block % kPieceBlocks == 0) {
        const size_t number = block / kPieceBlocks;
        ASSIGN_OR_RETURN(const absl::string_view bytes, input->ReadPiece(static_cast<uint32_t>(number)));
        ASSIGN_OR_RETURN(piece, OccurrencePiece::Open(bytes, chunk.piece_block_count(number)));
      }
      RETURN_IF_ERROR(chunk.ReadBlock(block, &block_));
      RETURN_IF_ERROR(ChunkReader::ReadFreqs(&block_));
      RETURN_IF_ERROR(chunk.OpenOccurrences(block, block_, piece, &occurrences_));
      RETURN_IF_ERROR(ChunkReader::ReadOccurrences(&occurrences_));
      if (input->has_removed()) LeaveOutRemoved();
      RETURN_IF_ERROR(AddBlock());
    }
    return absl::OkStatus();
  }

  // Takes documents that were removed out of the block.
  void LeaveOutRemoved() {
    size_t kept = 0;
    size_t kept_occurrences = 0;
    size_t next = 0;  // occurrence
    for (size_t i = 0; i < block_.size; ++i) {
      const size_t end = next + block_.freqs[i];
      if (removed_.Contains(block_.docs[i])) {
        next = end;
        continue;
      }
      block_.docs[kept] = block_.docs[i];
      block_.freqs[kept] = block_.freqs[i];
      ++kept;
      for (; next < end; ++next) occurrences_.values[kept_occurrences++] = occurrences_.values[next];
    }
    block_.size = kept;
    occurrences_.values.resize(kept_occurrences);
  }

  absl::Status AddBlock() {
    const auto docs = absl::MakeConstSpan(block_.docs, block_.size);
    if (docs.empty()) return absl::OkStatus();
    // The checksums say that all is well, so this is a chunk of another segment, or out of order.
    const bool are_known = std::all_of(docs.begin(), docs.end(), [this](DocId doc) { return table_.Contains(doc); });
    if (docs.front() <= last_doc_ || !are_known) {
      return DataCorruptedError("a segment has postings of no document of it");
    }
    last_doc_ = docs.back();
    builder_.AddAll(docs, absl::MakeConstSpan(block_.freqs, block_.size), occurrences_.values);
    return absl::OkStatus();
  }

  const DocTable& table_;
  const DocBitmap& removed_;
  SegmentWriter& writer_;
  ChunkBuilder builder_;
  EncodedChunk chunk_;
  std::vector<BigramFrequency> bigrams_;
  PostingBlock block_;
  BlockOccurrences occurrences_;
  DocId last_doc_ = kNoDoc;  // of the term at hand
};

}  // namespace

absl::StatusOr<MergedSegment> MergeSegments(absl::Span<const std::shared_ptr<const SegmentFile>> inputs,
                                            const DocTable& table, const DocBitmap& removed,
                                            absl::FunctionRef<bool()> should_stop, SegmentWriter* writer) {
  MergedSegment merged;
  std::vector<DocId> kept;
  std::deque<SegmentReader> readers;
  for (const std::shared_ptr<const SegmentFile>& input : inputs) {
    const size_t dropped_before = merged.dropped.size();
    RETURN_IF_ERROR(input->ReadValues(
        [&](DocId doc, const DocValues&) { (removed.Contains(doc) ? merged.dropped : kept).push_back(doc); }));
    readers.emplace_back(*input, merged.dropped.size() > dropped_before);
  }
  Merger merger(table, removed, writer);
  RETURN_IF_ERROR(merger.MergeTerms(&readers, should_stop));
  const auto documents = static_cast<uint32_t>(kept.size());
  TrigramWriter trigrams(ChooseFrequentBigrams(merger.TakeBigrams(), documents), documents, writer);
  RETURN_IF_ERROR(MergeTrigrams(inputs, removed, should_stop, &trigrams));
  ASSIGN_OR_RETURN(merged.file, writer->Finish(kept, table));
  merged.info.id = merged.file->id();
  merged.info.documents = documents;
  if (!kept.empty()) {
    merged.info.first_doc = kept.front();
    merged.info.last_doc = kept.back();
  }
  return merged;
}

}  // namespace gisa
