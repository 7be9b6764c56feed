#ifndef GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_
#define GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
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

  // What the segments have of a term or trigram.
  absl::StatusOr<PostingList> FindTerm(absl::string_view term) const;
  absl::StatusOr<PostingList> FindTrigram(const Trigram& trigram) const;
  // Appends the chunk of a trigram in a segment, or else that of its rarer bigram.
  absl::Status AppendTrigram(const DiskSegment& segment, const Trigram& trigram, PostingList* list) const;
  // What `find` returns, remembered. Each term and trigram has a name of its own.
  template <typename Find>
  absl::StatusOr<PostingList> Remember(absl::string_view name, Find find) const;
  // Walks the part of a list that is in `range`; null when that is nothing.
  static std::unique_ptr<PostingCursor> NewListCursor(TermChunks chunks, DocRange range, OccurrencesLoader loader,
                                                      SearchGuard* guard);

  // What the memory segments have of a term, looked for once: they have hundreds of runs. FindTrigramInMemory returns
  // what they have of one of the bigrams, of one that was looked for already if there is one.
  using MemoryLists = std::vector<MemorySegment::List>;
  MemoryLists FindInMemory(absl::string_view term) ABSL_LOCKS_EXCLUDED(mutex_);
  MemoryLists FindTrigramInMemory(const Trigram& trigram) ABSL_LOCKS_EXCLUDED(mutex_);

  absl::Span<const DiskSegment> SegmentsIn(DocRange range) const;
  OccurrencesLoader LoaderOf(absl::string_view term) const;

  const IndexDatabase& database_;
  const DiskIndex::View on_disk_;
  const std::vector<std::shared_ptr<const IndexSegment>> in_memory_;
  const Corpus corpus_;

  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, MemoryLists> memory_lists_ ABSL_GUARDED_BY(mutex_);  // by term
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_
