#ifndef GISA_STORAGE_INDEX_FACET_COUNTER_H_
#define GISA_STORAGE_INDEX_FACET_COUNTER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "storage/index/doc_table.h"
#include "storage/search.h"

namespace gisa {

// Counts documents by the values of one field. Takes memory for each name of the archive, or each day of the hits.
class FacetCounter {
 public:
  // `docs`, which outlives this, has all documents that are added.
  FacetCounter(const DocTable& docs, FacetField field) : docs_(docs), field_(field) {}

  void Add(DocId doc);

  // Adds what `other`, of the same field, has counted.
  void Join(const FacetCounter& other) {
    for (const auto& [value, hits] : other.hits_) hits_[value] += hits;
  }

  // At most `max_values` of the values.
  Facet Finish(size_t max_values) const;

 private:
  Facet::Count Describe(int64_t value, uint64_t hits) const;

  const DocTable& docs_;
  const FacetField field_;
  // By the number of a name, of a day, or of a month, both counted from 1970; kNoTime without a time.
  absl::flat_hash_map<int64_t, uint64_t> hits_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_FACET_COUNTER_H_
