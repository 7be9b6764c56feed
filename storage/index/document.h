#ifndef GISA_STORAGE_INDEX_DOCUMENT_H_
#define GISA_STORAGE_INDEX_DOCUMENT_H_

#include <cstdint>
#include <memory>

#include "storage/article.h"
#include "storage/index/doc_values.h"

namespace gisa {

// Numbers the documents of the index, in the order of their commits, from 1.
using DocId = uint32_t;
inline constexpr DocId kNoDoc = 0;
inline constexpr DocId kMaxDocId = UINT32_MAX - 1;
// Stands after every document.
inline constexpr DocId kEndDoc = UINT32_MAX;

// The terms of one article, ready to be merged into the index. Made outside of every lock.
struct AnalyzedDocument;

// Analyzes title and body on the calling thread. Thread-safe.
std::shared_ptr<const AnalyzedDocument> AnalyzeDocument(const Article& article);

// A document as the index takes it.
struct IndexedDocument {
  DocId doc_id = kNoDoc;
  DocFields fields;
  std::shared_ptr<const AnalyzedDocument> terms;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DOCUMENT_H_
