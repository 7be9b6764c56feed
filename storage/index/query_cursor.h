#ifndef GISA_STORAGE_INDEX_QUERY_CURSOR_H_
#define GISA_STORAGE_INDEX_QUERY_CURSOR_H_

#include <memory>
#include <vector>

#include "storage/index/bm25.h"
#include "storage/index/doc_table.h"
#include "storage/index/posting_cursor.h"

namespace gisa {

// Walks the documents that may match a part of a query, in two phases: doc() has the terms it takes, and Matches()
// tells whether they stand as they must, which costs more. A new cursor stands on the first document; past the last it
// stands on kEndDoc.
class QueryCursor {
 public:
  QueryCursor() = default;
  virtual ~QueryCursor() = default;
  QueryCursor(const QueryCursor&) = delete;
  QueryCursor& operator=(const QueryCursor&) = delete;

  DocId doc() const { return doc_; }
  virtual DocId Next() = 0;
  virtual DocId Seek(DocId target) = 0;

  // Whether doc() matches.
  virtual bool Matches() = 0;

  // An upper bound of Score() that reads no occurrences. Call both only after Matches() has returned true.
  virtual double MaxScore() = 0;
  virtual double Score() = 0;

  // How many documents there are to walk, roughly.
  virtual uint64_t cost() const = 0;

 protected:
  DocId doc_ = kEndDoc;
};

// A term of a word.
struct WordPart {
  std::unique_ptr<PostingCursor> cursor;
  uint32_t offset = 0;  // from the start of the word
};

// Matches documents in which the parts (at least one, by offset) stand at their offsets. Scores each such place, as a
// word that is in `document_frequency` documents.
std::unique_ptr<QueryCursor> NewWordCursor(std::vector<WordPart> parts, uint64_t document_frequency, const Bm25& bm25,
                                           const DocTable& docs);

// How many documents have the rarest of the parts: about as many as have the word.
uint64_t DocumentFrequencyOf(const std::vector<WordPart>& parts);

// Matches documents that match all children (at least one).
std::unique_ptr<QueryCursor> NewAndCursor(std::vector<std::unique_ptr<QueryCursor>> children);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_CURSOR_H_
