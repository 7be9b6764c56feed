#include "storage/dedup/cluster_snapshot.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace gisa {

ClusterSnapshot::ClusterSnapshot(const ClusterGraph& graph, uint64_t as_of)
    : graph_(graph), as_of_(as_of), joined_(graph.bodies().size()) {
  // By the body's place, then by that of the cluster.
  std::vector<ClusterFacts> facts(graph.bodies().size());
  for (ClusterFacts& of_body : facts) of_body.rank.last_published = ClusterGraph::kNoTime;
  for (const ClusterGraph::Member& member : graph.members()) {
    if (!IsMember(member)) continue;
    ClusterFacts& of_body = facts[graph.IndexOf(member.body)];
    ++of_body.rank.size;
    if (member.published == ClusterGraph::kNoTime) continue;
    of_body.rank.last_published = std::max(of_body.rank.last_published, member.published);
    of_body.first_published = std::min(of_body.first_published, member.published);
  }
  for (const ClusterGraph::Pair& pair : graph.pairs()) {
    if (facts[pair.a].rank.size > 0 && facts[pair.b].rank.size > 0) joined_.Unite(pair.a, pair.b);
  }
  for (uint32_t i = 0; i < facts.size(); ++i) {
    ClusterFacts& of_body = facts[i];
    if (of_body.rank.size == 0) continue;
    const ClusterGraph::Body& body = graph.bodies()[i];
    ClusterFacts& whole = facts[joined_.Find(i)];
    ++whole.bodies;
    whole.is_complete &= !body.is_incomplete;
    whole.rank.root = whole.bodies == 1 ? body.body : std::min<uint64_t>(whole.rank.root, body.body);
    if (&whole == &of_body) continue;
    whole.rank.size += of_body.rank.size;
    whole.rank.last_published = std::max(whole.rank.last_published, of_body.rank.last_published);
    whole.first_published = std::min(whole.first_published, of_body.first_published);
  }
  for (uint32_t i = 0; i < facts.size(); ++i) {
    if (joined_.Find(i) == i && facts[i].rank.size >= 2) clusters_.push_back(facts[i]);
  }
}

std::vector<std::vector<ClusterGraph::Member>> ClusterSnapshot::CurrentMembers(absl::Span<const uint64_t> roots) {
  absl::flat_hash_map<uint32_t, size_t> wanted;
  for (size_t i = 0; i < roots.size(); ++i) {
    wanted[joined_.Find(static_cast<uint32_t>(graph_.IndexOf(static_cast<uint32_t>(roots[i]))))] = i;
  }
  std::vector<std::vector<ClusterGraph::Member>> members(roots.size());
  for (const ClusterGraph::Member& member : graph_.members()) {
    if (!IsMember(member) || member.gone_at != 0) continue;
    const auto found = wanted.find(joined_.Find(static_cast<uint32_t>(graph_.IndexOf(member.body))));
    if (found != wanted.end()) members[found->second].push_back(member);
  }
  return members;
}

}  // namespace gisa
