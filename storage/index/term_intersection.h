#ifndef GISA_STORAGE_INDEX_TERM_INTERSECTION_H_
#define GISA_STORAGE_INDEX_TERM_INTERSECTION_H_

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "storage/index/document.h"
#include "storage/index/posting_cursor.h"

namespace gisa {

// Finds the documents that have all of some terms. It looks ahead: a batch of documents of the rarest term is sifted by
// the others before any of them moves. To move is a chain of steps that wait for memory; to sift is the same small step
// for many documents, which the processor does side by side.
class TermIntersection {
 public:
  // `cursors`, at least one, the rarest first, outlive this. Others may move them forward between calls of Seek.
  explicit TermIntersection(std::vector<PostingCursor*> cursors) : cursors_(std::move(cursors)) {}

  // Moves all to the first document that is `target` or after it and in all of them, and returns it; kEndDoc when there
  // is none.
  DocId Seek(DocId target);

  const std::vector<PostingCursor*>& cursors() const { return cursors_; }

 private:
  static constexpr size_t kMinBatch = 8;
  static constexpr size_t kMaxBatch = 128;

  bool AllStandOn(DocId doc) const;
  // The first document from `target` on that may be in all; kEndDoc when there is none.
  DocId NextCandidate(DocId target);

  const std::vector<PostingCursor*> cursors_;
  // The batch: of the documents of the first cursor below batch_end_, what is left. Large while one follows another.
  std::array<DocId, kMaxBatch> candidates_;
  size_t next_ = 0;
  size_t count_ = 0;
  DocId batch_end_ = kNoDoc;
  size_t batch_size_ = kMinBatch;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TERM_INTERSECTION_H_
