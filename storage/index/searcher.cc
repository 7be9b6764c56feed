#include "storage/index/searcher.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/index/bm25.h"
#include "storage/index/doc_filter.h"
#include "storage/index/hit_collector.h"
#include "storage/index/query_compiler.h"
#include "storage/index/query_parser.h"
#include "storage/index/search_guard.h"

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

// kNoTime is the least number, and so last in either order.
int64_t RankOfPublished(SearchOrder order, int64_t published_micros) {
  if (order == SearchOrder::kNewest || published_micros == kNoTime) return published_micros;
  return -published_micros;
}

// What stays the same from page to page.
SearchCursor FrameOf(const Corpus& corpus, const SearchQuery& query) {
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

class Search {
 public:
  Search(IndexView* view, const SearchQuery& query, const SearchControl& control)
      : view_(*view),
        docs_(view->corpus().docs),
        query_(query),
        guard_(control),
        frame_(FrameOf(view->corpus(), query)),
        bm25_(frame_.document_count, frame_.total_length),
        filter_(query.filter, docs_) {}

  absl::StatusOr<IndexPage> Run() {
    ASSIGN_OR_RETURN(const QueryNode node, ParseQuery(query_.text, query_.match, !query_.filter.empty()));
    QueryCompiler compiler(&view_, frame_.doc_id_limit, bm25_, &guard_);
    if (query_.after.has_value()) compiler.UseFrequencies(frame_.document_frequencies);
    const std::unique_ptr<QueryCursor> cursor = compiler.Compile(node);
    order_ = query_.order;
    if (order_ == SearchOrder::kRelevance && !compiler.has_scores()) order_ = SearchOrder::kNewest;
    if (order_ == SearchOrder::kRelevance) frame_.document_frequencies = compiler.frequencies();
    HitCollector hits(query_, docs_, After());
    Collect(cursor.get(), &hits);
    RETURN_IF_ERROR(guard_.status());
    return MakePage(&hits);
  }

 private:
  std::optional<RankedPlace> After() const {
    if (!query_.after.has_value()) return std::nullopt;
    const SearchCursor& after = *query_.after;
    const int64_t rank = order_ == SearchOrder::kRelevance ? RankOfScore(after.last_score)
                                                           : RankOfPublished(order_, after.last_published_micros);
    return RankedPlace{rank, after.last_key, after.last_doc_id};
  }

  // An upper bound of the rank of the cursor's document, which costs little.
  int64_t MaxRank(QueryCursor* cursor) const {
    if (order_ == SearchOrder::kRelevance) return RankOfScore(cursor->MaxScore());
    return RankOfPublished(order_, docs_.published_micros(cursor->doc()));
  }

  int64_t Rank(QueryCursor* cursor) const {
    return order_ == SearchOrder::kRelevance ? RankOfScore(cursor->Score()) : MaxRank(cursor);
  }

  void Collect(QueryCursor* cursor, HitCollector* hits) {
    const DocBitmap& removed = view_.corpus().removed;
    bool counts = true;
    for (DocId doc = cursor->doc(); doc != kEndDoc && !guard_.ShouldStop(); doc = cursor->Next()) {
      if (removed.Contains(doc) || !docs_.Contains(doc) || !filter_.Accepts(doc)) continue;
      counts = counts && !hits->NeedsNoCount();
      if (!counts) {
        if (order_ == SearchOrder::kRelevance) cursor->SetMinScore(ScoreOfRank(*hits->min_rank()));
        hits->PassOver();
      }
      if (!counts && hits->CanSkip(MaxRank(cursor))) continue;
      if (!cursor->Matches()) continue;
      if (hits->CanSkip(MaxRank(cursor))) {
        hits->Skip(doc);
      } else {
        hits->Add({Rank(cursor), doc});
      }
    }
  }

  IndexPage MakePage(HitCollector* hits) {
    IndexPage page;
    for (const HitCollector::Hit& hit : hits->TakePage()) {
      const double score = order_ == SearchOrder::kRelevance ? ScoreOfRank(hit.ranked.rank) : 0;
      page.hits.push_back({hit.ranked.doc, score, hit.copies});
    }
    page.total_hits = hits->total();
    page.total_is_lower_bound = hits->total_is_lower_bound();
    page.facets = hits->Facets();
    if (hits->has_more() && !page.hits.empty()) {
      SearchCursor next = frame_;
      next.last_score = page.hits.back().score;
      next.last_doc_id = page.hits.back().doc_id;
      next.last_key = docs_.key(next.last_doc_id);
      next.last_published_micros = docs_.published_micros(next.last_doc_id);
      page.next = std::move(next);
    }
    return page;
  }

  IndexView& view_;
  const DocTable& docs_;
  const SearchQuery& query_;
  SearchGuard guard_;
  SearchCursor frame_;
  const Bm25 bm25_;
  DocFilter filter_;
  SearchOrder order_ = SearchOrder::kRelevance;  // the one in force
};

}  // namespace

absl::StatusOr<IndexPage> FindPage(IndexView* view, const SearchQuery& query, const SearchControl& control) {
  return Search(view, query, control).Run();
}

}  // namespace gisa
