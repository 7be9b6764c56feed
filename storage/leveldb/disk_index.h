#ifndef GISA_STORAGE_LEVELDB_DISK_INDEX_H_
#define GISA_STORAGE_LEVELDB_DISK_INDEX_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/index/index_view.h"
#include "storage/leveldb/index_database.h"
#include "storage/leveldb/index_segment.h"
#include "storage/leveldb/merge_policy.h"
#include "storage/leveldb/segment_merger.h"

namespace gisa {

struct DiskSegment {
  SegmentInfo info;
  std::shared_ptr<const SegmentFile> file;
};

// The part of the index that is on disk: segments, to which others are added, and which a thread of its own merges.
//
// Thread-safe, but Add must be called by one thread at a time.
class DiskIndex {
 public:
  // The segments of one moment. They can be read while the view lives, whatever is merged meanwhile.
  struct View {
    uint64_t indexed_up_to = 0;         // sequence
    uint64_t changes = 1;               // of the segments, since they were opened
    DocId doc_id_limit = 1;             // above every document on disk
    std::vector<DiskSegment> segments;  // by document
  };

  // Errors as SearchIndex::Open. Fills in *corpus, new, with what is on disk.
  static absl::StatusOr<std::unique_ptr<DiskIndex>> Open(const SearchIndex::Options& options, Corpus* corpus);
  ~DiskIndex();

  // Writes a segment, whose documents follow all that were added before, and its removals. `docs` has the values of all
  // documents up to its last. When it fails nothing has changed; the next call must be with the same segment.
  absl::Status Add(const IndexSegment& segment, const DocTable& docs);

  View TakeView() const;
  const IndexDatabase& database() const { return *database_; }

  // Returns when no merge is due or running, or with the error of the last one.
  absl::Status WaitForMerges() const;

 private:
  // What a merge works on.
  struct Merge {
    std::vector<DiskSegment> inputs;
    SegmentId output = 0;
    DocTable docs;
    DocBitmap removed;
  };

  DiskIndex(std::unique_ptr<IndexDatabase> database, View view, const Corpus& corpus, SegmentId next_segment);

  absl::Status TryToAdd(const IndexSegment& segment, const DocTable& docs) ABSL_LOCKS_EXCLUDED(commit_mu_, mu_);
  absl::Status Commit(leveldb::WriteBatch* batch, const leveldb::WriteBatch& undo,
                      absl::FunctionRef<void(View*)> change, absl::FunctionRef<void()> committed)
      ABSL_LOCKS_EXCLUDED(commit_mu_, mu_);
  absl::Status Revive() ABSL_LOCKS_EXCLUDED(commit_mu_, mu_);
  void CountRemoved(DocId doc) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  SegmentId NextSegment() ABSL_LOCKS_EXCLUDED(mu_);
  std::optional<MergeRange> NextMerge() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  void RunMerges() ABSL_LOCKS_EXCLUDED(mu_);
  absl::Status MergeOnce(const Merge& merge) ABSL_LOCKS_EXCLUDED(commit_mu_, mu_);
  absl::Status RemoveLeftovers() ABSL_LOCKS_EXCLUDED(commit_mu_, mu_);
  bool IsStopping() const { return stopping_.load(std::memory_order_relaxed); }
  bool MergerHasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return IsStopping() || due_.has_value(); }
  bool MergerIsDone() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return !merge_status_.ok() || (!is_merging_ && !due_.has_value());
  }

  const std::unique_ptr<IndexDatabase> database_;
  std::vector<SegmentId> leftovers_;               // the merger's: files that the state does not name
  std::shared_ptr<const SegmentFile> unfinished_;  // of an Add that failed after it was written

  absl::Mutex commit_mu_ ABSL_ACQUIRED_BEFORE(mu_);       // held while the state is read, changed and written
  leveldb::WriteBatch undo_ ABSL_GUARDED_BY(commit_mu_);  // takes back what failed commits may have written
  mutable absl::Mutex mu_;
  View view_ ABSL_GUARDED_BY(mu_);
  SegmentId next_segment_ ABSL_GUARDED_BY(mu_);
  DocTable docs_ ABSL_GUARDED_BY(mu_);
  DocBitmap removed_ ABSL_GUARDED_BY(mu_);                                    // as is on disk, those dropped as well
  absl::flat_hash_map<SegmentId, uint32_t> removed_in_ ABSL_GUARDED_BY(mu_);  // not dropped yet
  std::optional<MergeRange> due_ ABSL_GUARDED_BY(mu_);
  bool is_merging_ ABSL_GUARDED_BY(mu_) = true;
  absl::Status merge_status_ ABSL_GUARDED_BY(mu_);

  std::atomic<bool> stopping_ = false;  // changed under mu_
  std::thread merger_;                  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_DISK_INDEX_H_
