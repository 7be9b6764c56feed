#include <utility>

#include "storage/index/query_cursor.h"

namespace gisa {
namespace {

class AndNotCursor : public QueryCursor {
 public:
  AndNotCursor(std::unique_ptr<QueryCursor> wanted, std::unique_ptr<QueryCursor> excluded)
      : wanted_(std::move(wanted)), excluded_(std::move(excluded)) {
    doc_ = wanted_->doc();
  }

  DocId Next() override { return doc_ = wanted_->Next(); }
  DocId Seek(DocId target) override { return doc_ = wanted_->Seek(target); }
  bool Matches() override { return wanted_->Matches() && !(excluded_->Seek(doc_) == doc_ && excluded_->Matches()); }
  double Score() override { return wanted_->Score(); }
  double MaxScore() override { return wanted_->MaxScore(); }
  ScoreBound MaxScoreFrom(DocId target) override { return wanted_->MaxScoreFrom(target); }
  double MaxScoreOfAny() const override { return wanted_->MaxScoreOfAny(); }
  void SetMinScore(double score) override { wanted_->SetMinScore(score); }
  uint64_t cost() const override { return wanted_->cost(); }

 private:
  const std::unique_ptr<QueryCursor> wanted_;
  const std::unique_ptr<QueryCursor> excluded_;
};

}  // namespace

std::unique_ptr<QueryCursor> NewAndNotCursor(std::unique_ptr<QueryCursor> wanted,
                                             std::unique_ptr<QueryCursor> excluded) {
  return std::make_unique<AndNotCursor>(std::move(wanted), std::move(excluded));
}

}  // namespace gisa
