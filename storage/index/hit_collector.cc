#include "storage/index/hit_collector.h"

#include <utility>

namespace gisa {
namespace {

// What threads write in one place they take from each other.
constexpr uint64_t kHitsPerTelling = 64;

}  // namespace

HitCollector::HitCollector(const SearchQuery& query, const DocTable& docs, std::optional<RankedPlace> after,
                           SharedHits* shared)
    : query_(query),
      docs_(docs),
      order_(docs),
      collapses_(query.collapse_duplicates),
      max_exact_(query.max_exact_hits),
      shared_(shared),
      top_(docs, query.limit, std::move(after)) {
  if (query.after.has_value()) return;
  for (const FacetField field : query.facets) facets_.emplace_back(docs, field);
}

void HitCollector::Add(const RankedDoc& hit) {
  if (!collapses_) {
    top_.Add(hit);
    ++total_;
    for (FacetCounter& facet : facets_) facet.Add(hit.doc);
    Tell();
    return;
  }
  AddCopies(docs_.content_id(hit.doc), hit, 1);
}

void HitCollector::AddCopies(uint64_t content_id, const RankedDoc& first, uint64_t count) {
  Copies& copies = bodies_[content_id];
  if (copies.count == 0 || order_.Before(first, copies.first)) copies.first = first;
  copies.count += count;
}

void HitCollector::Skip(DocId doc) {
  top_.Skip();
  ++total_;
  for (FacetCounter& facet : facets_) facet.Add(doc);
  Tell();
}

void HitCollector::Tell() {
  if (shared_ == nullptr) return;
  if (total_ - told_ >= kHitsPerTelling) shared_->Count(total_ - std::exchange(told_, total_));
  const int64_t min_rank = top_.min_rank().value_or(kLeastRank);
  if (top_.has_more() && min_rank > shared_->min_rank()) shared_->RaiseMinRank(min_rank);
}

void HitCollector::Join(const HitCollector& other) {
  top_.Join(other.top_);
  total_ += other.total_;
  for (size_t i = 0; i < facets_.size(); ++i) facets_[i].Join(other.facets_[i]);
  for (const auto& [content_id, copies] : other.bodies_) AddCopies(content_id, copies.first, copies.count);
}

std::vector<HitCollector::Hit> HitCollector::TakePage() {
  // Decided by the hits alone, not by when in the search there were so many.
  is_lower_bound_ = NeedsNoCount();
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
  return is_lower_bound_ ? max_exact_ : total_;
}

std::vector<Facet> HitCollector::Facets() const {
  std::vector<Facet> facets;
  facets.reserve(facets_.size());
  for (const FacetCounter& facet : facets_) facets.push_back(facet.Finish(query_.max_facet_values));
  return facets;
}

}  // namespace gisa
