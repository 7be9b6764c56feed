#ifndef GISA_STORAGE_INDEX_QUERY_CURSOR_H_
#define GISA_STORAGE_INDEX_QUERY_CURSOR_H_

#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "storage/index/bm25.h"
#include "storage/index/doc_range.h"
#include "storage/index/doc_table.h"
#include "storage/index/index_view.h"
#include "storage/index/name_predicate.h"
#include "storage/index/noted_word.h"
#include "storage/index/posting_cursor.h"
#include "storage/index/query.h"

namespace gisa {

// An upper bound of the scores of the documents up to, not including, `end`.
struct ScoreBound {
  double score = 0;
  DocId end = kEndDoc;
};

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

  // The score of doc(); only after Matches() has returned true.
  virtual double Score() = 0;

  // Upper bounds of Score(): of doc(), without reading occurrences, and of any document.
  virtual double MaxScore() = 0;
  virtual double MaxScoreOfAny() const = 0;

  // One for documents from `target` on, of one at least, without a look at them. `target` is doc(), which is not
  // kEndDoc, or behind it, and not before that of an earlier call. The cursor stays where it is; MaxScore() may be
  // closer afterwards.
  virtual ScoreBound MaxScoreFrom(DocId target) = 0;

  // Of documents that ascend, from doc() or behind it, leaves those in the front of `docs` that may match, as far as
  // can be told without a step, and returns how many. `bounds` goes along with `docs`: to that of each is added an
  // upper bound of its score.
  virtual size_t Sift(absl::Span<DocId> docs, absl::Span<double> bounds) const {
    for (double& bound : bounds) bound += MaxScoreOfAny();
    return docs.size();
  }

  // Says that documents that score less are of no interest: Next and Seek may pass over them. Never goes down.
  virtual void SetMinScore(double score) {}

  // How many documents there are to walk, roughly.
  virtual uint64_t cost() const = 0;

  // Appends cursors which this one needs to agree, if there are such. Somebody else may move them forward; then this
  // cursor's next call must be Seek, to where they stand or behind.
  virtual void AppendNeeded(std::vector<PostingCursor*>* cursors) {}

 protected:
  DocId doc_ = kEndDoc;
};

// Of documents as QueryCursor::Sift takes them, no more than TermIntersection::kMaxBatch, leaves those in the front
// that may match and score at least `min_score`, and returns how many. What `docs` tells of these will be at hand.
size_t SiftBatch(const QueryCursor& cursor, double min_score, const DocTable& docs, absl::Span<DocId> batch);

// A term of a word.
struct WordPart {
  std::unique_ptr<PostingCursor> cursor;
  uint32_t offset = 0;         // from the start of the word
  bool starts_eojeol = false;  // it must stand at the start of an eojeol
};

// A trigram of a word.
struct WordTrigram {
  TrigramPostings postings;
  uint32_t offset = 0;  // from the start of the word
};

// Matches documents in which the parts (at least one, by offset) stand at their offsets, within `field`, a text field.
// The trigrams, each of two bigrams of the word, make it quicker. Scores each such place, as a word that is in
// `document_frequency` documents, times `weight`. Reads the notes of `notes`, which are of this word in this field, and
// adds to them.
std::unique_ptr<QueryCursor> NewWordCursor(std::vector<WordPart> parts, std::vector<WordTrigram> trigrams,
                                           uint64_t document_frequency, const Bm25& bm25, const DocTable& docs,
                                           QueryField field = QueryField::kText, double weight = 1,
                                           NotesSource notes = {});

// Matches documents of `docs` that match all children (at least one).
std::unique_ptr<QueryCursor> NewAndCursor(std::vector<std::unique_ptr<QueryCursor>> children, const DocTable& docs);

// Matches documents that match any of the children (at least one). Their scores add up, with those of the optional
// ones, which alone make no match.
std::unique_ptr<QueryCursor> NewOrCursor(std::vector<std::unique_ptr<QueryCursor>> children,
                                         std::vector<std::unique_ptr<QueryCursor>> optional = {});

// Matches documents that have a term. Scores how often they have it, wherever it stands, times `weight`.
std::unique_ptr<QueryCursor> NewTermCursor(std::unique_ptr<PostingCursor> cursor, uint64_t document_frequency,
                                           double weight, const Bm25& bm25, const DocTable& docs);

// Matches documents that match `wanted` and not `excluded`. Scores as `wanted` does.
std::unique_ptr<QueryCursor> NewAndNotCursor(std::unique_ptr<QueryCursor> wanted,
                                             std::unique_ptr<QueryCursor> excluded);

// Matches every document of `docs` in `range`. Scores nothing.
std::unique_ptr<QueryCursor> NewAllCursor(const DocTable& docs, DocRange range);

// Matches documents of `docs` in `range` whose author or publisher, as `field` says, is one of which `predicate`
// holds. Scores nothing.
std::unique_ptr<QueryCursor> NewNameCursor(const DocTable& docs, QueryField field, NamePredicate predicate,
                                           DocRange range);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_CURSOR_H_
