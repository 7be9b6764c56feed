#include <algorithm>
#include <utility>

#include "storage/index/intersection.h"
#include "storage/index/query_cursor.h"

namespace gisa {
namespace {

class AndCursor : public QueryCursor {
 public:
  explicit AndCursor(std::vector<std::unique_ptr<QueryCursor>> children) : children_(std::move(children)) {
    for (const auto& child : children_) by_cost_.push_back(child.get());
    std::stable_sort(by_cost_.begin(), by_cost_.end(),
                     [](const QueryCursor* a, const QueryCursor* b) { return a->cost() < b->cost(); });
    doc_ = SeekCommonDoc<QueryCursor>(by_cost_);
  }

  DocId Next() override {
    if (doc_ == kEndDoc) return doc_;
    by_cost_.front()->Next();
    return doc_ = SeekCommonDoc<QueryCursor>(by_cost_);
  }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    by_cost_.front()->Seek(target);
    return doc_ = SeekCommonDoc<QueryCursor>(by_cost_);
  }

  bool Matches() override {
    return std::all_of(by_cost_.begin(), by_cost_.end(), [](QueryCursor* child) { return child->Matches(); });
  }

  // Both add up in the order of the query, so that a score does not depend on costs.
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

  double MaxScoreOfAny() const override {
    double score = 0;
    for (const auto& child : children_) score += child->MaxScoreOfAny();
    return score;
  }

  uint64_t cost() const override { return by_cost_.front()->cost(); }

 private:
  const std::vector<std::unique_ptr<QueryCursor>> children_;
  std::vector<QueryCursor*> by_cost_;
};

}  // namespace

std::unique_ptr<QueryCursor> NewAndCursor(std::vector<std::unique_ptr<QueryCursor>> children) {
  if (children.size() == 1) return std::move(children.front());
  return std::make_unique<AndCursor>(std::move(children));
}

}  // namespace gisa
