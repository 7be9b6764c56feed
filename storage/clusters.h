#ifndef GISA_STORAGE_CLUSTERS_H_
#define GISA_STORAGE_CLUSTERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "absl/time/time.h"
#include "storage/article.h"

namespace gisa {

// Groups of copies. Two articles are in one cluster when their current bodies are the same, or at least
// kClusterSimilarity alike (NEAR, docs/near_duplicates.md), or when a chain of such articles joins them. A body that
// only contains another does not join it. Bodies too short to be compared are in none.
inline constexpr double kClusterSimilarity = 0.8;

enum class ClusterOrder {
  kSize,    // most articles first
  kNewest,  // the last published first
};

// What a cluster is listed by. Those of one moment are all different in `root`.
struct ClusterRank {
  uint64_t size = 0;  // articles
  // When the last of them was published, in microseconds; the least number when none says.
  int64_t last_published = 0;
  uint64_t root = 0;  // names the cluster: the least of the numbers of its bodies

  // Of equal size the newer is first, of equal time the larger, then the one that was stored later.
  bool IsBefore(const ClusterRank& other, ClusterOrder order) const {
    return order == ClusterOrder::kSize
               ? std::tie(size, last_published, root) > std::tie(other.size, other.last_published, other.root)
               : std::tie(last_published, size, root) > std::tie(other.last_published, other.size, other.root);
  }
};

// Where a list stands. A plain value, to go on after: nothing is held for it.
struct ClusterCursor {
  uint64_t as_of_sequence = 0;  // the first page's moment, by which all are listed
  ClusterRank last;             // as it was at that moment
};

struct ClusterQuery {
  size_t min_size = 2;                             // articles
  std::optional<absl::Time> since = std::nullopt;  // only with an article published then or later
  ClusterOrder order = ClusterOrder::kSize;
  size_t limit = 20;
  size_t max_members = 10;
  // Go on after this one; nullopt for the first page.
  std::optional<ClusterCursor> after = std::nullopt;
};

struct Cluster {
  // Without bodies, at most max_members: the canonical one first, then in the order of published_at, those without
  // last. Canonical is the one that first brought the body which, of those in the cluster, was stored first.
  std::vector<StoredArticle> members;
  uint64_t size = 0;    // articles in all
  uint64_t bodies = 0;  // different ones
  std::optional<absl::Time> first_published_at;
  std::optional<absl::Time> last_published_at;
  // Nothing that may belong to it was left out for being too much to compare.
  bool is_complete = true;
};

struct ClusterPage {
  std::vector<Cluster> clusters;
  uint64_t total = 0;  // clusters in the list
  // No article outside of the clusters was left uncompared for being too much to compare.
  bool is_complete = true;
  std::optional<ClusterCursor> next;  // nullopt at the end
};

}  // namespace gisa

#endif  // GISA_STORAGE_CLUSTERS_H_
