#ifndef GISA_STORAGE_INDEX_QUERY_COMPILER_H_
#define GISA_STORAGE_INDEX_QUERY_COMPILER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "storage/index/bm25.h"
#include "storage/index/doc_range.h"
#include "storage/index/index_view.h"
#include "storage/index/query.h"
#include "storage/index/query_cursor.h"
#include "storage/index/search_guard.h"

namespace gisa {

// So many postings the terms of a query may have in all, those of a term counted as often as it is named: they are held
// in memory, in about two bytes each.
inline constexpr uint64_t kMaxQueryPostings = 64 << 20;

// Makes cursors out of a query's tree, once.
class QueryCompiler {
 public:
  // The documents of `range` are walked. All outlive the cursors.
  QueryCompiler(IndexView* view, DocRange range, const Bm25& bm25, SearchGuard* guard)
      : view_(*view), range_(range), bm25_(bm25), guard_(*guard) {}

  // Of a page after the first: takes words to be in so many documents, in the order of the query, as the first page
  // counted. A merge may change that in between. The same for a part of the documents, as all of them have it.
  void UseFrequencies(std::vector<uint64_t> frequencies);

  // Opens the terms of `query`, which is what ParseQuery returns, and returns about how many documents there are to
  // walk. When that is 0 nothing matches, and some may not have been opened. What goes wrong is reported to the guard:
  // RESOURCE_EXHAUSTED QUERY_TOO_BROAD for more than kMaxQueryPostings, and what the view reports.
  uint64_t OpenTerms(const QueryNode& query);
  // Then makes the cursor, unless nothing matches or the guard stops.
  std::unique_ptr<QueryCursor> Compile(const QueryNode& query);

  // In how many documents each word of the query is, about.
  const std::vector<uint64_t>& frequencies() const { return frequencies_; }
  // Whether the query has a word that a score can come from.
  bool has_scores() const { return has_scores_; }

 private:
  std::unique_ptr<QueryCursor> CompileAnd(const QueryNode& node);
  std::unique_ptr<QueryCursor> CompileWord(const QueryNode& word);
  std::unique_ptr<QueryCursor> CompileTerms(const std::vector<QueryNode::Term>& terms,
                                            std::vector<WordTrigram> trigrams, QueryField field, double weight);
  // Of words of single terms, wherever they stand. The name that notes go under has no byte 0 but behind a term, which
  // has none: so it is that of no other word.
  NotesSource NotesOf(const std::vector<QueryNode::Term>& terms, QueryField field) const;
  std::unique_ptr<QueryCursor> CompileRankTerm();
  std::unique_ptr<QueryCursor> CompileName(const QueryNode& word);

  // Whether it matters that a word stands as it is written.
  bool HasLiteral(const QueryNode& word) const { return !is_excluded_ && !word.literal_terms.empty(); }
  uint64_t OpenNode(const QueryNode& query);
  uint64_t OpenChild(const QueryNode& child);  // of kAnd
  uint64_t OpenWord(const QueryNode& word);
  // Opens the trigrams of a word whose rarest term is in `least` documents, if they may make it quicker. Returns the
  // least number of documents then.
  uint64_t OpenTrigrams(const QueryNode& word, uint64_t least);
  uint64_t OpenTermsOf(const std::vector<QueryNode::Term>& terms);
  std::unique_ptr<PostingCursor> Open(const QueryNode::Term& term);
  // Keeps a term's cursor, and returns in how many documents the term is.
  uint64_t Keep(std::unique_ptr<PostingCursor> cursor);
  void NoteFrequency(uint64_t counted);
  uint64_t all_documents() const { return range_.end - range_.begin; }

  // The next of those opened, and the frequency of the next word or term, for Compile.
  std::unique_ptr<PostingCursor> NextCursor() { return std::move(opened_[compiled_cursors_++]); }
  uint64_t NextFrequency();

  IndexView& view_;
  const DocRange range_;
  const Bm25& bm25_;
  SearchGuard& guard_;
  std::vector<std::unique_ptr<PostingCursor>> opened_;  // of the terms, in the order of the query
  // Of each word with terms, likewise; all or none of its trigrams.
  std::vector<std::vector<WordTrigram>> opened_trigrams_;
  std::vector<uint64_t> frequencies_;
  bool has_frequencies_ = false;
  uint64_t postings_ = 0;
  bool is_excluded_ = false;
  bool has_scores_ = false;
  size_t compiled_cursors_ = 0;
  size_t compiled_words_ = 0;
  size_t compiled_trigrams_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_COMPILER_H_
