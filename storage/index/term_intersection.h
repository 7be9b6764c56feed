#ifndef GISA_STORAGE_INDEX_TERM_INTERSECTION_H_
#define GISA_STORAGE_INDEX_TERM_INTERSECTION_H_

#include <array>
#include <cstddef>
#include <functional>
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
  // Of documents that ascend, leaves those in the front that may be of interest, and returns how many.
  using Sifter = std::function<size_t(absl::Span<DocId>)>;

  // `cursors`, at least one, the rarest first, outlive this. Others may move them forward between calls of Seek. What
  // the cursors leave of a batch, `sift` sifts.
  TermIntersection(std::vector<PostingCursor*> cursors, Sifter sift)
      : cursors_(std::move(cursors)), sift_(std::move(sift)) {}

  // Moves all to the first document that is `target` or after it and in all of them, and returns it; kEndDoc when there
  // is none.
  DocId Seek(DocId target);

  const std::vector<PostingCursor*>& cursors() const { return cursors_; }

  static constexpr size_t kMaxBatch = 128;

 private:
  static constexpr size_t kMinBatch = 8;

  static constexpr size_t kWordBits = 64;
  static constexpr size_t kMaxWords = 64;

  bool AllStandOn(DocId doc) const;
  // The first document from `target` on that may be in all; kEndDoc when there is none.
  DocId NextCandidate(DocId target);
  // Looks ahead from `target` on, where the rarest cursor stands. Puts documents that may be in all into candidates_,
  // and returns how many.
  size_t LookAhead(DocId target);
  // The same for bits_, if the rarest cursor has some.
  bool LookAtBits(DocId target);
  // Puts the next documents of bits_ into candidates_, from about `target` on, and returns how many.
  size_t TakeBits(DocId target);

  const std::vector<PostingCursor*> cursors_;
  const Sifter sift_;

  // What is known of the documents below ahead_end_: candidates_ from next_ to count_, and then those of the bits.
  // Farther ahead while one look follows another.
  std::array<DocId, kMaxBatch> candidates_;
  size_t next_ = 0;
  size_t count_ = 0;
  std::array<uint64_t, kMaxWords> bits_;
  size_t next_word_ = 0;
  size_t word_count_ = 0;
  DocId bits_begin_ = kNoDoc;  // of the first bit
  DocId ahead_end_ = kNoDoc;
  size_t batch_size_ = kMinBatch;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_TERM_INTERSECTION_H_
