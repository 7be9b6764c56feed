#ifndef GISA_STORAGE_LEVELDB_COMMITTER_H_
#define GISA_STORAGE_LEVELDB_COMMITTER_H_

#include <cstddef>
#include <deque>
#include <thread>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/event_sink.h"
#include "storage/leveldb/free_space_watch.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/search_index.h"
#include "storage/leveldb/transaction.h"

namespace gisa {

// The only writer of the database. Group commit: one thread takes all mutations that wait, runs them one after the
// other on one transaction, writes it as one synced batch, makes it searchable, and only then answers.
//
// Thread-safe.
class Committer {
 public:
  struct Options {
    bool sync = true;
    // Mutations beyond this are refused.
    size_t max_queued_bytes = 64 << 20;
    // One commit takes no more than this, so that its answers do not wait for ever.
    size_t max_commit_bytes = 8 << 20;
    // A commit has costs of its own, as much as some articles. So when one took several mutations, and more are on
    // their way, the next waits until there are enough; but not for long, and not when one of them may not wait.
    struct Gathering {
      size_t after = 8;    // mutations that the last commit took, at least
      size_t enough = 64;  // mutations
      absl::Duration at_most = absl::Milliseconds(1);
    } gathering;
    // After a failed write the database is opened anew for the first mutation that comes when this has passed: the
    // least at first, doubled with each failure up to the most.
    absl::Duration min_retry_interval = absl::Milliseconds(100);
    absl::Duration max_retry_interval = absl::Seconds(5);
    FreeSpaceWatch::Options space;
    EventSink on_event;
  };

  struct Mutation {
    // What it holds in memory while it waits.
    size_t bytes = 0;
    // Whether it makes the archive smaller, and so is not refused for want of space.
    bool frees_space = false;
    // Whether its caller has more to submit meanwhile and rather has them committed together.
    bool may_wait = false;
    // Stages its writes; runs on the committer's thread.
    absl::AnyInvocable<absl::Status(Transaction&)> apply;
    // Called exactly once, when the writes are durable and searchable or have failed: on the committer's thread, or on
    // the caller's for a mutation that Submit refuses. Must not block.
    absl::AnyInvocable<void(absl::Status)> done;
  };

  // `database` and the indexes must outlive this. `state` is what the database holds.
  Committer(RecordDatabase& database, SearchIndex& index, NearIndex& near_index, storage::v1::StateRecord state,
            const Options& options);
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Queues a mutation; those of one thread are committed in order. Refuses it with RESOURCE_EXHAUSTED
  // INGEST_QUEUE_FULL, or UNAVAILABLE SERVER_DRAINING after Stop. A failed write is UNAVAILABLE STORAGE_WRITE_FAILED or
  // RESOURCE_EXHAUSTED DISK_FULL, and may turn out to have been made. So is everything after it, and made is none of
  // that, until the database could be opened anew: LevelDB's log may end in a torn record, behind which nothing may be
  // acknowledged. What would write nothing is answered all the while. DISK_FULL is also the answer to what does not
  // free space while there is less of it than the watch wants.
  void Submit(Mutation mutation);

  // Commits what is queued and refuses the rest. Idempotent.
  void Stop();

  // The state as of the last commit.
  storage::v1::StateRecord state() const;

 private:
  using Batch = std::vector<Mutation>;

  void Run();
  Batch TakeBatch();
  void Commit(Batch batch);
  absl::Status CheckRoom();
  absl::Status Write(Transaction& transaction);
  void NoteFailure(const absl::Status& cause);
  void TryToRecover();
  absl::Status Recover();
  void Tell(const StorageEvent& event) const;
  // Whether the next commit need not wait for more.
  bool IsGathered() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || urgent_ > 0 || queue_.size() >= options_.gathering.enough ||
           queued_bytes_ >= options_.max_commit_bytes;
  }
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || !queue_.empty(); }

  RecordDatabase& database_;
  SearchIndex& index_;
  NearIndex& near_index_;
  const Options options_;

  mutable absl::Mutex mutex_;
  std::deque<Mutation> queue_ ABSL_GUARDED_BY(mutex_);
  size_t queued_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t urgent_ ABSL_GUARDED_BY(mutex_) = 0;  // in the queue: those that may not wait
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  storage::v1::StateRecord state_ ABSL_GUARDED_BY(mutex_);

  // The committer thread's own.
  size_t last_batch_ = 0;  // mutations
  FreeSpaceWatch space_;
  absl::Status write_error_;  // of the last failed write or recovery; OK when writes may go on
  absl::Duration retry_interval_;
  absl::Time next_retry_;

  absl::once_flag joined_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_COMMITTER_H_
