#include "storage/leveldb/disk_index.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/base/thread.h"

namespace gisa {
namespace {

// How long the merger waits after an error. Merges can wait, and what they read may be damaged.
constexpr absl::Duration kMergeRetryInterval = absl::Minutes(1);

// Removes the files of segments that the state does not name: what a crash left. One that cannot be removed stays until
// the next start.
void RemoveOrphans(const IndexDatabase& database, const IndexState& state) {
  for (const SegmentId id : database.ListSegments()) {
    const bool named = std::any_of(state.segments.begin(), state.segments.end(),
                                   [id](const SegmentInfo& segment) { return segment.id == id; });
    if (!named) database.RemoveSegment(id).IgnoreError();
  }
}

std::string EncodeState(const DiskIndex::View& view) {
  IndexState state;
  state.indexed_up_to = view.indexed_up_to;
  state.doc_id_limit = view.doc_id_limit;
  for (const DiskSegment& segment : view.segments) state.segments.push_back(segment.info);
  return EncodeIndexState(state);
}

}  // namespace

absl::StatusOr<std::unique_ptr<DiskIndex>> DiskIndex::Open(const SearchIndex::Options& options, Corpus* corpus) {
  ASSIGN_OR_RETURN(std::unique_ptr<IndexDatabase> database, IndexDatabase::Open(options));
  ASSIGN_OR_RETURN(const IndexState state, database->ReadState());
  RemoveOrphans(*database, state);
  std::vector<DocId> removed;
  RETURN_IF_ERROR(database->ReadRemoved([&removed](DocId doc) { removed.push_back(doc); }));
  corpus->removed.Add(removed);
  corpus->doc_id_limit = state.doc_id_limit;
  View view;
  view.indexed_up_to = state.indexed_up_to;
  view.doc_id_limit = state.doc_id_limit;
  // A new segment must not get the id of one of which anything is left.
  const std::vector<SegmentId> stored = database->ListSegments();
  const SegmentId next_segment = stored.empty() ? 1 : stored.back() + 1;
  for (const SegmentInfo& segment : state.segments) {
    ASSIGN_OR_RETURN(std::shared_ptr<const SegmentFile> file, database->OpenSegment(segment.id));
    uint32_t documents = 0;
    RETURN_IF_ERROR(file->ReadValues([corpus, &documents](DocId doc, const DocValues& values) {
      ++documents;
      corpus->docs.Add(doc, values);
      if (corpus->removed.Contains(doc)) return;
      ++corpus->document_count;
      corpus->total_length += values.length;
    }));
    if (documents != segment.documents) {
      return DataCorruptedError("a segment of the search index is not complete");
    }
    view.segments.push_back({segment, std::move(file)});
  }
  std::unique_ptr<DiskIndex> index(new DiskIndex(std::move(database), std::move(view), *corpus, next_segment));
  {
    absl::MutexLock lock(&index->mu_);
    for (const DocId doc : removed) index->CountRemoved(doc);
    index->due_ = index->NextMerge();
  }
  index->merger_ =
      StartThread("gisa-merge", ThreadPriority::kBackground, [index = index.get()] { index->RunMerges(); });
  return index;
}

DiskIndex::DiskIndex(std::unique_ptr<IndexDatabase> database, View view, const Corpus& corpus, SegmentId next_segment)
    : database_(std::move(database)),
      view_(std::move(view)),
      next_segment_(next_segment),
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
  if (unfinished_ == nullptr && !segment.docs.empty()) {
    ASSIGN_OR_RETURN(const std::unique_ptr<SegmentWriter> writer, database_->NewSegment(NextSegment()));
    ASSIGN_OR_RETURN(unfinished_, WriteSegment(segment, docs, writer.get()));
  }
  leveldb::WriteBatch batch;
  for (const DocId doc : segment.removed) batch.Put(IndexKey::OfRemoved(doc).slice(), leveldb::Slice());
  const auto change = [this, &segment](View* view) {
    view->indexed_up_to = segment.indexed_up_to;
    view->doc_id_limit = segment.doc_id_limit;
    if (segment.docs.empty()) return;
    view->segments.push_back(
        {{unfinished_->id(), segment.docs.front(), segment.docs.back(), static_cast<uint32_t>(segment.docs.size())},
         unfinished_});
  };
  // Nothing to be undone but the state: what is removed stays so.
  RETURN_IF_ERROR(Commit(&batch, leveldb::WriteBatch(), change, [&] {
    mu_.AssertHeld();
    docs_ = docs;
    removed_.Add(segment.removed);
    for (const DocId doc : segment.removed) CountRemoved(doc);
  }));
  unfinished_.reset();
  return absl::OkStatus();
}

SegmentId DiskIndex::NextSegment() {
  absl::MutexLock lock(&mu_);
  return next_segment_++;
}

