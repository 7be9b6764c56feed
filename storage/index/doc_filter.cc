#include "storage/index/doc_filter.h"

#include <algorithm>
#include <string>
#include <vector>

namespace gisa {
namespace {

std::optional<NamePredicate> OneOf(const DocTable& docs, const std::vector<std::string>& names) {
  if (names.empty()) return std::nullopt;
  return NamePredicate(docs, [&names](absl::string_view name) {
    return std::any_of(names.begin(), names.end(), [name](const std::string& wanted) { return wanted == name; });
  });
}

std::optional<int64_t> Micros(const std::optional<absl::Time>& time) {
  if (!time.has_value()) return std::nullopt;
  return absl::ToUnixMicros(*time);
}

}  // namespace

DocFilter::TimeRange::TimeRange(const std::optional<absl::Time>& after, const std::optional<absl::Time>& before)
    : begin(Micros(after)), end(Micros(before)) {}

// A missing time is in no range but the one without bounds.
bool DocFilter::TimeRange::Contains(int64_t micros) const {
  if (!begin.has_value() && !end.has_value()) return true;
  return micros != kNoTime && (!begin.has_value() || micros >= *begin) && (!end.has_value() || micros < *end);
}

DocFilter::DocFilter(const SearchFilter& filter, const DocTable& docs)
    : docs_(docs),
      accepts_all_(filter.empty()),
      published_(filter.published_after, filter.published_before),
      crawled_(filter.crawled_after, filter.crawled_before),
      oid_(OneOf(docs, filter.oids)),
      publisher_(OneOf(docs, filter.publishers)),
      category_(OneOf(docs, filter.categories)) {
  if (filter.content_hash.has_value()) content_id_ = ContentIdOf(*filter.content_hash);
}

bool DocFilter::Accepts(DocId doc) {
  if (accepts_all_) return true;
  return docs_.Contains(doc) && (!content_id_.has_value() || docs_.content_id(doc) == *content_id_) &&
         published_.Contains(docs_.published_micros(doc)) && crawled_.Contains(docs_.crawled_micros(doc)) &&
         (!oid_.has_value() || oid_->Holds(docs_.oid(doc))) &&
         (!publisher_.has_value() || publisher_->Holds(docs_.publisher(doc))) &&
         (!category_.has_value() || category_->Holds(docs_.category(doc)));
}

}  // namespace gisa
