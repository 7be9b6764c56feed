#ifndef GISA_STORAGE_LEVELDB_SEARCH_INDEX_H_
#define GISA_STORAGE_LEVELDB_SEARCH_INDEX_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "leveldb/env.h"
#include "storage/index/document.h"
#include "storage/index/index_page.h"
#include "storage/index/searcher.h"
#include "storage/search.h"

namespace gisa {

// One commit's effect on what is searchable.
struct IndexChange {
  uint64_t sequence = 0;                 // increases from change to change
  std::optional<IndexedDocument> added;  // with a doc id above all before it
  DocId removed = kNoDoc;                // ceases to be searchable
};

struct IndexStats {
  uint64_t documents = 0;
  uint64_t unflushed_documents = 0;
  uint64_t indexed_up_to = 0;
  uint64_t segments = 0;  // on disk
  uint64_t disk_bytes = 0;
};

// The search index: segments on disk in files of their own, recent documents in memory. It is derived data: whatever
// is after indexed_up_to() at Open must be applied again by the owner. Segments are written and merged by threads of
// its own; neither Apply nor Search waits for them, but for Apply when writes fall behind.
//
// Thread-safe, but Apply must be called by one thread at a time, in the order of sequence.
class SearchIndex {
 public:
  struct Options {
    std::string dir;
    leveldb::Env* env = leveldb::Env::Default();
    size_t posting_cache_bytes = 256 << 20;
    // The newest documents are written when they are so many, or take so much memory. While they are being written, as
    // much again may come.
    uint32_t documents_per_flush = 16384;
    size_t segment_bytes_per_flush = 128 << 20;
    // So many threads search at a time to answer one query: that which asks, and others while they are idle. With more
    // than eight the parts get small, and a container may have the time of fewer processors than it sees.
    int search_threads = static_cast<int>(std::min(std::thread::hardware_concurrency(), 8u));
    uint64_t min_shared_cost = kMinSharedCost;
    // How long the writer waits after an error before it tries again by itself.
    absl::Duration retry_interval = absl::Seconds(5);
  };

  // Opens or creates the index. UNAVAILABLE STORAGE_LOCKED, INTERNAL DATA_CORRUPTED and FAILED_PRECONDITION
  // SCHEMA_TOO_OLD (the index may be thrown away and rebuilt), FAILED_PRECONDITION SCHEMA_TOO_NEW, PERMISSION_DENIED
  // STORAGE_NO_PERMISSION.
  static absl::StatusOr<std::unique_ptr<SearchIndex>> Open(const Options& options);
  ~SearchIndex();

  // Removes all of an index that is not open.
  static absl::Status Destroy(const Options& options);

  // The sequence up to which the files are complete.
  uint64_t indexed_up_to() const;

  // Makes changes visible to every Search that begins after it returns. Never waits for a flush unless two are behind.
  void Apply(const std::vector<IndexChange>& changes);

  // Whether more documents may be applied. While the files cannot be written, documents pile up in memory: the error of
  // the background writer when they are too many.
  absl::Status CheckRoom() const;

  // Finds one page. INVALID_ARGUMENT INVALID_REQUEST when the query has no searchable word.
  absl::StatusOr<IndexPage> Search(const SearchQuery& query, const SearchControl& control) const;

  // Writes everything applied so far to the files. Returns the error of the background writer, if there is one.
  absl::Status Flush();

  // Waits until the segments on disk are merged as far as they should be. Returns the error of the last merge.
  absl::Status WaitForMerges() const;

  IndexStats Stats() const;

 private:
  class Impl;
  explicit SearchIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_SEARCH_INDEX_H_
