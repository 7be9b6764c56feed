#include <algorithm>
#include <utility>

#include "storage/index/query_cursor.h"

namespace gisa {
namespace {

// MaxScore (Turtle, Flood: Query Evaluation: Strategies and Optimizations, 1995). Children are taken by what they can
// score at most. Once documents that score less than some minimum are of no interest, the least children that do not
// make up for it all together are not essential: no document is looked at for their sake, they are only asked about
// those of the others. Optional children never are.
class OrCursor : public QueryCursor {
 public:
  OrCursor(std::vector<std::unique_ptr<QueryCursor>> children, std::vector<std::unique_ptr<QueryCursor>> optional)
      : children_(std::move(children)), optional_(std::move(optional)), essential_(optional_.size()) {
    for (const auto& child : optional_) by_bound_.push_back(child.get());
    for (const auto& child : children_) by_bound_.push_back(child.get());
    const auto by_bound = [](const QueryCursor* a, const QueryCursor* b) {
      return a->MaxScoreOfAny() < b->MaxScoreOfAny();
    };
    const auto first_child = by_bound_.begin() + static_cast<std::ptrdiff_t>(optional_.size());
    std::stable_sort(by_bound_.begin(), first_child, by_bound);
    std::stable_sort(first_child, by_bound_.end(), by_bound);
    double sum = 0;
    for (const QueryCursor* const child : by_bound_) bound_up_to_.push_back(sum += child->MaxScoreOfAny());
    Settle();
  }

  DocId Next() override {
    if (doc_ == kEndDoc) return doc_;
    for (size_t i = essential_; i < by_bound_.size(); ++i) {
      // One that stood behind the others may have been left on an earlier document.
      if (by_bound_[i]->doc() <= doc_) by_bound_[i]->Seek(doc_ + 1);
    }
    return Settle();
  }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    for (size_t i = essential_; i < by_bound_.size(); ++i) by_bound_[i]->Seek(target);
    return Settle();
  }

  bool Matches() override {
    const auto first_child = by_bound_.begin() + static_cast<std::ptrdiff_t>(optional_.size());
    return std::any_of(first_child, by_bound_.end(), [this](QueryCursor* child) { return IsMatch(child); });
  }

  // Adds up in the order of the query, so that a score does not depend on bounds.
  double Score() override {
    double score = 0;
    for (const auto& child : children_) {
      if (IsMatch(child.get())) score += child->Score();
    }
    for (const auto& child : optional_) {
      if (IsMatch(child.get())) score += child->Score();
    }
    return score;
  }

  double MaxScore() override {
    double bound = essential_ > 0 ? bound_up_to_[essential_ - 1] : 0;
    for (size_t i = essential_; i < by_bound_.size(); ++i) {
      if (by_bound_[i]->doc() == doc_) bound += by_bound_[i]->MaxScore();
    }
    for (size_t i = essential_; i > 0 && bound * kRoundingSlack >= min_score_; --i) {
      QueryCursor* const child = by_bound_[i - 1];
      bound -= child->MaxScoreOfAny();
      if (child->Seek(doc_) == doc_) bound += child->MaxScore();
    }
    // What was added and taken away again may leave less than nothing.
    return std::max(bound, 0.0) * kRoundingSlack;
  }

  ScoreBound MaxScoreFrom(DocId target) override {
    ScoreBound sum;
    for (QueryCursor* const child : by_bound_) {
      // One that stands behind has none of the documents before.
      const ScoreBound bound = child->doc() > target ? ScoreBound{0, child->doc()} : child->MaxScoreFrom(target);
      sum.score += bound.score;
      sum.end = std::min(sum.end, bound.end);
    }
    sum.score *= kRoundingSlack;
    return sum;
  }

  double MaxScoreOfAny() const override { return bound_up_to_.back(); }

  void SetMinScore(double score) override {
    min_score_ = score;
    while (essential_ < by_bound_.size() && bound_up_to_[essential_] * kRoundingSlack < score) ++essential_;
  }

  uint64_t cost() const override {
    uint64_t cost = 0;
    for (const auto& child : children_) cost += child->cost();
    return cost;
  }

  void AppendNeeded(std::vector<PostingCursor*>* cursors) override {
    if (children_.size() == 1) children_.front()->AppendNeeded(cursors);
  }

 private:
  bool IsMatch(QueryCursor* child) const { return child->Seek(doc_) == doc_ && child->Matches(); }

  DocId Settle() {
    doc_ = kEndDoc;
    for (size_t i = essential_; i < by_bound_.size(); ++i) doc_ = std::min(doc_, by_bound_[i]->doc());
    return doc_;
  }

  const std::vector<std::unique_ptr<QueryCursor>> children_;
  const std::vector<std::unique_ptr<QueryCursor>> optional_;
  std::vector<QueryCursor*> by_bound_;  // the optional ones first
  std::vector<double> bound_up_to_;     // of by_bound_, the one at that place and those before it
  size_t essential_;                    // by_bound_ from here on
  double min_score_ = 0;
};

}  // namespace

std::unique_ptr<QueryCursor> NewOrCursor(std::vector<std::unique_ptr<QueryCursor>> children,
                                         std::vector<std::unique_ptr<QueryCursor>> optional) {
  if (children.size() == 1 && optional.empty()) return std::move(children.front());
  return std::make_unique<OrCursor>(std::move(children), std::move(optional));
}

}  // namespace gisa
