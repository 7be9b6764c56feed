#include "storage/leveldb/cluster_reader.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include "storage/base/status_macros.h"

namespace gisa {
namespace {

using Member = ClusterGraph::Member;

// Those without a time last.
bool IsEarlier(const Member& a, const Member& b) {
  const auto time = [](const Member& member) {
    return member.published == ClusterGraph::kNoTime ? std::numeric_limits<int64_t>::max() : member.published;
  };
  return std::tuple(time(a), a.doc) < std::tuple(time(b), b.doc);
}

void AddTimes(const std::vector<Member>& members, Cluster* cluster) {
  for (const Member& member : members) {
    if (member.published == ClusterGraph::kNoTime) continue;
    const absl::Time time = absl::FromUnixMicros(member.published);
    cluster->first_published_at = std::min(cluster->first_published_at.value_or(time), time);
    cluster->last_published_at = std::max(cluster->last_published_at.value_or(time), time);
  }
}

void AddMember(StoredArticle article, Cluster* cluster) {
  article.article.body.clear();
  cluster->members.push_back(std::move(article));
}

// The canonical article of the body that was stored first; nullopt when it has just gone.
absl::StatusOr<std::optional<StoredArticle>> ReadCanonical(const RecordReader& reader,
                                                           const std::vector<Member>& members) {
  const Member first = *std::min_element(members.begin(), members.end(), [](const Member& a, const Member& b) {
    return std::tuple(a.body, a.doc) < std::tuple(b.body, b.doc);
  });
  ASSIGN_OR_RETURN(std::optional<StoredArticle> article, reader.GetDocument(first.doc, View::kBasic));
  if (!article.has_value() || article->canonical == article->article.key) return article;
  // Who brought the body may have another one by now.
  absl::StatusOr<StoredArticle> canonical = reader.Get(article->canonical, 0, View::kBasic);
  RETURN_IF_ERROR(canonical.status());
  if (canonical->content_hash == article->content_hash) article = *std::move(canonical);
  return article;
}

}  // namespace

absl::StatusOr<Cluster> ReadCluster(const RecordReader& reader, std::vector<Member> members, size_t max_members) {
  Cluster cluster;
  cluster.size = members.size();
  AddTimes(members, &cluster);
  std::vector<uint32_t> bodies;
  bodies.reserve(members.size());
  for (const Member& member : members) bodies.push_back(member.body);
  std::sort(bodies.begin(), bodies.end());
  cluster.bodies = static_cast<uint64_t>(std::unique(bodies.begin(), bodies.end()) - bodies.begin());

  ASSIGN_OR_RETURN(std::optional<StoredArticle> canonical, ReadCanonical(reader, members));
  const uint64_t shown = canonical.has_value() ? canonical->sequence : 0;
  if (canonical.has_value()) AddMember(*std::move(canonical), &cluster);
  // One more, for the canonical one is among them.
  const size_t sorted = std::min(members.size(), max_members + 1);
  std::partial_sort(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(sorted), members.end(), IsEarlier);
  for (size_t i = 0; i < sorted && cluster.members.size() < max_members; ++i) {
    if (members[i].doc == shown) continue;
    ASSIGN_OR_RETURN(std::optional<StoredArticle> article, reader.GetDocument(members[i].doc, View::kBasic));
    if (article.has_value()) AddMember(*std::move(article), &cluster);
  }
  return cluster;
}

}  // namespace gisa
