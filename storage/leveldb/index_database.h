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
#include "leveldb/env.h"
#include "leveldb/write_batch.h"
#include "storage/leveldb/index_keys.h"
#include "storage/leveldb/index_values.h"
#include "storage/leveldb/list_cache.h"
#include "storage/leveldb/posting_cache.h"
#include "storage/leveldb/reopenable_db.h"
#include "storage/leveldb/search_index.h"
#include "storage/leveldb/segment_file.h"
#include "storage/leveldb/segment_writer.h"

namespace gisa {

// The folder of the search index: the files of its segments, and a small LevelDB database that says which they are.
// Thread-safe.
class IndexDatabase {
 public:
  // Errors as SearchIndex::Open.
  static absl::StatusOr<std::unique_ptr<IndexDatabase>> Open(const SearchIndex::Options& options);

  // Removes all of an index that is not open.
  static absl::Status Destroy(const SearchIndex::Options& options);

  // Read what the index keeps in memory.
  absl::StatusOr<IndexState> ReadState() const;
  absl::Status ReadRemoved(absl::FunctionRef<void(DocId)> visit) const;

  // The segments that have a file, whether the state names them or not. Ascending.
  std::vector<SegmentId> ListSegments() const;

  absl::StatusOr<std::unique_ptr<SegmentWriter>> NewSegment(SegmentId segment) const;
  absl::StatusOr<std::shared_ptr<const SegmentFile>> OpenSegment(SegmentId segment) const;
  // Of a segment that the state does not name. Who has its file open can go on reading it.
  absl::Status RemoveSegment(SegmentId segment) const;

  // A term's postings in a segment, null when it has none; the documents of a trigram that the segment's scope
  // contains, null when there are none; one piece of the occurrences beside a term's postings. Kept in memory for the
  // next time. INTERNAL DATA_CORRUPTED.
  absl::StatusOr<std::shared_ptr<const PostingChunk>> FindPostings(const SegmentFile& segment,
                                                                   absl::string_view term) const;
  absl::StatusOr<std::shared_ptr<const PostingChunk>> FindTrigram(const SegmentFile& segment,
                                                                  const Trigram& trigram) const;
  absl::StatusOr<std::shared_ptr<const OwnedPiece>> GetOccurrences(const SegmentFile& segment, absl::string_view term,
                                                                   const ChunkReader& postings, uint32_t piece) const;

  ListCache& list_cache() const { return list_cache_; }
  PostingCache& posting_cache() const { return posting_cache_; }

  // Writes and syncs. What failed may turn out to have been written; from then on every write fails, until Reopen.
  absl::Status Write(leveldb::WriteBatch* batch);

  // Whether a write has failed since the files were opened.
  bool HasFailed() const { return db_->HasFailed(); }

  // After a failed write: opens the files anew and writes `first` before anybody else writes. When it fails all stays
  // as it was.
  absl::Status Reopen(leveldb::WriteBatch* first);

  uint64_t DiskBytes() const;

 private:
  explicit IndexDatabase(const SearchIndex::Options& options);

  absl::Status CheckSchema();
  absl::StatusOr<std::shared_ptr<const PostingChunk>> FindChunk(const SegmentFile& segment, const IndexKey& key) const;
  // Finds the key's value; nullopt when there is none.
  absl::StatusOr<std::optional<std::string>> Find(const IndexKey& key) const;

  const std::string dir_;
  leveldb::Env* const env_;
  mutable PostingCache posting_cache_;
  mutable ListCache list_cache_;
  std::unique_ptr<ReopenableDb> db_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_DATABASE_H_
