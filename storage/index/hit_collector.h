#ifndef GISA_STORAGE_INDEX_HIT_COLLECTOR_H_
#define GISA_STORAGE_INDEX_HIT_COLLECTOR_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "storage/index/doc_table.h"
#include "storage/index/facet_counter.h"
#include "storage/index/rank_order.h"
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

  // `query` and `docs` outlive this. `after` is where the page before ended.
  HitCollector(const SearchQuery& query, const DocTable& docs, std::optional<RankedPlace> after);

  void Add(const RankedDoc& hit);

  // Whether a document of this rank or a lower one would not be on the page. It still has to be counted, by Skip in
  // place of Add, if it matches, unless NeedsNoCount.
  bool CanSkip(int64_t rank) const { return !collapses_ && top_.CanSkip(rank); }
  void Skip(DocId doc);

  // Adds what `other`, of the same query and page, was given of other documents.
  void Join(const HitCollector& other);

  // Whether it no longer matters how many hits there are below the page: those that CanSkip says may be passed over
  // without a look whether they match.
  bool NeedsNoCount() const {
    return !collapses_ && facets_.empty() && total_ > max_exact_ && top_.has_more() && min_rank().has_value();
  }
  // The rank below which nothing matters then.
  std::optional<int64_t> min_rank() const { return top_.min_rank(); }

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

  void AddCopies(uint64_t content_id, const RankedDoc& first, uint64_t count);

  const SearchQuery& query_;
  const DocTable& docs_;
  const RankOrder order_;
  const bool collapses_;
  const uint64_t max_exact_;
  TopDocs top_;
  uint64_t total_ = 0;
  bool is_lower_bound_ = false;
  bool has_more_ = false;
  std::vector<FacetCounter> facets_;
  absl::flat_hash_map<uint64_t, Copies> bodies_;  // by content id; only when they are collapsed
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_HIT_COLLECTOR_H_
