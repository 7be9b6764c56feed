#ifndef GISA_STORAGE_INDEX_INTERSECTION_H_
#define GISA_STORAGE_INDEX_INTERSECTION_H_

#include "absl/types/span.h"
#include "storage/index/document.h"

namespace gisa {

// Moves all cursors to the first document from that of the first cursor on that they have in common, and returns it, or
// kEndDoc. Quick when the rarest cursor comes first.
template <typename Cursor>
DocId SeekCommonDoc(absl::Span<Cursor* const> cursors) {
  // Invariant: no document before `target` is in all of them, and those before `agreed` stand on it.
  DocId target = cursors.front()->doc();
  size_t agreed = 1;
  while (target != kEndDoc && agreed < cursors.size()) {
    const DocId doc = cursors[agreed]->Seek(target);
    if (doc == target) {
      ++agreed;
      continue;
    }
    if (doc == kEndDoc) return kEndDoc;
    target = cursors.front()->Seek(doc);
    agreed = 1;
  }
  return target;
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_INTERSECTION_H_
