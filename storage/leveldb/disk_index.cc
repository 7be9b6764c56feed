#include "storage/leveldb/disk_index.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/base/thread.h"

namespace gisa {
namespace {

// How long the merger waits after an error. Merges can wait, and what they read may be damaged.
constexpr absl::Duration kMergeRetryInterval = absl::Minutes(1);

std::vector<SegmentId> FindOrphans(const std::vector<SegmentId>& stored, const IndexState& state) {
  std::vector<SegmentId> orphans;
  for (const SegmentId id : stored) {
    const bool named = std::any_of(state.segments.begin(), state.segments.end(),
                                   [id](const SegmentInfo& segment) { return segment.id == id; });
    if (!named) orphans.push_back(id);
  }
  return orphans;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DiskIndex>> DiskIndex::Open(const SearchIndex::Options& options, Corpus* corpus) {
  ASSIGN_OR_RETURN(std::unique_ptr<IndexDatabase> database, IndexDatabase::Open(options));
  ASSIGN_OR_RETURN(IndexState state, database->ReadState());
  ASSIGN_OR_RETURN(const std::vector<SegmentId> stored, database->ListSegments());
  std::vector<DocId> removed;
  RETURN_IF_ERROR(database->ReadRemoved([&removed](DocId doc) { removed.push_back(doc); }));
  corpus->removed.Add(removed);
  corpus->doc_id_limit = state.doc_id_limit;
  for (const SegmentInfo& segment : state.segments) {
    uint32_t documents = 0;
    RETURN_IF_ERROR(database->ReadValues(segment.id, [corpus, &documents](DocId doc, const DocValues& values) {
      ++documents;
      corpus->docs.Add(doc, values);
      if (corpus->removed.Contains(doc)) return;
      ++corpus->document_count;
      corpus->total_length += values.length;
    }));
    if (documents != segment.documents) {
      return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", "a segment of the search index is not complete");
    }
  }
  std::unique_ptr<DiskIndex> index(new DiskIndex(std::move(database), std::move(state), *corpus, stored));
  {
    absl::MutexLock lock(&index->mu_);
    for (const DocId doc : removed) index->CountRemoved(doc);
    index->due_ = index->NextMerge();
  }
  index->merger_ =
      StartThread("gisa-merge", ThreadPriority::kBackground, [index = index.get()] { index->RunMerges(); });
  return index;
}

// A new segment must not get the id of one of which anything is left.
DiskIndex::DiskIndex(std::unique_ptr<IndexDatabase> database, IndexState state, const Corpus& corpus,
                     const std::vector<SegmentId>& stored)
    : database_(std::move(database)),
      leftovers_(FindOrphans(stored, state)),
      state_(std::move(state)),
      next_segment_(stored.empty() ? 1 : stored.back() + 1),
      docs_(corpus.docs),
      removed_(corpus.removed) {}

DiskIndex::~DiskIndex() {
  if (!merger_.joinable()) return;
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
  }
  merger_.join();
}

absl::Status DiskIndex::Add(const IndexSegment& segment, const DocTable& docs) {
  RETURN_IF_ERROR(Revive());
  absl::Status status = TryToAdd(segment, docs);
  // The error may be one that LevelDB's background thread got long ago.
  if (!status.ok() && database_->HasFailed() && Revive().ok()) status = TryToAdd(segment, docs);
  return status;
}

absl::Status DiskIndex::TryToAdd(const IndexSegment& segment, const DocTable& docs) {
  if (!unfinished_.has_value()) {
    absl::MutexLock lock(&mu_);
    unfinished_ = next_segment_++;
  }
  SegmentWriter writer(*database_, *unfinished_);
  RETURN_IF_ERROR(WriteSegment(segment, docs, &writer));
  RETURN_IF_ERROR(writer.SetApart());
  for (const DocId doc : segment.removed) writer.rest().Put(IndexKey::OfRemoved(doc).slice(), leveldb::Slice());
  const auto change = [&segment, &writer](IndexState* state) {
    state->indexed_up_to = segment.indexed_up_to;
    state->doc_id_limit = segment.doc_id_limit;
    if (segment.docs.empty()) return;
    state->segments.push_back(
        {writer.segment(), segment.docs.front(), segment.docs.back(), static_cast<uint32_t>(segment.docs.size())});
  };
  // Nothing to be undone but the state: what is removed stays so.
  RETURN_IF_ERROR(Commit(&writer.rest(), leveldb::WriteBatch(), change, [&] {
    mu_.AssertHeld();
    docs_ = docs;
    removed_.Add(segment.removed);
    for (const DocId doc : segment.removed) CountRemoved(doc);
  }));
  unfinished_.reset();
  if (writer.is_apart()) database_->StartNewFile();  // what comes next is apart from the state, too
  return absl::OkStatus();
}

// Writes the batch with the changed state, makes that the state, and calls `committed` under the lock. A commit that
// fails never was: whatever it may have written will be taken back, with `undo` and the state as it is.
absl::Status DiskIndex::Commit(leveldb::WriteBatch* batch, const leveldb::WriteBatch& undo,
                               absl::FunctionRef<void(IndexState*)> change, absl::FunctionRef<void()> committed) {
  absl::MutexLock commit_lock(&commit_mu_);
  IndexState changed = state();
  change(&changed);
  batch->Put(IndexKey::OfState().slice(), EncodeIndexState(changed));
  absl::Status written = database_->Write(batch);
  if (!written.ok()) {
    undo_.Append(undo);
    return written;
  }
  absl::MutexLock lock(&mu_);
  state_ = std::move(changed);
  committed();
  due_ = NextMerge();
  return absl::OkStatus();
}

// Ends the failure of the database, if there is one and its cause is gone.
absl::Status DiskIndex::Revive() {
  absl::MutexLock commit_lock(&commit_mu_);
  if (!database_->HasFailed()) return absl::OkStatus();
  leveldb::WriteBatch first = undo_;
  first.Put(IndexKey::OfState().slice(), EncodeIndexState(state()));
  RETURN_IF_ERROR(database_->Reopen(&first));
  undo_.Clear();
  return absl::OkStatus();
}

void DiskIndex::CountRemoved(DocId doc) {
  const auto after = std::upper_bound(state_.segments.begin(), state_.segments.end(), doc,
                                      [](DocId d, const SegmentInfo& segment) { return d < segment.first_doc; });
  if (after != state_.segments.begin() && doc <= std::prev(after)->last_doc) ++removed_in_[std::prev(after)->id];
}

std::optional<MergeRange> DiskIndex::NextMerge() const {
  std::vector<MergeCandidate> candidates;
  for (const SegmentInfo& segment : state_.segments) {
    const auto removed = removed_in_.find(segment.id);
    candidates.push_back({segment, removed == removed_in_.end() ? 0 : removed->second});
  }
  return PickMerge(candidates);
}

DiskIndex::View DiskIndex::TakeView() const {
  absl::MutexLock lock(&mu_);
  return {state_, database_->TakeSnapshot()};
}

IndexState DiskIndex::state() const {
  absl::MutexLock lock(&mu_);
  return state_;
}

absl::Status DiskIndex::WaitForMerges() const {
  absl::MutexLock lock(&mu_);
  mu_.Await(absl::Condition(this, &DiskIndex::MergerIsDone));
  return merge_status_;
}

// The merger's thread.
void DiskIndex::RunMerges() {
  absl::Status status = RemoveLeftovers();
  while (true) {
    Merge merge;
    {
      absl::MutexLock lock(&mu_);
      is_merging_ = false;
      merge_status_ = status;
      if (!status.ok()) mu_.AwaitWithTimeout(absl::Condition(this, &DiskIndex::IsStopping), kMergeRetryInterval);
      mu_.Await(absl::Condition(this, &DiskIndex::MergerHasWork));
      if (IsStopping()) return;
      is_merging_ = true;
      for (size_t i = 0; i < due_->count; ++i) merge.inputs.push_back(state_.segments[due_->begin + i]);
      merge.output = next_segment_++;
      merge.docs = docs_;
      merge.removed = removed_;
    }
    status = MergeOnce(merge);
    // What a failed merge wrote would pile up from try to try.
    if (!status.ok()) leftovers_.push_back(merge.output);
    status.Update(RemoveLeftovers());
  }
}

absl::Status DiskIndex::MergeOnce(const Merge& merge) {
  RETURN_IF_ERROR(Revive());
  SegmentWriter writer(*database_, merge.output);
  const auto should_stop = [this] { return IsStopping(); };
  ASSIGN_OR_RETURN(const MergedSegment merged,
                   MergeSegments(*database_, merge.inputs, merge.docs, merge.removed, should_stop, &writer));
  RETURN_IF_ERROR(writer.SetApart());
  leveldb::WriteBatch undo;
  for (const DocId doc : merged.dropped) {
    const IndexKey key = IndexKey::OfRemoved(doc);
    writer.rest().Delete(key.slice());
    undo.Put(key.slice(), leveldb::Slice());
  }
  // Others only append to the segments meanwhile, so the inputs still stand together.
  const auto change = [&merge, &merged](IndexState* state) {
    auto begin = std::find_if(state->segments.begin(), state->segments.end(),
                              [&merge](const SegmentInfo& segment) { return segment.id == merge.inputs.front().id; });
    begin = state->segments.erase(begin, begin + static_cast<std::ptrdiff_t>(merge.inputs.size()));
    if (merged.info.documents > 0) state->segments.insert(begin, merged.info);
  };
  RETURN_IF_ERROR(Commit(&writer.rest(), undo, change, [&] {
    mu_.AssertHeld();
    uint32_t removed = 0;
    for (const SegmentInfo& input : merge.inputs) {
      removed += removed_in_[input.id];
      removed_in_.erase(input.id);
    }
    // Some may have been removed since the merge began.
    removed_in_[merged.info.id] = removed - std::min(removed, static_cast<uint32_t>(merged.dropped.size()));
  }));
  if (writer.is_apart()) database_->StartNewFile();
  for (const SegmentInfo& input : merge.inputs) leftovers_.push_back(input.id);
  return absl::OkStatus();
}

absl::Status DiskIndex::RemoveLeftovers() {
  if (leftovers_.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(Revive());
  while (!leftovers_.empty()) {
    RETURN_IF_ERROR(database_->RemoveSegment(leftovers_.back(), [this] { return IsStopping(); }));
    leftovers_.pop_back();
  }
  return absl::OkStatus();
}

}  // namespace gisa
