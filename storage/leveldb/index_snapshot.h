#ifndef GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_
#define GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "storage/index/chunk_cursor.h"
#include "storage/index/index_view.h"
#include "storage/leveldb/disk_index.h"

namespace gisa {

// The index as one search sees it: segments on disk and, after them, in memory.
class IndexSnapshot : public IndexView {
 public:
  // `in_memory` are in the order of their documents, none of which is on disk.
  IndexSnapshot(const IndexDatabase& database, DiskIndex::View on_disk,
                std::vector<std::shared_ptr<const IndexSegment>> in_memory, Corpus corpus);

  const Corpus& corpus() const override { return corpus_; }
  std::unique_ptr<PostingCursor> OpenTerm(absl::string_view term, DocRange range, SearchGuard* guard) override;
  std::unique_ptr<PostingCursor> OpenCharacter(absl::string_view character, DocRange range,
                                               SearchGuard* guard) override;
  TrigramPostings OpenTrigram(const Trigram& trigram, DocRange range, SearchGuard* guard) override;
  std::unique_ptr<PostingCursor> OpenWordPrefix(absl::string_view prefix, DocRange range, SearchGuard* guard) override;

 private:
  using TermChunks = std::vector<TermChunk>;

  // Find the chunks of the terms that begin with a character, or are of two and end with it, by term and then by
  // document.
  std::map<std::string, TermChunks> FindTermsFrom(absl::string_view prefix, DocRange range, SearchGuard* guard) const;
  std::map<std::string, TermChunks> FindTermsTo(absl::string_view character, DocRange range, SearchGuard* guard) const;

  // The chunk of a trigram in a segment, and whether it is its own; else that of the rarer bigram. Null for no
  // document.
  struct TrigramChunk {
    std::shared_ptr<const PostingChunk> chunk;
    bool is_sure = true;
  };
  absl::StatusOr<TrigramChunk> FindTrigram(const DiskSegment& segment, const Trigram& trigram) const;

  absl::Span<const DiskSegment> SegmentsIn(DocRange range) const;
  OccurrencesLoader LoaderOf(absl::string_view term) const;

  const IndexDatabase& database_;
  const DiskIndex::View on_disk_;
  const std::vector<std::shared_ptr<const IndexSegment>> in_memory_;
  const Corpus corpus_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_
