#include <utility>

#include "storage/index/query_cursor.h"

namespace gisa {
namespace {

class TermCursor : public QueryCursor {
 public:
  TermCursor(std::unique_ptr<PostingCursor> cursor, double idf, const Bm25& bm25, const DocTable& docs)
      : cursor_(std::move(cursor)), idf_(idf), bm25_(bm25), docs_(docs) {
    doc_ = cursor_->doc();
  }

  DocId Next() override { return doc_ = cursor_->Next(); }
  DocId Seek(DocId target) override { return doc_ = cursor_->Seek(target); }
  bool Matches() override { return true; }
  double Score() override { return bm25_.Score(idf_, cursor_->freq(), docs_.length(doc_)); }
  double MaxScore() override { return Score(); }
  // Each occurrence counts once, and in a density for that or more.
  ScoreBound MaxScoreFrom(DocId target) override {
    const DensityBound bound = cursor_->BoundFrom(target);
    return {bm25_.MaxScore(idf_, bound.max.part), bound.end};
  }
  double MaxScoreOfAny() const override { return bm25_.MaxScore(idf_); }
  uint64_t cost() const override { return cursor_->document_frequency(); }

 private:
  const std::unique_ptr<PostingCursor> cursor_;
  const double idf_;
  const Bm25& bm25_;
  const DocTable& docs_;
};

}  // namespace

std::unique_ptr<QueryCursor> NewTermCursor(std::unique_ptr<PostingCursor> cursor, uint64_t document_frequency,
                                           double weight, const Bm25& bm25, const DocTable& docs) {
  return std::make_unique<TermCursor>(std::move(cursor), weight * bm25.Idf(document_frequency), bm25, docs);
}

}  // namespace gisa