// Writes the batch with the changed state, makes that the state, and calls `committed` under the lock. A commit that
// fails never was: whatever it may have written will be taken back, with `undo` and the state as it is.
absl::Status DiskIndex::Commit(leveldb::WriteBatch* batch, const leveldb::WriteBatch& undo,
                               absl::FunctionRef<void(View*)> change, absl::FunctionRef<void()> committed) {
  absl::MutexLock commit_lock(&commit_mu_);
  View changed = TakeView();
  change(&changed);
  ++changed.changes;
  batch->Put(IndexKey::OfState().slice(), EncodeState(changed));
  absl::Status written = database_->Write(batch);
  if (!written.ok()) {
    undo_.Append(undo);
    return written;
  }
  absl::MutexLock lock(&mu_);
  view_ = std::move(changed);
  committed();
  due_ = NextMerge();
  return absl::OkStatus();
}

// Ends the failure of the database, if there is one and its cause is gone.
absl::Status DiskIndex::Revive() {
  absl::MutexLock commit_lock(&commit_mu_);
  if (!database_->HasFailed()) return absl::OkStatus();
  leveldb::WriteBatch first = undo_;
  first.Put(IndexKey::OfState().slice(), EncodeState(TakeView()));
  RETURN_IF_ERROR(database_->Reopen(&first));
  undo_.Clear();
  return absl::OkStatus();
}

void DiskIndex::CountRemoved(DocId doc) {
  const auto after = std::upper_bound(view_.segments.begin(), view_.segments.end(), doc,
                                      [](DocId d, const DiskSegment& segment) { return d < segment.info.first_doc; });
  if (after == view_.segments.begin()) return;
  const SegmentInfo& info = std::prev(after)->info;
  if (doc <= info.last_doc) ++removed_in_[info.id];
}

std::optional<MergeRange> DiskIndex::NextMerge() const {
  std::vector<MergeCandidate> candidates;
  for (const DiskSegment& segment : view_.segments) {
    const auto removed = removed_in_.find(segment.info.id);
    candidates.push_back({segment.info, removed == removed_in_.end() ? 0 : removed->second});
  }
  return PickMerge(candidates);
}

DiskIndex::View DiskIndex::TakeView() const {
  absl::MutexLock lock(&mu_);
  return view_;
}

absl::Status DiskIndex::WaitForMerges() const {
  absl::MutexLock lock(&mu_);
  mu_.Await(absl::Condition(this, &DiskIndex::MergerIsDone));
  return merge_status_;
}

// The merger's thread.
void DiskIndex::RunMerges() {
  absl::Status status;
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
      for (size_t i = 0; i < due_->count; ++i) merge.inputs.push_back(view_.segments[due_->begin + i]);
      merge.output = next_segment_++;
      merge.docs = docs_;
      merge.removed = removed_;
    }
    status = MergeOnce(merge);
    status.Update(RemoveLeftovers());
  }
}

absl::Status DiskIndex::MergeOnce(const Merge& merge) {
  ASSIGN_OR_RETURN(const std::unique_ptr<SegmentWriter> writer, database_->NewSegment(merge.output));
  const auto should_stop = [this] { return IsStopping(); };
  std::vector<std::shared_ptr<const SegmentFile>> inputs;
  inputs.reserve(merge.inputs.size());
  for (const DiskSegment& input : merge.inputs) inputs.push_back(input.file);
  ASSIGN_OR_RETURN(const MergedSegment merged,
                   MergeSegments(inputs, merge.docs, merge.removed, should_stop, writer.get()));
  // A file that is not used in the end would pile up from try to try.
  leftovers_.push_back(merge.output);
  RETURN_IF_ERROR(Revive());
  leveldb::WriteBatch batch;
  leveldb::WriteBatch undo;
  for (const DocId doc : merged.dropped) {
    const IndexKey key = IndexKey::OfRemoved(doc);
    batch.Delete(key.slice());
    undo.Put(key.slice(), leveldb::Slice());
  }
  // Others only append to the segments meanwhile, so the inputs still stand together.
  const auto change = [&merge, &merged](View* view) {
    auto begin = std::find_if(view->segments.begin(), view->segments.end(), [&merge](const DiskSegment& segment) {
      return segment.info.id == merge.inputs.front().info.id;
    });
    begin = view->segments.erase(begin, begin + static_cast<std::ptrdiff_t>(merge.inputs.size()));
    if (merged.info.documents > 0) view->segments.insert(begin, {merged.info, merged.file});
  };
  RETURN_IF_ERROR(Commit(&batch, undo, change, [&] {
    mu_.AssertHeld();
    uint32_t removed = 0;
    for (const DiskSegment& input : merge.inputs) {
      removed += removed_in_[input.info.id];
      removed_in_.erase(input.info.id);
    }
    // Some may have been removed since the merge began.
    removed_in_[merged.info.id] = removed - std::min(removed, static_cast<uint32_t>(merged.dropped.size()));
  }));
  if (merged.info.documents > 0) leftovers_.pop_back();
  for (const DiskSegment& input : merge.inputs) leftovers_.push_back(input.info.id);
  return absl::OkStatus();
}

// Once the state that does not name them is on disk.
absl::Status DiskIndex::RemoveLeftovers() {
  if (leftovers_.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(Revive());
  while (!leftovers_.empty()) {
    RETURN_IF_ERROR(database_->RemoveSegment(leftovers_.back()));
    leftovers_.pop_back();
  }
  return absl::OkStatus();
}

}  // namespace gisa
