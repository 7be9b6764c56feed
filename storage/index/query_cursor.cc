#include "storage/index/query_cursor.h"

#include <array>

#include "storage/index/term_intersection.h"

namespace gisa {
namespace {

size_t SiftPromising(const QueryCursor& cursor, double min_score, absl::Span<DocId> docs) {
  std::array<double, TermIntersection::kMaxBatch> bounds = {};
  docs = docs.first(cursor.Sift(docs, absl::MakeSpan(bounds).first(docs.size())));
  size_t kept = 0;
  for (size_t i = 0; i < docs.size(); ++i) {
    docs[kept] = docs[i];
    kept += bounds[i] < min_score ? 0 : 1;
  }
  return kept;
}

}  // namespace

size_t SiftBatch(const QueryCursor& cursor, double min_score, const DocTable& docs, absl::Span<DocId> batch) {
  // While all are counted, it costs as much to take out those that do not match as to look at them.
  if (min_score > 0) batch = batch.first(SiftPromising(cursor, min_score, batch));
  for (const DocId doc : batch) docs.PrefetchLengths(doc);
  return batch.size();
}

}  // namespace gisa
