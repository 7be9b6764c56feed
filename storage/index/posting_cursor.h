#ifndef GISA_STORAGE_INDEX_POSTING_CURSOR_H_
#define GISA_STORAGE_INDEX_POSTING_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <optional>

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

// A list of documents in a segment on disk, which never changes.
struct StoredList {
  uint32_t segment = 0;
  uint32_t size = 0;    // in documents
  DocId end = kEndDoc;  // those behind it begin here at the earliest
};

// Where a document stands in it.
struct ListPlace {
  uint32_t rank = 0;               // how many documents are before it
  uint32_t max_freq = UINT32_MAX;  // it has the term no more often; 0 when it is not in the list
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

  // The same for a range of documents at a time, a bit for each from `begin` on, which is a multiple of 64: takes bits
  // out if all of the range is before bits_end(), which is kNoDoc when no bits are at hand.
  virtual DocId bits_end() const { return kNoDoc; }
  virtual void SiftBits(DocId begin, absl::Span<uint64_t> bits) const {}

  // A bound for documents from `target` on, of one at least. `target` is doc(), which is not kEndDoc, or behind it, and
  // not before that of an earlier call. The cursor stays where it is.
  virtual DensityBound BoundFrom(DocId target) { return {}; }

  // How many times the term occurs in doc(), which is not kEndDoc; for several terms taken as one an upper bound.
  virtual uint32_t freq() = 0;

  // Where the term occurs in doc(), ascending; valid until the next call. Of kOccurrenceFlags those of `flags` are
  // right, others may be missing: the fewer, the quicker.
  virtual absl::Span<const Occurrence> Occurrences(uint32_t flags) = 0;

  // The list that doc(), which is not kEndDoc, is in, and how many documents of the list are before it.
  virtual std::optional<StoredList> list() const { return std::nullopt; }
  virtual uint32_t rank() const { return 0; }

  // Finds some documents, which ascend and are in the range of that list, in it. Returns of how many it can be told
  // without a step.
  virtual size_t FindAll(absl::Span<const DocId> docs, absl::Span<ListPlace> places) const { return 0; }

  // How many documents the cursor walked over when it was new, or an upper bound. Documents that were removed count
  // until a merge leaves them out.
  virtual uint64_t document_frequency() const = 0;

 protected:
  DocId doc_ = kEndDoc;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_CURSOR_H_
