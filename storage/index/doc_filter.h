#ifndef GISA_STORAGE_INDEX_DOC_FILTER_H_
#define GISA_STORAGE_INDEX_DOC_FILTER_H_

#include <cstdint>
#include <optional>

#include "storage/index/doc_table.h"
#include "storage/index/name_predicate.h"
#include "storage/search.h"

namespace gisa {

// A SearchFilter, evaluated by the values of documents.
class DocFilter {
 public:
  // `filter` and `docs` outlive this.
  DocFilter(const SearchFilter& filter, const DocTable& docs);

  // Whether the filter lets `doc` through. One that the table lacks passes no condition.
  bool Accepts(DocId doc);

 private:
  // Microseconds since 1970, the first inclusive, the second exclusive.
  struct TimeRange {
    TimeRange(const std::optional<absl::Time>& after, const std::optional<absl::Time>& before);
    bool Contains(int64_t micros) const;

    std::optional<int64_t> begin;
    std::optional<int64_t> end;
  };

  const DocTable& docs_;
  const bool accepts_all_;
  const TimeRange published_;
  const TimeRange crawled_;
  std::optional<uint64_t> content_id_;
  std::optional<NamePredicate> oid_;
  std::optional<NamePredicate> publisher_;
  std::optional<NamePredicate> category_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DOC_FILTER_H_
