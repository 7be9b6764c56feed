#include "storage/leveldb/search_index.h"

#include <cstddef>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "storage/base/status_macros.h"
#include "storage/base/thread.h"
#include "storage/index/analyzed_document.h"
#include "storage/index/searcher.h"
#include "storage/leveldb/disk_index.h"
#include "storage/leveldb/index_segment.h"
#include "storage/leveldb/index_snapshot.h"

namespace gisa {
namespace {

// How many segments' worth may pile up in the active segment while none can be written.
constexpr size_t kMaxUnwrittenSegments = 2;

}  // namespace

// Changes go into the active segment. When that is full it is frozen; the writer's thread puts it on disk while the
// next one fills, and then lets it go. For a moment it is in both places: a search that sees it on disk passes over the
// one in memory.
class SearchIndex::Impl {
 public:
  Impl(const Options& options, std::unique_ptr<DiskIndex> disk, Corpus corpus)
      : documents_per_flush_(options.documents_per_flush),
        segment_bytes_per_flush_(options.segment_bytes_per_flush),
        retry_interval_(options.retry_interval),
        min_shared_cost_(options.min_shared_cost),
        disk_(std::move(disk)),
        helpers_(options.search_threads),
        corpus_(std::move(corpus)),
        written_up_to_(disk_->TakeView().indexed_up_to) {
    absl::MutexLock lock(&mu_);
    NewActive();
    writer_ = StartThread("gisa-segments", ThreadPriority::kBackground, [this] { WriteSegments(); });
  }

  ~Impl() {
    {
      absl::MutexLock lock(&mu_);
      stopping_ = true;
    }
    writer_.join();
  }

  uint64_t indexed_up_to() const ABSL_LOCKS_EXCLUDED(mu_) {
    absl::MutexLock lock(&mu_);
    return written_up_to_;
  }

  void Apply(const std::vector<IndexChange>& changes) ABSL_LOCKS_EXCLUDED(apply_mu_, mu_) {
    absl::MutexLock apply_lock(&apply_mu_);
    std::shared_ptr<IndexSegment> active;
    uint64_t applied_up_to = 0;
    {
      absl::MutexLock lock(&mu_);
      mu_.Await(absl::Condition(this, &Impl::CanApply));
      if (ActiveIsFull() && frozen_ == nullptr) Freeze();
      active = active_;
      applied_up_to = active->indexed_up_to;
    }
    // Searches do not look at these documents before the limit is raised, below.
    std::vector<MemorySegment::Addition> additions;
    for (const IndexChange& change : changes) {
      if (change.sequence > applied_up_to && change.added.has_value()) {
        additions.push_back({change.added->doc_id, change.added->terms.get()});
      }
    }
    if (!additions.empty()) active->postings.Add(additions);
    absl::MutexLock lock(&mu_);
    std::vector<DocId> removed;
    for (const IndexChange& change : changes) {
      if (change.sequence > applied_up_to) Record(change, &removed);
    }
    corpus_.removed.Add(removed);
    active_->removed.insert(active_->removed.end(), removed.begin(), removed.end());
    if (ActiveIsFull() && frozen_ == nullptr) Freeze();
  }

  absl::Status CheckRoom() const ABSL_LOCKS_EXCLUDED(mu_) {
    absl::MutexLock lock(&mu_);
    const bool has_room = active_->docs.size() < kMaxUnwrittenSegments * documents_per_flush_ &&
                          active_->postings.memory_bytes() < kMaxUnwrittenSegments * segment_bytes_per_flush_;
    return has_room ? absl::OkStatus() : write_status_;
  }

  absl::StatusOr<IndexPage> Search(const SearchQuery& query, const SearchControl& control) const
      ABSL_LOCKS_EXCLUDED(mu_) {
    const std::unique_ptr<IndexSnapshot> snapshot = TakeSnapshot();
    return FindPage(snapshot.get(), query, control, &helpers_, min_shared_cost_);
  }

