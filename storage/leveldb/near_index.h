#ifndef GISA_STORAGE_LEVELDB_NEAR_INDEX_H_
#define GISA_STORAGE_LEVELDB_NEAR_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/dedup/candidate_set.h"
#include "storage/dedup/sketch.h"
#include "storage/dedup/sketch_table.h"
#include "storage/leveldb/near_database.h"

namespace gisa {

// One change of the archive, to the near-duplicate index.
struct NearChange {
  uint64_t sequence = 0;  // increases from change to change
  // Of the body that the change brought, empty when there is none or it is too short. It is the sketch of document
  // `sequence`.
  Sketch sketch;
};

// Finds the documents whose sketches have a hash in common with another: recent ones in memory, the others in a LevelDB
// of its own. It is derived data: whatever is after indexed_up_to() at Open must be applied again by the owner.
// Documents are never removed: who reads the candidates finds out that one is no longer current, and passes over it.
//
// Thread-safe, but Apply must be called by one thread at a time, in the order of sequence.
class NearIndex {
 public:
  struct Options {
    NearDatabase::Options database;
    // The newest documents are written when they are so many, or have so many hashes. As many again may come meanwhile.
    size_t documents_per_flush = 16384;
    size_t hashes_per_flush = 1 << 20;
    // How long the writer waits after an error before it tries again by itself.
    absl::Duration retry_interval = absl::Seconds(5);
  };

  // Errors as NearDatabase::Open.
  static absl::StatusOr<std::unique_ptr<NearIndex>> Open(const Options& options);
  ~NearIndex();

  // The sequence up to which the files are complete.
  uint64_t indexed_up_to() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Makes changes visible to every Find that begins after it returns. Waits for the writer only when as much again as
  // it writes has come meanwhile.
  void Apply(const std::vector<NearChange>& changes) ABSL_LOCKS_EXCLUDED(mutex_);

  // Whether more may be applied. While the files cannot be written, sketches pile up in memory: the error of the writer
  // when they are too many.
  absl::Status CheckRoom() const ABSL_LOCKS_EXCLUDED(mutex_);

  struct Query {
    const Sketch* kept = nullptr;   // that would be kept of the text
    const Sketch* asked = nullptr;  // that to look up; it may be the same
    uint64_t before = UINT64_MAX;   // only documents before this one
    double min_similarity = 0;      // how alike, or how much of one in the other
    // Of each hash so many documents are looked at, newer ones rather than older ones; at most kMaxDocsOfHash.
    uint32_t max_docs_of_hash = kMaxDocsOfHash;
  };
  struct Found {
    std::vector<Candidate> candidates;  // most promising first
    bool is_complete = true;            // no hash was asked for that more documents have than were looked at
  };
  // Finds documents that are worth an exact comparison.
  Found Find(const Query& query) const ABSL_LOCKS_EXCLUDED(mutex_);

  // Takes those documents out of `docs`, which are in order, that cannot be so alike to the text of `sample`, nor one
  // of the two contain as much of the other: see SampleSieve.
  void Sift(absl::Span<const uint32_t> sample, double min_similarity, std::vector<uint32_t>* docs) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  // The sequence up to which changes have been applied.
  uint64_t applied_up_to() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Calls `visit` with the hashes of the bands of all documents up to `up_to`, bucket by bucket: in each, in order, 21
  // bits of the hash over 32 of the document.
  void ReadBands(uint64_t up_to, absl::FunctionRef<void(absl::Span<const uint64_t> hashes)> visit) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Writes everything applied so far to the files. Returns the error of the writer, if there is one.
  absl::Status Flush() ABSL_LOCKS_EXCLUDED(mutex_);

  uint64_t DiskBytes() const { return database_->DiskBytes(); }

 private:
  // The documents of one range, all of whose changes have been applied.
  struct Part {
    explicit Part(uint64_t first) : table(static_cast<uint32_t>(first)), up_to(first - 1) {}
    SketchTable table;
    uint64_t up_to;  // sequence
  };

  NearIndex(const Options& options, std::unique_ptr<NearDatabase> database)
      : options_(options), database_(std::move(database)) {}

  absl::Status ReadDatabase() ABSL_LOCKS_EXCLUDED(mutex_);

  // Documents from here on are looked up in memory, for what is being written may be on disk already.
  uint64_t InMemoryFrom() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return frozen_ != nullptr ? frozen_->table.first_doc() : active_->table.first_doc();
  }

  bool IsFull() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  bool CanApply() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  void Freeze() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  void RunWriter() ABSL_LOCKS_EXCLUDED(mutex_);
  bool WriterHasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || frozen_ != nullptr; }
  bool ShouldNotWait() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || retry_now_; }

  const Options options_;
  const std::unique_ptr<NearDatabase> database_;

  mutable absl::Mutex mutex_;
  std::unique_ptr<Part> active_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const Part> frozen_ ABSL_GUARDED_BY(mutex_);  // being written; null when nothing is
  uint64_t written_up_to_ ABSL_GUARDED_BY(mutex_) = 0;          // sequence
  absl::Status write_status_ ABSL_GUARDED_BY(mutex_);           // of the last attempt
  uint64_t attempts_started_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t attempts_failed_ ABSL_GUARDED_BY(mutex_) = 0;  // the number of the last that failed
  bool retry_now_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  std::thread writer_;  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_INDEX_H_
