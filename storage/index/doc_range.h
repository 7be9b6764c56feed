#ifndef GISA_STORAGE_INDEX_DOC_RANGE_H_
#define GISA_STORAGE_INDEX_DOC_RANGE_H_

#include "storage/index/document.h"

namespace gisa {

// The documents from `begin` up to, not including, `end`.
struct DocRange {
  DocId begin = kNoDoc;
  DocId end = kEndDoc;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DOC_RANGE_H_
