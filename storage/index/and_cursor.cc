#include <algorithm>
#include <optional>
#include <utility>

#include "absl/types/span.h"
#include "storage/index/query_cursor.h"
#include "storage/index/term_intersection.h"

namespace gisa {
namespace {

// Moves all cursors to the first document from that of the first cursor on that they have in common, and returns it, or
// kEndDoc. Quick when the rarest cursor comes first.
DocId SeekCommonDoc(absl::Span<QueryCursor* const> cursors) {
  // Invariant: no document before `target` is in all of them, and those before `agreed` stand on it.
  DocId target = cursors.front()->doc();
  size_t agreed = 1;
  while (target != kEndDoc && agreed < cursors.size()) {
    const DocId doc = cursors[agreed]->Seek(target);
    if (doc == target) {
      ++agreed;
      continue;
    }
    if (doc == kEndDoc) return kEndDoc;
    target = cursors.front()->Seek(doc);
    agreed = 1;
  }
  return target;
}

// The terms of all children are brought together, the rarest of all first. Had each child to find the next document of
// its own terms, one of two common terms would walk far for documents that a rare one rules out.
class AndCursor : public QueryCursor {
 public:
  AndCursor(std::vector<std::unique_ptr<QueryCursor>> children, const DocTable& docs) : children_(std::move(children)) {
    std::vector<PostingCursor*> needed;
    for (const auto& child : children_) {
      by_cost_.push_back(child.get());
      child->AppendNeeded(&needed);
    }
    std::stable_sort(by_cost_.begin(), by_cost_.end(),
                     [](const QueryCursor* a, const QueryCursor* b) { return a->cost() < b->cost(); });
    std::stable_sort(needed.begin(), needed.end(), [](const PostingCursor* a, const PostingCursor* b) {
      return a->document_frequency() < b->document_frequency();
    });
    if (!needed.empty()) {
      needed_.emplace(std::move(needed),
                      [this, &docs](absl::Span<DocId> batch) { return SiftBatch(*this, min_score_, docs, batch); });
    }
    doc_ = SeekCommon(by_cost_.front()->doc());
  }

  DocId Next() override { return doc_ == kEndDoc ? doc_ : doc_ = SeekCommon(doc_ + 1); }

  DocId Seek(DocId target) override { return doc_ >= target ? doc_ : doc_ = SeekCommon(target); }

  bool Matches() override {
    return std::all_of(by_cost_.begin(), by_cost_.end(), [](QueryCursor* child) { return child->Matches(); });
  }

  // All add up in the order of the query, so that a score does not depend on costs.
  double MaxScore() override {
    double score = 0;
    for (const auto& child : children_) score += child->MaxScore();
    return score;
  }

  double Score() override {
    double score = 0;
    for (const auto& child : children_) score += child->Score();
    return score;
  }

  ScoreBound MaxScoreFrom(DocId target) override {
    ScoreBound sum;
    for (const auto& child : children_) {
      const ScoreBound bound = child->MaxScoreFrom(target);
      sum.score += bound.score;
      sum.end = std::min(sum.end, bound.end);
    }
    return sum;
  }

  double MaxScoreOfAny() const override {
    double score = 0;
    for (const auto& child : children_) score += child->MaxScoreOfAny();
    return score;
  }

  size_t Sift(absl::Span<DocId> docs, absl::Span<double> bounds) const override {
    for (const auto& child : children_) {
      const size_t kept = child->Sift(docs, bounds);
      docs = docs.first(kept);
      bounds = bounds.first(kept);
    }
    return docs.size();
  }

  void SetMinScore(double score) override { min_score_ = score; }

  uint64_t cost() const override { return by_cost_.front()->cost(); }

  void AppendNeeded(std::vector<PostingCursor*>* cursors) override {
    if (needed_.has_value()) {
      cursors->insert(cursors->end(), needed_->cursors().begin(), needed_->cursors().end());
    }
  }

 private:
  // Moves all children to the first document they have in common from `target` on.
  DocId SeekCommon(DocId target) {
    while (target != kEndDoc) {
      if (needed_.has_value()) target = needed_->Seek(target);
      by_cost_.front()->Seek(target);
      const DocId doc = SeekCommonDoc(by_cost_);
      if (doc == target) break;
      target = doc;
    }
    return target;
  }

  const std::vector<std::unique_ptr<QueryCursor>> children_;
  std::vector<QueryCursor*> by_cost_;
  std::optional<TermIntersection> needed_;  // by the children
  double min_score_ = 0;
};

}  // namespace

std::unique_ptr<QueryCursor> NewAndCursor(std::vector<std::unique_ptr<QueryCursor>> children, const DocTable& docs) {
  if (children.size() == 1) return std::move(children.front());
  return std::make_unique<AndCursor>(std::move(children), docs);
}

}  // namespace gisa
