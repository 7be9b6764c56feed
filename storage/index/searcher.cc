#include "storage/index/searcher.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "storage/base/status_macros.h"
#include "storage/index/bm25.h"
#include "storage/index/doc_filter.h"
#include "storage/index/hit_collector.h"
#include "storage/index/query_compiler.h"
#include "storage/index/query_parser.h"
#include "storage/index/search_guard.h"
#include "storage/index/shared_hits.h"

namespace gisa {
namespace {

// A shared query is cut into parts, which threads take one after another, so that all end at about the same time. Each
// part costs some microseconds to begin.
constexpr uint64_t kMinPartCost = 1024;
constexpr uint64_t kPartsPerThread = 4;

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
        control_(control),
        frame_(FrameOf(view->corpus(), query)),
        bm25_(frame_.document_count, frame_.total_length) {}

  absl::StatusOr<IndexPage> Run(SearchHelpers* helpers, uint64_t min_shared_cost) {
    ASSIGN_OR_RETURN(node_, ParseQuery(query_.text, query_.match, !query_.filter.empty()));
    SearchGuard guard(control_);
    QueryCompiler compiler(&view_, all(), bm25_, &guard);
    if (query_.after.has_value()) compiler.UseFrequencies(frame_.document_frequencies);
    const uint64_t cost = compiler.OpenTerms(node_);
    RETURN_IF_ERROR(guard.status());
    frequencies_ = compiler.frequencies();
    order_ = query_.order;
    if (order_ == SearchOrder::kRelevance && !compiler.has_scores()) order_ = SearchOrder::kNewest;
    if (order_ == SearchOrder::kRelevance) frame_.document_frequencies = frequencies_;
    HitCollector hits(query_, docs_, After());
    if (cost == 0) return MakePage(&hits);
    if (helpers == nullptr || cost < min_shared_cost || !Share(helpers, cost, &hits)) {
      Collect(compiler.Compile(node_).get(), &guard, &hits);
    }
    RETURN_IF_ERROR(guard.status());
    RETURN_IF_ERROR(shared_status_);
    return MakePage(&hits);
  }

 private:
  DocRange all() const { return {kNoDoc, frame_.doc_id_limit}; }

  // Walks parts of the documents on several threads. False when there is nobody to share with.
  bool Share(SearchHelpers* helpers, uint64_t cost, HitCollector* hits) {
    const uint64_t parts = std::clamp<uint64_t>(cost / kMinPartCost, 2, kPartsPerThread * helpers->threads());
    std::atomic<uint64_t> next_part = 0;
    std::atomic<bool> failed = false;
    SharedHits shared;
    absl::Mutex mu;  // of *hits and shared_status_
    return helpers->Share([&] {
      SearchControl control{
          control_.deadline,
          [&] { return failed.load(std::memory_order_relaxed) || (control_.cancelled && control_.cancelled()); }};
      SearchGuard guard(control);
      HitCollector found(query_, docs_, After(), &shared);
      for (uint64_t part = next_part++; part < parts && guard.status().ok(); part = next_part++) {
        const uint64_t end = frame_.doc_id_limit;
        WalkPart({static_cast<DocId>(end * part / parts), static_cast<DocId>(end * (part + 1) / parts)}, &guard,
                 &found);
      }
      absl::MutexLock lock(&mu);
      hits->Join(found);
      if (!failed) shared_status_ = guard.status();
      if (!guard.status().ok()) failed = true;
    });
  }

  void WalkPart(DocRange part, SearchGuard* guard, HitCollector* hits) {
    QueryCompiler compiler(&view_, part, bm25_, guard);
    compiler.UseFrequencies(frequencies_);
    const uint64_t cost = compiler.OpenTerms(node_);
    if (cost > 0 && guard->status().ok()) Collect(compiler.Compile(node_).get(), guard, hits);
  }

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

  // Passes over documents none of which can get onto the page, by bounds for many at a time. Returns where the cursor
  // stands then; as far as such bounds tell, what is before *end may.
  static DocId SeekPromising(QueryCursor* cursor, const HitCollector& hits, DocId* end) {
    for (DocId target = cursor->doc(); target != kEndDoc;) {
      const ScoreBound bound = cursor->MaxScoreFrom(target);
      if (hits.CanSkip(RankOfScore(bound.score))) {
        target = bound.end;
        continue;
      }
      *end = bound.end;
      target = cursor->Seek(target);
      if (target < *end) return target;
    }
    return cursor->Seek(kEndDoc);
  }

  void Collect(QueryCursor* cursor, SearchGuard* guard, HitCollector* hits) const {
    DocFilter filter(query_.filter, docs_);
    const DocBitmap& removed = view_.corpus().removed;
    bool counts = true;
    DocId promising_end = kNoDoc;
    for (DocId doc = cursor->doc(); doc != kEndDoc && !guard->ShouldStop(); doc = cursor->Next()) {
      counts = counts && !hits->NeedsNoCount();
      if (!counts && order_ == SearchOrder::kRelevance) {
        cursor->SetMinScore(ScoreOfRank(hits->min_rank()));
        if (doc >= promising_end) doc = SeekPromising(cursor, *hits, &promising_end);
        if (doc == kEndDoc) break;
      }
      if (removed.Contains(doc) || !filter.Accepts(doc)) continue;
      std::optional<int64_t> max_rank;
      if (!counts) {
        if (!docs_.Contains(doc)) continue;
        max_rank = MaxRank(cursor);
        if (hits->CanSkip(*max_rank)) continue;
      }
      docs_.PrefetchLengths(doc);
      if (!cursor->Matches() || !docs_.Contains(doc)) continue;
      if (hits->CanSkip(max_rank.has_value() ? *max_rank : MaxRank(cursor))) {
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
  const SearchControl& control_;
  SearchCursor frame_;
  const Bm25 bm25_;

  // Since the terms are opened.
  QueryNode node_;
  std::vector<uint64_t> frequencies_;            // of the words, among all documents
  SearchOrder order_ = SearchOrder::kRelevance;  // the one in force

  absl::Status shared_status_;  // the first error of a thread
};

}  // namespace

absl::StatusOr<IndexPage> FindPage(IndexView* view, const SearchQuery& query, const SearchControl& control,
                                   SearchHelpers* helpers, uint64_t min_shared_cost) {
  if (helpers == nullptr) return Search(view, query, control).Run(helpers, min_shared_cost);
  const SearchHelpers::Running running(helpers);
  return Search(view, query, control).Run(helpers, min_shared_cost);
}

}  // namespace gisa
