#ifndef GISA_STORAGE_DEDUP_CLUSTER_GRAPH_H_
#define GISA_STORAGE_DEDUP_CLUSTER_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "storage/dedup/union_find.h"

namespace gisa {

// Of the bodies that are like another or that several documents have: which documents have them, and enough pairs of
// like bodies to join all that belong together. Documents and bodies are named by the sequences of the changes that
// brought them.
//
// It also knows what has been: a document that is gone is kept with the moment it went, so that the clusters of any
// moment since the graph was begun can be told. Pairs are never taken away; a body that no document has joins nothing.
// About 50 bytes a document.
//
// Thread-compatible.
class ClusterGraph {
 public:
  static constexpr int64_t kNoTime = std::numeric_limits<int64_t>::min();

  struct Member {
    uint32_t doc = 0;
    uint32_t body = 0;
    uint32_t gone_at = 0;  // the change that replaced or deleted it; 0 while it is current
    int64_t published = kNoTime;
  };
  struct Pair {
    uint32_t a = 0;
    uint32_t b = 0;
  };

  // No effect when the document is one already.
  void AddMember(uint32_t doc, uint32_t body, int64_t published);

  // A change takes the document away; no effect when it is no member, or gone.
  void Remove(uint32_t doc, uint32_t gone_at);

  // Two bodies, both of members, are alike.
  void AddPair(uint32_t body_a, uint32_t body_b);

  // The body was not compared with all that it may be like; no effect when no member has it.
  void MarkIncomplete(uint32_t body);

  bool HasBody(uint32_t body) const { return nodes_by_body_.contains(body); }
  // The body of a member, gone or not; nullopt of any other document.
  std::optional<uint32_t> BodyOf(uint32_t doc) const;
  // Whether it was a member and is no longer current.
  bool IsGone(uint32_t doc) const;
  // Whether a chain of pairs joins two bodies. A chain through bodies that have lost their last member since Settle
  // counts too. False when one is of no member.
  bool AreJoined(uint32_t body_a, uint32_t body_b);

  // Forgets the chains through bodies without a member. Returns the bodies, in order, of each cluster that has come
  // apart by that, or may have: they are to be compared with one another again.
  std::vector<std::vector<uint32_t>> Settle();

  // In the order in which they came; `gone_at` of them may change.
  const std::vector<Member>& members() const { return members_; }
  const std::vector<Pair>& pairs() const { return pairs_; }
  // In the order in which they came first.
  struct Body {
    uint32_t body = 0;
    uint32_t members = 0;  // that are current
    bool is_incomplete = false;
  };
  const std::vector<Body>& bodies() const { return nodes_; }
  // The place of a body, which a member has or had, among bodies().
  size_t IndexOf(uint32_t body) const { return nodes_by_body_.find(body)->second; }

 private:
  UnionFind JoinCurrent() const;

  std::vector<Member> members_;
  std::vector<Body> nodes_;
  std::vector<Pair> pairs_;  // of places among nodes_
  absl::flat_hash_map<uint32_t, uint32_t> members_by_doc_;
  absl::flat_hash_map<uint32_t, uint32_t> nodes_by_body_;
  UnionFind joined_;
  std::vector<uint32_t> emptied_;  // nodes that have lost their last member since Settle
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_CLUSTER_GRAPH_H_
