#ifndef GISA_STORAGE_INDEX_RANK_ORDER_H_
#define GISA_STORAGE_INDEX_RANK_ORDER_H_

#include <cstdint>

#include "storage/article.h"
#include "storage/index/doc_table.h"
#include "storage/index/document.h"

namespace gisa {

// A document and what it is ordered by.
struct RankedDoc {
  int64_t rank = 0;
  DocId doc = kNoDoc;
};

// The place of a document in an order, which may be gone from the index.
struct RankedPlace {
  int64_t rank = 0;
  ArticleKey key;
  DocId doc = kNoDoc;
};

// The order of hits: greater ranks come first; among equals the lesser key, by oid and then aid; and should two have
// one key, the newer document.
class RankOrder {
 public:
  // `docs`, which outlives this, has all documents that are compared.
  explicit RankOrder(const DocTable& docs) : docs_(docs) {}

  bool Before(const RankedDoc& a, const RankedDoc& b) const {
    if (a.rank != b.rank) return a.rank > b.rank;
    const int keys = docs_.CompareKeys(a.doc, b.doc);
    return keys != 0 ? keys < 0 : a.doc > b.doc;
  }

  bool IsAfter(const RankedDoc& a, const RankedPlace& place) const {
    if (a.rank != place.rank) return a.rank < place.rank;
    const ArticleKey key = docs_.key(a.doc);
    return key != place.key ? place.key < key : a.doc < place.doc;
  }

 private:
  const DocTable& docs_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_RANK_ORDER_H_
