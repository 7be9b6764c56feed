#include "storage/leveldb/trigram_merger.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/frequent_bigrams.h"
#include "storage/index/posting_chunk.h"
#include "storage/leveldb/index_keys.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/merge_inputs.h"
#include "storage/leveldb/slice.h"

namespace gisa {
namespace {

// Reads the lists of a segment in the order of their trigrams.
class TrigramReader {
 public:
  explicit TrigramReader(const SegmentFile& file)
      : space_(IndexKey::AllTrigramsOf(file.id())), scan_(file.NewIterator()) {
    scan_->Seek(space_.slice());
    ReadTrigram();
  }

  // The trigram at hand; nullopt at the end.
  const std::optional<Trigram>& trigram() const { return trigram_; }
  // Its documents; valid until Next.
  absl::StatusOr<ChunkReader> Open() const { return ChunkReader::Open(ToView(scan_->value())); }

  void Next() {
    scan_->Next();
    ReadTrigram();
  }

  absl::Status status() const {
    RETURN_IF_ERROR(FromLevelDb(scan_->status(), "read trigrams"));
    return is_corrupted_ ? DataCorruptedError("the key of a trigram does not parse") : absl::OkStatus();
  }

 private:
  void ReadTrigram() {
    trigram_.reset();
    if (!scan_->Valid() || !absl::StartsWith(ToView(scan_->key()), space_.bytes())) return;
    trigram_ = ParseTrigram(TextOfTrigramKey(ToView(scan_->key())));
    is_corrupted_ = !trigram_.has_value();
  }

  const IndexKey space_;
  const std::unique_ptr<leveldb::Iterator> scan_;
  std::optional<Trigram> trigram_;
  bool is_corrupted_ = false;
};

class Merger {
 public:
  Merger(const DocBitmap& removed, TrigramWriter* writer) : removed_(removed), writer_(*writer) {}

  void AddExceptions(const TrigramScope& scope) {
    for (const Trigram& trigram : scope.exceptions()) {
      if (FindBigrams(trigram).are_frequent()) exceptions_.push_back(trigram);
    }
  }

  absl::Status Merge(std::deque<TrigramReader>* inputs, absl::FunctionRef<bool()> should_stop) {
    std::sort(exceptions_.begin(), exceptions_.end());
    for (const Trigram& trigram : exceptions_) writer_.AddException(trigram);
    while (true) {
      if (should_stop()) return absl::CancelledError("the merge was given up");
      FindLeast(inputs, &TrigramReader::trigram, &having_);
      if (having_.empty()) break;
      const Trigram trigram = *having_.front()->trigram();
      const Bigrams bigrams = FindBigrams(trigram);
      if (bigrams.are_frequent() && !std::binary_search(exceptions_.begin(), exceptions_.end(), trigram)) {
        RETURN_IF_ERROR(MergeLists(bigrams));
      }
      for (TrigramReader* const input : having_) input->Next();
    }
    for (const TrigramReader& input : *inputs) RETURN_IF_ERROR(input.status());
    return absl::OkStatus();
  }

 private:
  // Those of a trigram, each null when it is not frequent.
  struct Bigrams {
    const BigramFrequency* first = nullptr;
    const BigramFrequency* second = nullptr;

    bool are_frequent() const { return first != nullptr && second != nullptr; }
  };

  Bigrams FindBigrams(const Trigram& trigram) const {
    return {FindBigram(writer_.bigrams(), trigram.first), FindBigram(writer_.bigrams(), trigram.second)};
  }

  // Merges the lists that having_ have of the trigram of two frequent bigrams.
  absl::Status MergeLists(const Bigrams& bigrams) {
    std::vector<ChunkReader> chunks;
    uint64_t documents = 0;
    for (const TrigramReader* const input : having_) {
      ASSIGN_OR_RETURN(ChunkReader chunk, input->Open());
      documents += chunk.size();
      chunks.push_back(std::move(chunk));
    }
    if (!writer_.Begin(*bigrams.first, *bigrams.second, documents)) return absl::OkStatus();
    DocId last_doc = kNoDoc;
    for (const ChunkReader& chunk : chunks) {
      for (size_t block = 0; block < chunk.block_count(); ++block) {
        RETURN_IF_ERROR(chunk.ReadBlock(block, &block_));
        RETURN_IF_ERROR(ChunkReader::ReadFreqs(&block_));
        for (size_t i = 0; i < block_.size; ++i) {
          const DocId doc = block_.docs[i];
          if (doc <= last_doc) return DataCorruptedError("the documents of a trigram are out of order");
          last_doc = doc;
          if (!removed_.Contains(doc)) writer_.Add(doc, block_.freqs[i]);
        }
      }
    }
    return writer_.End();
  }

  const DocBitmap& removed_;
  TrigramWriter& writer_;
  std::vector<Trigram> exceptions_;
  std::vector<TrigramReader*> having_;  // the trigram at hand
  PostingBlock block_;
};

}  // namespace

absl::Status MergeTrigrams(absl::Span<const std::shared_ptr<const SegmentFile>> inputs, const DocBitmap& removed,
                           absl::FunctionRef<bool()> should_stop, TrigramWriter* writer) {
  Merger merger(removed, writer);
  std::deque<TrigramReader> readers;
  for (const std::shared_ptr<const SegmentFile>& input : inputs) {
    merger.AddExceptions(input->trigram_scope());
    readers.emplace_back(*input);
  }
  RETURN_IF_ERROR(merger.Merge(&readers, should_stop));
  return writer->Finish();
}

}  // namespace gisa