  absl::Status Flush() ABSL_LOCKS_EXCLUDED(apply_mu_, mu_) {
    uint64_t target = 0;
    {
      absl::MutexLock lock(&mu_);
      target = active_->indexed_up_to;
    }
    while (true) {
      FreezeUpTo(target);
      absl::MutexLock lock(&mu_);
      if (written_up_to_ >= target) return absl::OkStatus();
      // A try that began before this call may have failed for a reason that is gone, so wait for the end of a new one.
      retry_now_ = true;
      const uint64_t awaited = attempts_started_ + 1;
      const auto done = [this, awaited, target]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
        return frozen_ == nullptr || written_up_to_ >= target || attempts_failed_ >= awaited;
      };
      mu_.Await(absl::Condition(&done));
      if (frozen_ != nullptr && written_up_to_ < target) return write_status_;
    }
  }

  absl::Status WaitForMerges() const { return disk_->WaitForMerges(); }

  IndexStats Stats() const ABSL_LOCKS_EXCLUDED(mu_) {
    IndexStats stats;
    stats.disk_bytes = disk_->database().DiskBytes();
    stats.segments = disk_->TakeView().segments.size();
    absl::MutexLock lock(&mu_);
    stats.documents = corpus_.document_count;
    stats.unflushed_documents = SearchableDocuments(*active_);
    if (frozen_ != nullptr) stats.unflushed_documents += SearchableDocuments(*frozen_);
    stats.indexed_up_to = written_up_to_;
    return stats;
  }

 private:
  // How many of the segment's documents were not removed again.
  uint64_t SearchableDocuments(const IndexSegment& segment) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    uint64_t count = 0;
    for (const DocId doc : segment.docs) count += corpus_.removed.Contains(doc) ? 0 : 1;
    return count;
  }

  bool ActiveIsFull() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return active_->docs.size() >= documents_per_flush_ || active_->postings.memory_bytes() >= segment_bytes_per_flush_;
  }

  // While writes fail, changes pile up in memory rather than stop everything; CheckRoom says how far.
  bool CanApply() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return frozen_ == nullptr || !ActiveIsFull() || !write_status_.ok();
  }

  void NewActive() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    const uint64_t indexed_up_to = active_ == nullptr ? written_up_to_ : active_->indexed_up_to;
    active_ = std::make_shared<IndexSegment>();
    active_->indexed_up_to = indexed_up_to;
    active_->doc_id_limit = corpus_.doc_id_limit;
  }

  // Only under apply_mu_: a segment that Apply is adding to must not be frozen.
  void Freeze() ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mu_, mu_) {
    frozen_ = active_;
    NewActive();
  }

  // Freezes the active segment if it takes that to get to `target`, and the writer is free.
  void FreezeUpTo(uint64_t target) ABSL_LOCKS_EXCLUDED(apply_mu_, mu_) {
    absl::MutexLock apply_lock(&apply_mu_);
    absl::MutexLock lock(&mu_);
    if (frozen_ == nullptr && written_up_to_ < target) Freeze();
  }

  // Makes the change part of what new searches see.
  void Record(const IndexChange& change, std::vector<DocId>* removed) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    if (change.added.has_value()) {
      const IndexedDocument& added = *change.added;
      DocValues values = added.fields.values();
      values.length = added.terms->length;
      values.title_length = added.terms->title_length;
      corpus_.docs.Add(added.doc_id, values);
      corpus_.doc_id_limit = added.doc_id + 1;
      ++corpus_.document_count;
      corpus_.total_length += values.length;
      active_->docs.push_back(added.doc_id);
    }
    if (change.removed != kNoDoc && corpus_.docs.Contains(change.removed) &&
        !corpus_.removed.Contains(change.removed)) {
      --corpus_.document_count;
      corpus_.total_length -= corpus_.docs.length(change.removed);
      removed->push_back(change.removed);
    }
    active_->indexed_up_to = change.sequence;
    active_->doc_id_limit = corpus_.doc_id_limit;
  }

  // The view of the disk is taken last, so it has whatever is no longer in memory.
  std::unique_ptr<IndexSnapshot> TakeSnapshot() const ABSL_LOCKS_EXCLUDED(mu_) {
    Corpus corpus;
    std::vector<std::pair<DocId, std::shared_ptr<const IndexSegment>>> in_memory;  // with its first document
    {
      absl::MutexLock lock(&mu_);
      corpus = corpus_;
      for (const std::shared_ptr<const IndexSegment>& segment :
           {frozen_, std::shared_ptr<const IndexSegment>(active_)}) {
        if (segment != nullptr && !segment->docs.empty()) in_memory.emplace_back(segment->docs.front(), segment);
      }
    }
    DiskIndex::View on_disk = disk_->TakeView();
    std::vector<std::shared_ptr<const IndexSegment>> only_in_memory;
    for (auto& [first_doc, segment] : in_memory) {
      if (first_doc >= on_disk.doc_id_limit) only_in_memory.push_back(std::move(segment));
    }
    return std::make_unique<IndexSnapshot>(disk_->database(), std::move(on_disk), std::move(only_in_memory),
                                           std::move(corpus));
  }

  // The writer's thread.
  void WriteSegments() ABSL_LOCKS_EXCLUDED(mu_) {
    while (true) {
      std::shared_ptr<const IndexSegment> segment;
      DocTable docs;
      {
        absl::MutexLock lock(&mu_);
        mu_.Await(absl::Condition(this, &Impl::WriterHasWork));
        if (stopping_) return;
        segment = frozen_;
        docs = corpus_.docs;
        retry_now_ = false;
        ++attempts_started_;
      }
      const absl::Status status = disk_->Add(*segment, docs);
      absl::MutexLock lock(&mu_);
      write_status_ = status;
      if (status.ok()) {
        written_up_to_ = segment->indexed_up_to;
        frozen_ = nullptr;
      } else {
        attempts_failed_ = attempts_started_;
        mu_.AwaitWithTimeout(absl::Condition(this, &Impl::ShouldNotWait), retry_interval_);
      }
    }
  }

  bool WriterHasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return stopping_ || frozen_ != nullptr; }
  bool ShouldNotWait() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return stopping_ || retry_now_; }

  const uint32_t documents_per_flush_;
  const size_t segment_bytes_per_flush_;
  const absl::Duration retry_interval_;
  const uint64_t min_shared_cost_;
  const std::unique_ptr<DiskIndex> disk_;
  mutable SearchHelpers helpers_;
  std::thread writer_;

  absl::Mutex apply_mu_ ABSL_ACQUIRED_BEFORE(mu_);  // held by whoever adds to the active segment or freezes it
  mutable absl::Mutex mu_;
  Corpus corpus_ ABSL_GUARDED_BY(mu_);
  uint64_t written_up_to_ ABSL_GUARDED_BY(mu_);  // sequence
  std::shared_ptr<IndexSegment> active_ ABSL_GUARDED_BY(mu_);
  std::shared_ptr<const IndexSegment> frozen_ ABSL_GUARDED_BY(mu_);  // being written; null when nothing is
  absl::Status write_status_ ABSL_GUARDED_BY(mu_);                   // of the last attempt
  uint64_t attempts_started_ ABSL_GUARDED_BY(mu_) = 0;
  uint64_t attempts_failed_ ABSL_GUARDED_BY(mu_) = 0;  // the number of the last that failed
  bool retry_now_ ABSL_GUARDED_BY(mu_) = false;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
};

