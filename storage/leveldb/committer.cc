#include "storage/leveldb/committer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/base/thread.h"
#include "storage/leveldb/archive_state.h"
#include "storage/leveldb/index_recovery.h"
#include "storage/leveldb/near_recovery.h"

namespace gisa {
namespace {

constexpr absl::Duration kQueueFullRetryDelay = absl::Milliseconds(100);

// What a client is told of a write that LevelDB refused.
absl::Status WriteError(const absl::Status& cause) {
  if (ErrorReason(cause) == "DISK_FULL") return cause;
  return MakeError(absl::StatusCode::kUnavailable, "STORAGE_WRITE_FAILED",
                   absl::StrCat("the archive cannot be written to: ", cause.message()));
}

}  // namespace

Committer::Committer(RecordDatabase& database, SearchIndex& index, NearIndex& near_index,
                     storage::v1::StateRecord state, const Options& options)
    : database_(database),
      index_(index),
      near_index_(near_index),
      options_(options),
      state_(std::move(state)),
      space_(options.space),
      thread_(StartThread("gisa-commit", ThreadPriority::kWrite, [this] { Run(); })) {}

Committer::~Committer() { Stop(); }

void Committer::Submit(Mutation mutation) {
  absl::Status refused;
  {
    absl::MutexLock lock(&mutex_);
    if (stopping_) {
      refused = MakeError(absl::StatusCode::kUnavailable, "SERVER_DRAINING", "the archive is shutting down");
    } else if (!queue_.empty() && queued_bytes_ + mutation.bytes > options_.max_queued_bytes) {
      refused = WithRetryDelay(
          MakeError(absl::StatusCode::kResourceExhausted, "INGEST_QUEUE_FULL",
                    absl::StrCat(queued_bytes_, " bytes wait to be committed; at most ", options_.max_queued_bytes)),
          kQueueFullRetryDelay);
    } else {
      queued_bytes_ += mutation.bytes;
      urgent_ += mutation.may_wait ? 0 : 1;
      queue_.push_back(std::move(mutation));
      return;
    }
  }
  mutation.done(refused);
}

void Committer::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  absl::call_once(joined_, [this] { thread_.join(); });
}

storage::v1::StateRecord Committer::state() const {
  absl::MutexLock lock(&mutex_);
  return state_;
}

void Committer::Run() {
  while (true) {
    Batch batch = TakeBatch();
    if (batch.empty()) return;  // stopping, and all is committed
    Commit(std::move(batch));
  }
}

Committer::Batch Committer::TakeBatch() {
  absl::MutexLock lock(&mutex_, absl::Condition(this, &Committer::HasWork));
  if (last_batch_ >= options_.gathering.after) {
    mutex_.AwaitWithTimeout(absl::Condition(this, &Committer::IsGathered), options_.gathering.at_most);
  }
  Batch batch;
  size_t bytes = 0;
  while (!queue_.empty() && (batch.empty() || bytes + queue_.front().bytes <= options_.max_commit_bytes)) {
    bytes += queue_.front().bytes;
    urgent_ -= queue_.front().may_wait ? 0 : 1;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_bytes_ -= bytes;
  last_batch_ = batch.size();
  return batch;
}

void Committer::Commit(Batch batch) {
  if (!write_error_.ok() && absl::Now() >= next_retry_) TryToRecover();
  absl::Status room = CheckRoom();

  Transaction transaction(database_, state());
  std::vector<absl::Status> statuses;
  statuses.reserve(batch.size());
  for (Mutation& mutation : batch) {
    statuses.push_back(transaction.Run([&mutation, &room](Transaction& staged) {
      absl::Status status = mutation.apply(staged);
      if (status.ok() && !mutation.frees_space && !staged.mutation_is_empty()) return room;
      return status;
    }));
  }

  if (!transaction.empty()) {
    const absl::Status written = Write(transaction);
    // Also those that failed: what they saw may have been staged by others.
    if (!written.ok()) statuses.assign(batch.size(), written);
  }
  for (size_t i = 0; i < batch.size(); ++i) batch[i].done(std::move(statuses[i]));
}

// Whether there is space on the disk, and in memory for what the indexes cannot write, for more articles.
absl::Status Committer::CheckRoom() {
  RETURN_IF_ERROR(space_.Check());
  absl::Status room = index_.CheckRoom();
  room.Update(near_index_.CheckRoom());
  return room.ok() ? room : WithRetryDelay(WriteError(room), options_.max_retry_interval);
}

absl::Status Committer::Write(Transaction& transaction) {
  if (write_error_.ok()) {
    leveldb::WriteBatch writes = transaction.MakeBatch();
    absl::Status written = database_.Write(&writes, options_.sync);
    if (written.ok()) {
      {
        absl::MutexLock lock(&mutex_);
        state_ = transaction.state();
      }
      near_index_.Apply(transaction.TakeNearChanges());
      index_.Apply(transaction.TakeIndexChanges());
      return written;
    }
    retry_interval_ = options_.min_retry_interval;
    NoteFailure(written);
    Tell({true, "writes fail", std::string(written.message())});
  }
  return WithRetryDelay(write_error_, std::max(next_retry_ - absl::Now(), absl::ZeroDuration()));
}

void Committer::NoteFailure(const absl::Status& cause) {
  write_error_ = WriteError(cause);
  next_retry_ = absl::Now() + retry_interval_;
  retry_interval_ = std::min(2 * retry_interval_, options_.max_retry_interval);
}

void Committer::TryToRecover() {
  const absl::Status recovered = Recover();
  if (recovered.ok()) {
    write_error_ = recovered;
    Tell({false, "writes go on", ""});
  } else {
    NoteFailure(recovered);
  }
}

// Opens the database anew. What the failed write was to change is there now, or is not.
absl::Status Committer::Recover() {
  RETURN_IF_ERROR(database_.Reopen());
  ASSIGN_OR_RETURN(storage::v1::StateRecord found, ReadState(database_));
  const uint64_t next_sequence = state().next_sequence();
  if (found.next_sequence() < next_sequence) {
    return DataCorruptedError(absl::StrCat("changes ", found.next_sequence(), " to ", next_sequence - 1,
                                           " were acknowledged and are not in the database"));
  }
  RETURN_IF_ERROR(ApplyChangesFrom(next_sequence, database_, near_index_));
  RETURN_IF_ERROR(ApplyChangesFrom(next_sequence, database_, index_));
  absl::MutexLock lock(&mutex_);
  state_ = std::move(found);
  return absl::OkStatus();
}

void Committer::Tell(const StorageEvent& event) const {
  if (options_.on_event) options_.on_event(event);
}

}  // namespace gisa
