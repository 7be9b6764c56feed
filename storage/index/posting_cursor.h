#ifndef GISA_STORAGE_INDEX_POSTING_CURSOR_H_
#define GISA_STORAGE_INDEX_POSTING_CURSOR_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "storage/index/document.h"
#include "storage/index/occurrence.h"
#include "storage/index/term_density.h"

namespace gisa {

// What is known of a term in the documents up to, not including, `end` without reading them.
struct DensityBound {
  TermDensity max;
  DocId end = kEndDoc;
};

// Walks the documents of a term (or of several terms taken as one) upwards. A new cursor stands on the first; past the
// last it stands on kEndDoc and stays there. One that cannot read on reports to the SearchGuard and ends.
class PostingCursor {
 public:
  PostingCursor() = default;
  virtual ~PostingCursor() = default;
  PostingCursor(const PostingCursor&) = delete;
  PostingCursor& operator=(const PostingCursor&) = delete;

  DocId doc() const { return doc_; }

  // Goes to the next document and returns it.
  virtual DocId Next() = 0;

  // Goes to the first document that is `target` or after it, and returns it. Never goes back.
  virtual DocId Seek(DocId target) = 0;

  // Puts documents into the front of `docs`, which is not empty, and returns how many: doc(), which is not kEndDoc, and
  // those that Next would go to after it, as far as they are at hand.
  virtual size_t Peek(absl::Span<DocId> docs) const {
    docs.front() = doc_;
    return 1;
  }

  // Of documents that ascend, leaves those in the front of `docs` that the cursor may come to, and returns how many. It
  // takes out no more than what can be told without a step.
  virtual size_t Sift(absl::Span<DocId> docs) const { return docs.size(); }

  // A bound for documents from `target` on, of one at least. `target` is doc(), which is not kEndDoc, or behind it, and
  // not before that of an earlier call. The cursor stays where it is.
  virtual DensityBound BoundFrom(DocId target) { return {}; }

  // How many times the term occurs in doc(), which is not kEndDoc; for several terms taken as one an upper bound.
  virtual uint32_t freq() = 0;

  // Where the term occurs in doc(), ascending; valid until the next call. Of kOccurrenceFlags those of `flags` are
  // right, others may be missing: the fewer, the quicker.
  virtual absl::Span<const Occurrence> Occurrences(uint32_t flags) = 0;

  // What the occurrences in doc(), which is not kEndDoc, weigh together (occurrence_weight.h), or for a trigram those
  // of the word that it is. 0 when it is not known: then it may be noted for the searches to come.
  virtual uint32_t NotedWeight() { return 0; }
  virtual void NoteWeight(uint32_t weight) {}

  // How many documents the cursor walked over when it was new, or an upper bound. Documents that were removed count
  // until a merge leaves them out.
  virtual uint64_t document_frequency() const = 0;

 protected:
  DocId doc_ = kEndDoc;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_CURSOR_H_
