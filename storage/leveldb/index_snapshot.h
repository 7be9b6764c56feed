#ifndef GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_
#define GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
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
  std::shared_ptr<WordNotes> FindNotes(absl::string_view name, const StoredList& list) override;

 private:
  using TermChunks = std::vector<TermChunk>;

  // Find the chunks of the terms that begin with a character, or are of two and end with it, by term and then by
  // document.
  std::map<std::string, TermChunks> FindTermsFrom(absl::string_view prefix, DocRange range, SearchGuard* guard) const;
  std::map<std::string, TermChunks> FindTermsTo(absl::string_view character, DocRange range, SearchGuard* guard) const;

  // What there is of a term, or of a trigram, of which memory has lists of one of the bigrams.
  using MemoryLists = std::vector<MemorySegment::List>;
  struct List {
    PostingList on_disk;
    MemoryLists in_memory;
  };

  // Find it once, for all the parts in which a search is walked. Each term and trigram has a name of its own.
  absl::StatusOr<std::shared_ptr<const List>> FindTerm(absl::string_view term);
  absl::StatusOr<std::shared_ptr<const List>> FindTrigram(const Trigram& trigram);
  std::shared_ptr<const List> FindKnown(absl::string_view name) ABSL_LOCKS_EXCLUDED(mutex_);
  std::shared_ptr<const List> Keep(absl::string_view name, List list) ABSL_LOCKS_EXCLUDED(mutex_);

  // What the segments on disk have, by `find_in`, which appends that of one, unless the cache of lists knows.
  using FindIn = absl::FunctionRef<absl::Status(const DiskSegment& segment, PostingList* list)>;
  absl::StatusOr<PostingList> FindOnDisk(absl::string_view name, FindIn find_in) const;
  // Appends the chunk of a trigram in a segment, or else that of its rarer bigram.
  absl::Status AppendTrigram(const DiskSegment& segment, const Trigram& trigram, PostingList* list) const;
  MemoryLists FindInMemory(absl::string_view term) const;
  // The lists of a bigram that was looked for already, if there is one.
  MemoryLists FindTrigramInMemory(const Trigram& trigram);

  bool IsSearchedForAgain(absl::string_view word) ABSL_LOCKS_EXCLUDED(mutex_);

  // Walks the part of a list that is in `range`.
  static std::unique_ptr<PostingCursor> NewListCursor(const std::shared_ptr<const List>& list, DocRange range,
                                                      OccurrencesLoader loader, SearchGuard* guard);

  absl::Span<const DiskSegment> SegmentsIn(DocRange range) const;
  OccurrencesLoader LoaderOf(absl::string_view term) const;

  const IndexDatabase& database_;
  const DiskIndex::View on_disk_;
  const std::vector<std::shared_ptr<const IndexSegment>> in_memory_;
  const Corpus corpus_;

  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const List>> lists_ ABSL_GUARDED_BY(mutex_);  // by name
  absl::flat_hash_map<std::string, bool> searched_again_ ABSL_GUARDED_BY(mutex_);                // by word
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_SNAPSHOT_H_
