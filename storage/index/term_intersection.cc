#include "storage/index/term_intersection.h"

#include <algorithm>

#include "absl/numeric/bits.h"
#include "absl/types/span.h"

namespace gisa {

DocId TermIntersection::Seek(DocId target) {
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
  while (true) {
    while (next_ < count_ && candidates_[next_] < target) ++next_;
    if (next_ < count_) return candidates_[next_];
    next_ = 0;
    count_ = TakeBits(target);
    if (count_ == 0) {
      batch_size_ = target <= ahead_end_ ? std::min(2 * batch_size_, kMaxBatch) : kMinBatch;
      target = cursors_.front()->Seek(std::max(target, ahead_end_));
      if (target == kEndDoc) return kEndDoc;
      count_ = LookAhead(target);
    }
    count_ = sift_(absl::MakeSpan(candidates_).first(count_));
  }
}

size_t TermIntersection::LookAhead(DocId target) {
  if (LookAtBits(target)) return TakeBits(target);
  absl::Span<DocId> batch = absl::MakeSpan(candidates_).first(batch_size_);
  batch = batch.first(cursors_.front()->Peek(batch));
  ahead_end_ = batch.back() + 1;
  for (size_t i = 1; i < cursors_.size() && !batch.empty(); ++i) batch = batch.first(cursors_[i]->Sift(batch));
  return batch.size();
}

bool TermIntersection::LookAtBits(DocId target) {
  const DocId begin = target / kWordBits * kWordBits;
  DocId end = cursors_.front()->bits_end();
  if (end < begin + kWordBits) return false;
  for (const PostingCursor* const cursor : cursors_) {
    if (cursor->bits_end() >= begin + kWordBits) end = std::min(end, cursor->bits_end());
  }
  word_count_ = std::min<size_t>(batch_size_ * kMaxWords / kMaxBatch, (end - begin) / kWordBits);
  next_word_ = 0;
  bits_begin_ = begin;
  const absl::Span<uint64_t> bits = absl::MakeSpan(bits_).first(word_count_);
  std::fill(bits.begin(), bits.end(), ~uint64_t{0});
  bits.front() <<= target % kWordBits;
  for (const PostingCursor* const cursor : cursors_) cursor->SiftBits(begin, bits);
  ahead_end_ = static_cast<DocId>(begin + word_count_ * kWordBits);
  return true;
}

size_t TermIntersection::TakeBits(DocId target) {
  if (target > bits_begin_) next_word_ = std::max<size_t>(next_word_, (target - bits_begin_) / kWordBits);
  size_t count = 0;
  for (; next_word_ < word_count_; ++next_word_) {
    uint64_t& word = bits_[next_word_];
    const auto first = static_cast<DocId>(bits_begin_ + next_word_ * kWordBits);
    for (; word != 0; word &= word - 1) {
      if (count == kMaxBatch) return count;
      candidates_[count++] = first + static_cast<DocId>(absl::countr_zero(word));
    }
  }
  return count;
}

}  // namespace gisa
