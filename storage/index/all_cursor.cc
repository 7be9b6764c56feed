#include <algorithm>
#include <utility>

#include "storage/index/query_cursor.h"

namespace gisa {
namespace {

class AllCursor : public QueryCursor {
 public:
  explicit AllCursor(DocId limit) : limit_(limit) { AllCursor::Seek(kNoDoc + 1); }

  DocId Next() override { return doc_ == kEndDoc ? doc_ : Go(doc_ + 1); }
  DocId Seek(DocId target) override { return doc_ != kEndDoc && doc_ >= target ? doc_ : Go(target); }
  bool Matches() override { return true; }
  double Score() override { return 0; }
  double MaxScore() override { return 0; }
  double MaxScoreOfAny() const override { return 0; }
  uint64_t cost() const override { return limit_; }

 private:
  DocId Go(DocId doc) { return doc_ = doc < limit_ ? doc : kEndDoc; }

  const DocId limit_;
};

class NameCursor : public AllCursor {
 public:
  NameCursor(const DocTable& docs, QueryField field, NamePredicate predicate, DocId limit)
      : AllCursor(limit), docs_(docs), field_(field), predicate_(std::move(predicate)) {}

  bool Matches() override {
    return predicate_.Holds(field_ == QueryField::kAuthor ? docs_.author(doc_) : docs_.publisher(doc_));
  }

 private:
  const DocTable& docs_;
  const QueryField field_;
  NamePredicate predicate_;
};

}  // namespace

std::unique_ptr<QueryCursor> NewAllCursor(DocId limit) { return std::make_unique<AllCursor>(limit); }

std::unique_ptr<QueryCursor> NewNameCursor(const DocTable& docs, QueryField field, NamePredicate predicate,
                                           DocId limit) {
  return std::make_unique<NameCursor>(docs, field, std::move(predicate), limit);
}

}  // namespace gisa
