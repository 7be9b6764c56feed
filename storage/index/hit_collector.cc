#include "storage/index/hit_collector.h"

#include <utility>

namespace gisa {

HitCollector::HitCollector(const SearchQuery& query, const DocTable& docs, std::optional<RankedPlace> after)
    : query_(query),
      docs_(docs),
      order_(docs),
      collapses_(query.collapse_duplicates),
      max_exact_(query.max_exact_hits),
      top_(docs, query.limit, std::move(after)) {
  if (query.after.has_value()) return;
  for (const FacetField field : query.facets) facets_.emplace_back(docs, field);
}

void HitCollector::Add(const RankedDoc& hit) {
  if (!collapses_) {
    top_.Add(hit);
    ++total_;
    for (FacetCounter& facet : facets_) facet.Add(hit.doc);
    return;
  }
  Copies& copies = bodies_[docs_.content_id(hit.doc)];
  if (copies.count == 0 || order_.Before(hit, copies.first)) copies.first = hit;
  ++copies.count;
}

void HitCollector::Skip(DocId doc) {
  top_.Skip();
  ++total_;
  for (FacetCounter& facet : facets_) facet.Add(doc);
}

std::vector<HitCollector::Hit> HitCollector::TakePage() {
  for (const auto& [content_id, copies] : bodies_) {
    top_.Add(copies.first);
    for (FacetCounter& facet : facets_) facet.Add(copies.first.doc);
  }
  has_more_ = top_.has_more();
  const std::vector<RankedDoc> top = top_.Take();
  std::vector<Hit> page;
  page.reserve(top.size());
  for (const RankedDoc& ranked : top) {
    page.push_back({ranked, collapses_ ? bodies_[docs_.content_id(ranked.doc)].count : 1});
  }
  return page;
}

uint64_t HitCollector::total() const {
  if (collapses_) return bodies_.size();
  return passed_over_ ? max_exact_ : total_;
}

std::vector<Facet> HitCollector::Facets() const {
  std::vector<Facet> facets;
  facets.reserve(facets_.size());
  for (const FacetCounter& facet : facets_) facets.push_back(facet.Finish(query_.max_facet_values));
  return facets;
}

}  // namespace gisa