absl::StatusOr<std::unique_ptr<SearchIndex>> SearchIndex::Open(const Options& options) {
  Corpus corpus;
  ASSIGN_OR_RETURN(std::unique_ptr<DiskIndex> disk, DiskIndex::Open(options, &corpus));
  return std::unique_ptr<SearchIndex>(
      new SearchIndex(std::make_unique<Impl>(options, std::move(disk), std::move(corpus))));
}

absl::Status SearchIndex::Destroy(const Options& options) { return IndexDatabase::Destroy(options); }

SearchIndex::SearchIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SearchIndex::~SearchIndex() = default;

uint64_t SearchIndex::indexed_up_to() const { return impl_->indexed_up_to(); }
void SearchIndex::Apply(const std::vector<IndexChange>& changes) { impl_->Apply(changes); }
absl::Status SearchIndex::CheckRoom() const { return impl_->CheckRoom(); }
absl::StatusOr<IndexPage> SearchIndex::Search(const SearchQuery& query, const SearchControl& control) const {
  return impl_->Search(query, control);
}
absl::Status SearchIndex::Flush() { return impl_->Flush(); }
absl::Status SearchIndex::WaitForMerges() const { return impl_->WaitForMerges(); }
IndexStats SearchIndex::Stats() const { return impl_->Stats(); }

}  // namespace gisa
