#ifndef GISA_STORAGE_INDEX_QUERY_COMPILER_H_
#define GISA_STORAGE_INDEX_QUERY_COMPILER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "storage/index/bm25.h"
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
  // The documents below `limit` are walked. All outlive the cursors. What goes wrong is
  // reported to the guard: RESOURCE_EXHAUSTED QUERY_TOO_BROAD for more than kMaxQueryPostings, and what the view
  // reports.
  QueryCompiler(IndexView* view, DocId limit, const Bm25& bm25, SearchGuard* guard)
      : view_(*view), limit_(limit), bm25_(bm25), guard_(*guard) {}

  // Of a page after the first: takes words to be in so many documents, in the order of the query, as the first page
  // counted. A merge may change that in between.
  void UseFrequencies(std::vector<uint64_t> frequencies);

  // `query` is what ParseQuery returns.
  std::unique_ptr<QueryCursor> Compile(const QueryNode& query);

  // In how many documents each word of the query is, about.
  const std::vector<uint64_t>& frequencies() const { return frequencies_; }
  // Whether the query has a word that a score can come from.
  bool has_scores() const { return has_scores_; }

 private:
  std::unique_ptr<QueryCursor> CompileNode(const QueryNode& node);
  std::unique_ptr<QueryCursor> CompileAnd(const QueryNode& node);
  std::unique_ptr<QueryCursor> CompileWord(const QueryNode& word);
  std::unique_ptr<QueryCursor> CompileTerms(const std::vector<QueryNode::Term>& terms, QueryField field, double weight);
  std::unique_ptr<QueryCursor> CompileRankTerm(absl::string_view term);
  std::unique_ptr<QueryCursor> CompileName(const QueryNode& word);
  std::unique_ptr<PostingCursor> Open(const QueryNode::Term& term);
  // Whether the query may have so many more; else the guard has been told.
  bool CountPostings(const PostingCursor& cursor);
  // The frequency of the next word or term, which was `counted` just now.
  uint64_t NextFrequency(uint64_t counted);

  IndexView& view_;
  const DocId limit_;
  const Bm25& bm25_;
  SearchGuard& guard_;
  std::vector<uint64_t> frequencies_;
  bool has_frequencies_ = false;
  size_t words_ = 0;  // compiled so far
  uint64_t postings_ = 0;
  bool is_excluded_ = false;
  bool has_scores_ = false;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_COMPILER_H_
