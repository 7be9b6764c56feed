#include "storage/index/term_intersection.h"

#include <algorithm>

#include "absl/types/span.h"

namespace gisa {

DocId TermIntersection::Seek(DocId target) {
  if (cursors_.size() == 1) return cursors_.front()->Seek(target);
  if (AllStandOn(target)) return target;
  while (true) {
    const DocId candidate = NextCandidate(target);
    target = candidate;
    for (size_t i = 0; i < cursors_.size() && target == candidate; ++i) target = cursors_[i]->Seek(candidate);
    if (target == candidate || target == kEndDoc) return target;
  }
}

bool TermIntersection::AllStandOn(DocId doc) const {
  return std::all_of(cursors_.begin(), cursors_.end(),
                     [doc](const PostingCursor* cursor) { return cursor->doc() == doc; });
}

DocId TermIntersection::NextCandidate(DocId target) {
  while (next_ < count_ && candidates_[next_] < target) ++next_;
  if (next_ < count_) return candidates_[next_];
  batch_size_ = target <= batch_end_ ? std::min(2 * batch_size_, kMaxBatch) : kMinBatch;
  PostingCursor* const rarest = cursors_.front();
  for (target = std::max(target, batch_end_); rarest->Seek(target) != kEndDoc; target = batch_end_) {
    absl::Span<DocId> batch = absl::MakeSpan(candidates_).first(batch_size_);
    batch = batch.first(rarest->Peek(batch));
    batch_end_ = batch.back() + 1;
    for (size_t i = 1; i < cursors_.size() && !batch.empty(); ++i) batch = batch.first(cursors_[i]->Sift(batch));
    next_ = 0;
    count_ = batch.size();
    if (count_ > 0) return candidates_.front();
    batch_size_ = std::min(2 * batch_size_, kMaxBatch);
  }
  return kEndDoc;
}

}  // namespace gisa
