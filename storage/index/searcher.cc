#include "storage/index/searcher.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "storage/base/status_macros.h"
#include "storage/index/bm25.h"
#include "storage/index/query_cursor.h"
#include "storage/index/query_parser.h"
#include "storage/index/search_guard.h"
#include "storage/index/top_docs.h"

namespace gisa {
namespace {

// Scores are not negative, and such doubles order as their bits do.
int64_t RankOfScore(double score) {
  int64_t rank;
  std::memcpy(&rank, &score, sizeof(rank));
  return rank;
}

double ScoreOfRank(int64_t rank) {
  double score;
  std::memcpy(&score, &rank, sizeof(score));
  return score;
}

// kNoPublished is the least number, and so last in either order.
int64_t RankOfPublished(SearchOrder order, int64_t published_micros) {
  if (order == SearchOrder::kNewest || published_micros == kNoPublished) return published_micros;
  return -published_micros;
}

class Search {
 public:
  Search(IndexView* view, const SearchQuery& query, const SearchControl& control)
      : view_(*view),
        query_(query),
        guard_(control),
        frame_(Frame(view->corpus(), query)),
        bm25_(frame_.document_count, frame_.total_length),
        top_(query.limit, After(query)) {}

  absl::StatusOr<IndexPage> Run() {
    ASSIGN_OR_RETURN(const QueryNode node, ParseQuery(query_.text));
    const std::unique_ptr<QueryCursor> cursor = Compile(node);
    Collect(cursor.get());
    RETURN_IF_ERROR(guard_.status());
    return MakePage();
  }

 private:
  // What stays the same from page to page.
  static SearchCursor Frame(const Corpus& corpus, const SearchQuery& query) {
    SearchCursor frame;
    if (query.after.has_value()) {
      frame = *query.after;
      frame.doc_id_limit = std::min(frame.doc_id_limit, corpus.doc_id_limit);
    } else {
      frame.doc_id_limit = corpus.doc_id_limit;
      frame.document_count = corpus.document_count;
      frame.total_length = corpus.total_length;
    }
    return frame;
  }

  static std::optional<RankedDoc> After(const SearchQuery& query) {
    if (!query.after.has_value()) return std::nullopt;
    const int64_t rank = query.order == SearchOrder::kRelevance
                             ? RankOfScore(query.after->last_score)
                             : RankOfPublished(query.order, query.after->last_published_micros);
    return RankedDoc{rank, query.after->last_doc_id};
  }

  std::unique_ptr<QueryCursor> Compile(const QueryNode& node) {
    if (node.kind == QueryNode::Kind::kAnd) {
      std::vector<std::unique_ptr<QueryCursor>> children;
      children.reserve(node.children.size());
      for (const QueryNode& child : node.children) children.push_back(Compile(child));
      return NewAndCursor(std::move(children));
    }
    std::vector<WordPart> parts;
    parts.reserve(node.terms.size());
    for (const QueryNode::Term& term : node.terms) {
      parts.push_back({term.is_character ? view_.OpenCharacter(term.term, frame_.doc_id_limit, &guard_)
                                         : view_.OpenTerm(term.term, frame_.doc_id_limit, &guard_),
                       term.offset});
    }
    const uint64_t document_frequency = FrequencyOfNextWord(parts);
    return NewWordCursor(std::move(parts), document_frequency, bm25_, view_.corpus().docs);
  }

  // A merge may change how many documents a term has, so later pages use what the first one counted.
  uint64_t FrequencyOfNextWord(const std::vector<WordPart>& parts) {
    if (query_.order != SearchOrder::kRelevance) return 0;
    const size_t word = words_++;
    if (query_.after.has_value()) {
      return word < frame_.document_frequencies.size() ? frame_.document_frequencies[word] : 0;
    }
    frame_.document_frequencies.push_back(DocumentFrequencyOf(parts));
    return frame_.document_frequencies.back();
  }

  void Collect(QueryCursor* cursor) {
    const Corpus& corpus = view_.corpus();
    for (DocId doc = cursor->doc(); doc != kEndDoc && !guard_.ShouldStop(); doc = cursor->Next()) {
      if (corpus.removed.Contains(doc) || !corpus.docs.Contains(doc) || !cursor->Matches()) continue;
      ++total_hits_;
      if (query_.order != SearchOrder::kRelevance) {
        top_.Add({RankOfPublished(query_.order, corpus.docs.published_micros(doc)), doc});
      } else if (top_.CanSkip(RankOfScore(cursor->MaxScore()))) {
        top_.Skip();
      } else {
        top_.Add({RankOfScore(cursor->Score()), doc});
      }
    }
  }

  IndexPage MakePage() {
    IndexPage page;
    page.total_hits = total_hits_;
    const bool has_more = top_.has_more();
    for (const RankedDoc& ranked : top_.Take()) {
      const double score = query_.order == SearchOrder::kRelevance ? ScoreOfRank(ranked.rank) : 0;
      page.hits.push_back({ranked.doc, score});
    }
    if (has_more && !page.hits.empty()) {
      SearchCursor next = frame_;
      next.last_score = page.hits.back().score;
      next.last_doc_id = page.hits.back().doc_id;
      next.last_published_micros = view_.corpus().docs.published_micros(next.last_doc_id);
      page.next = next;
    }
    return page;
  }

  IndexView& view_;
  const SearchQuery& query_;
  SearchGuard guard_;
  SearchCursor frame_;
  const Bm25 bm25_;
  TopDocs top_;
  size_t words_ = 0;  // compiled so far
  uint64_t total_hits_ = 0;
};

}  // namespace

absl::StatusOr<IndexPage> FindPage(IndexView* view, const SearchQuery& query, const SearchControl& control) {
  return Search(view, query, control).Run();
}

}  // namespace gisa
