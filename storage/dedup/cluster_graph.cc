#include "storage/dedup/cluster_graph.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace gisa {

void ClusterGraph::AddMember(uint32_t doc, uint32_t body, int64_t published) {
  if (!members_by_doc_.try_emplace(doc, static_cast<uint32_t>(members_.size())).second) return;
  members_.push_back({doc, body, 0, published});
  const auto [node, is_new] = nodes_by_body_.try_emplace(body, static_cast<uint32_t>(nodes_.size()));
  if (is_new) {
    nodes_.push_back({body, 0, false});
    joined_.Resize(nodes_.size());
  }
  ++nodes_[node->second].members;
}

void ClusterGraph::Remove(uint32_t doc, uint32_t gone_at) {
  const auto found = members_by_doc_.find(doc);
  if (found == members_by_doc_.end()) return;
  Member& member = members_[found->second];
  if (member.gone_at != 0) return;
  member.gone_at = gone_at;
  const size_t node = IndexOf(member.body);
  if (--nodes_[node].members == 0) emptied_.push_back(static_cast<uint32_t>(node));
}

void ClusterGraph::AddPair(uint32_t body_a, uint32_t body_b) {
  const auto a = static_cast<uint32_t>(IndexOf(body_a));
  const auto b = static_cast<uint32_t>(IndexOf(body_b));
  pairs_.push_back({a, b});
  joined_.Unite(a, b);
}

void ClusterGraph::MarkIncomplete(uint32_t body) {
  const auto node = nodes_by_body_.find(body);
  if (node != nodes_by_body_.end()) nodes_[node->second].is_incomplete = true;
}

std::optional<uint32_t> ClusterGraph::BodyOf(uint32_t doc) const {
  const auto found = members_by_doc_.find(doc);
  if (found == members_by_doc_.end()) return std::nullopt;
  return members_[found->second].body;
}

bool ClusterGraph::IsGone(uint32_t doc) const {
  const auto found = members_by_doc_.find(doc);
  return found != members_by_doc_.end() && members_[found->second].gone_at != 0;
}

bool ClusterGraph::AreJoined(uint32_t body_a, uint32_t body_b) {
  const auto a = nodes_by_body_.find(body_a);
  const auto b = nodes_by_body_.find(body_b);
  if (a == nodes_by_body_.end() || b == nodes_by_body_.end()) return false;
  return joined_.Find(a->second) == joined_.Find(b->second);
}

UnionFind ClusterGraph::JoinCurrent() const {
  UnionFind joined(nodes_.size());
  for (const Pair& pair : pairs_) {
    if (nodes_[pair.a].members > 0 && nodes_[pair.b].members > 0) joined.Unite(pair.a, pair.b);
  }
  return joined;
}

std::vector<std::vector<uint32_t>> ClusterGraph::Settle() {
  if (emptied_.empty()) return {};
  absl::flat_hash_set<uint32_t> touched;
  for (const uint32_t node : emptied_) touched.insert(joined_.Find(node));
  UnionFind now = JoinCurrent();
  struct Cluster {
    std::vector<uint32_t> bodies;
    uint32_t root = 0;  // of the first
    bool is_torn = false;
  };
  absl::flat_hash_map<uint32_t, Cluster> clusters;
  for (uint32_t node = 0; node < nodes_.size(); ++node) {
    const uint32_t root = joined_.Find(node);
    if (nodes_[node].members == 0 || !touched.contains(root)) continue;
    Cluster& cluster = clusters[root];
    if (cluster.bodies.empty()) cluster.root = now.Find(node);
    cluster.is_torn |= now.Find(node) != cluster.root;
    cluster.bodies.push_back(nodes_[node].body);
  }
  joined_ = std::move(now);
  emptied_.clear();
  std::vector<std::vector<uint32_t>> torn;
  for (auto& [root, cluster] : clusters) {
    if (!cluster.is_torn) continue;
    std::sort(cluster.bodies.begin(), cluster.bodies.end());
    torn.push_back(std::move(cluster.bodies));
  }
  std::sort(torn.begin(), torn.end());
  return torn;
}

}  // namespace gisa
