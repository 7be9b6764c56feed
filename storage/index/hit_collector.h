#ifndef GISA_STORAGE_INDEX_HIT_COLLECTOR_H_
#define GISA_STORAGE_INDEX_HIT_COLLECTOR_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "storage/index/doc_table.h"
#include "storage/index/facet_counter.h"
#include "storage/index/rank_order.h"
#include "storage/index/shared_hits.h"
#include "storage/index/top_docs.h"
#include "storage/search.h"

namespace gisa {

// Takes the hits of a query as they are found, in any order, and makes a page of them.
class HitCollector {
 public:
  struct Hit {
    RankedDoc ranked;
    uint64_t copies = 1;
  };

  // `query` and `docs` outlive this. `after` is where the page before ended. `shared`, unless it is null, is what other
  // threads, each with a collector to be joined with this one, have found.
  HitCollector(const SearchQuery& query, const DocTable& docs, std::optional<RankedPlace> after,
               SharedHits* shared = nullptr);

  void Add(const RankedDoc& hit);

  // Whether a document of this rank or a lower one would not be on the page. It still has to be counted, by Skip in
  // place of Add, if it matches, unless NeedsNoCount.
  bool CanSkip(int64_t rank) const {
    return !collapses_ && (top_.CanSkip(rank) || (shared_ != nullptr && rank < shared_->min_rank()));
  }
  void Skip(DocId doc);

  // Adds what `other`, of the same query and page, was given of other documents.
  void Join(const HitCollector& other);

  // Whether it no longer matters how many hits there are below the page: those that CanSkip says may be passed over
  // without a look whether they match.
  bool NeedsNoCount() const {
    if (collapses_ || !facets_.empty()) return false;
    if (shared_ != nullptr) return shared_->total() > max_exact_ && shared_->min_rank() > kLeastRank;
    return total_ > max_exact_ && top_.has_more() && top_.min_rank().has_value();
  }
  // No document of a lower rank is on the page.
  int64_t min_rank() const {
    const int64_t of_these = top_.min_rank().value_or(kLeastRank);
    return shared_ == nullptr ? of_these : std::max(of_these, shared_->min_rank());
  }

  // After the last hit. The page must be taken before anything is asked.
  std::vector<Hit> TakePage();
  bool has_more() const { return has_more_; }
  uint64_t total() const;
  bool total_is_lower_bound() const { return is_lower_bound_; }
  std::vector<Facet> Facets() const;

 private:
  // The hits with one body.
  struct Copies {
    RankedDoc first;
    uint64_t count = 0;
  };

  // Tells the others of the hits so far: how many, not at once, and how high they rank.
  void Tell();
  void AddCopies(uint64_t content_id, const RankedDoc& first, uint64_t count);

  const SearchQuery& query_;
  const DocTable& docs_;
  const RankOrder order_;
  const bool collapses_;
  const uint64_t max_exact_;
  SharedHits* const shared_;
  TopDocs top_;
  uint64_t total_ = 0;
  uint64_t told_ = 0;  // of total_
  bool is_lower_bound_ = false;
  bool has_more_ = false;
  std::vector<FacetCounter> facets_;
  absl::flat_hash_map<uint64_t, Copies> bodies_;  // by content id; only when they are collapsed
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_HIT_COLLECTOR_H_
