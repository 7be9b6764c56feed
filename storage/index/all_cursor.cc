#include <algorithm>
#include <utility>

#include "storage/index/query_cursor.h"

namespace gisa {
namespace {

class AllCursor : public QueryCursor {
 public:
  AllCursor(const DocTable& docs, DocRange range) : docs_(docs), range_(range) {
    AllCursor::Seek(std::max(range.begin, kNoDoc + 1));
  }

  DocId Next() override { return doc_ == kEndDoc ? doc_ : Go(doc_ + 1); }
  DocId Seek(DocId target) override { return doc_ != kEndDoc && doc_ >= target ? doc_ : Go(target); }
  bool Matches() override { return true; }
  double Score() override { return 0; }
  double MaxScore() override { return 0; }
  ScoreBound MaxScoreFrom(DocId target) override { return {}; }
  double MaxScoreOfAny() const override { return 0; }
  uint64_t cost() const override { return range_.end - range_.begin; }

 protected:
  const DocTable& docs_;

 private:
  DocId Go(DocId doc) {
    while (doc < range_.end && !docs_.Contains(doc)) ++doc;
    return doc_ = doc < range_.end ? doc : kEndDoc;
  }

  const DocRange range_;
};

class NameCursor : public AllCursor {
 public:
  NameCursor(const DocTable& docs, QueryField field, NamePredicate predicate, DocRange range)
      : AllCursor(docs, range), field_(field), predicate_(std::move(predicate)) {}

  bool Matches() override {
    return predicate_.Holds(field_ == QueryField::kAuthor ? docs_.author(doc_) : docs_.publisher(doc_));
  }

 private:
  const QueryField field_;
  NamePredicate predicate_;
};

}  // namespace

std::unique_ptr<QueryCursor> NewAllCursor(const DocTable& docs, DocRange range) {
  return std::make_unique<AllCursor>(docs, range);
}

std::unique_ptr<QueryCursor> NewNameCursor(const DocTable& docs, QueryField field, NamePredicate predicate,
                                           DocRange range) {
  return std::make_unique<NameCursor>(docs, field, std::move(predicate), range);
}

}  // namespace gisa
