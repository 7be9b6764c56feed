#ifndef GISA_STORAGE_LEVELDB_INDEX_DATABASE_H_
#define GISA_STORAGE_LEVELDB_INDEX_DATABASE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "leveldb/cache.h"
#include "leveldb/db.h"
#include "leveldb/filter_policy.h"
#include "leveldb/write_batch.h"
#include "storage/index/doc_table.h"
#include "storage/leveldb/index_keys.h"
#include "storage/leveldb/index_values.h"
#include "storage/leveldb/posting_cache.h"
#include "storage/leveldb/reopenable_db.h"
#include "storage/leveldb/search_index.h"

namespace gisa {

// The LevelDB database that holds the search index. Thread-safe.
class IndexDatabase {
 public:
  using Snapshot = ReopenableDb::Snapshot;

  // Errors as SearchIndex::Open.
  static absl::StatusOr<std::unique_ptr<IndexDatabase>> Open(const SearchIndex::Options& options);

  // Read what the index keeps in memory.
  absl::StatusOr<IndexState> ReadState() const;
  absl::Status ReadRemoved(absl::FunctionRef<void(DocId)> visit) const;
  absl::Status ReadValues(SegmentId segment, absl::FunctionRef<void(DocId, const DocValues&)> visit) const;

  // The segments of which anything is stored, whether the state names them or not. Ascending.
  absl::StatusOr<std::vector<SegmentId>> ListSegments() const;

  Snapshot TakeSnapshot() const { return db_->TakeSnapshot(); }
  std::unique_ptr<leveldb::Iterator> NewIterator(const Snapshot& snapshot) const;

  // An iterator for reading much once: it leaves the cache to others.
  std::unique_ptr<leveldb::Iterator> NewScan() const;

  // Finds the key's value; nullopt when there is none.
  absl::StatusOr<std::optional<std::string>> Find(const IndexKey& key, const Snapshot& snapshot) const;

  // A term's postings in a segment, null when it has none; one piece of the occurrences beside them. Kept in memory for
  // the next time. INTERNAL DATA_CORRUPTED.
  absl::StatusOr<std::shared_ptr<const PostingChunk>> FindPostings(SegmentId segment, absl::string_view term,
                                                                   const Snapshot& snapshot) const;
  absl::StatusOr<std::shared_ptr<const std::string>> GetOccurrences(SegmentId segment, absl::string_view term,
                                                                    uint32_t piece, const Snapshot& snapshot) const;

  // Writes and syncs. What failed may turn out to have been written; from then on every write fails, until Reopen.
  absl::Status Write(leveldb::WriteBatch* batch);

  // Puts what was written so far into files, apart from what is written next. LevelDB compacts files together whose
  // ranges of keys overlap, and the range of a file that holds a segment and the state is all that lies between. Errors
  // show with the next write.
  void StartNewFile();

  // Whether a write has failed since the files were opened.
  bool HasFailed() const { return db_->HasFailed(); }

  // After a failed write: opens the files anew and writes `first` before anybody else writes. Snapshots stay. When it
  // fails all stays as it was.
  absl::Status Reopen(leveldb::WriteBatch* first);

  // Removes all of a segment that the state does not name, and gives its space back. Not synced: what comes back after
  // a crash is found by ListSegments. Stops early, with CANCELLED, once `should_stop` says so.
  absl::Status RemoveSegment(SegmentId segment, absl::FunctionRef<bool()> should_stop);

  uint64_t DiskBytes() const;

 private:
  explicit IndexDatabase(const SearchIndex::Options& options);

  absl::Status CheckSchema();
  // As Find, but a missing key is INTERNAL DATA_CORRUPTED, for it is referred to.
  absl::StatusOr<std::string> Get(const IndexKey& key, const Snapshot& snapshot) const;
  absl::Status ForEach(const IndexKey& prefix,
                       absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)> visit) const;

  const std::string dir_;
  leveldb::Env* const env_;
  const std::unique_ptr<leveldb::Cache> block_cache_;  // of no size: see PostingCache
  mutable PostingCache posting_cache_;
  const std::unique_ptr<const leveldb::FilterPolicy> filter_policy_;
  std::unique_ptr<ReopenableDb> db_;
};

inline leveldb::Slice ToSlice(absl::string_view text) { return {text.data(), text.size()}; }
inline absl::string_view ToView(const leveldb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_DATABASE_H_
