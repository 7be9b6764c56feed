#include "storage/dedup/cluster_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "storage/dedup/cluster_snapshot.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A document that brought its own body, published at its number.
void AddBringer(uint32_t doc, ClusterGraph& graph) { graph.AddMember(doc, doc, doc); }

// The sizes of the clusters after a change, largest first.
std::vector<uint64_t> Sizes(const ClusterGraph& graph, uint64_t as_of) {
  const ClusterSnapshot snapshot(graph, as_of);
  std::vector<uint64_t> sizes;
  for (const ClusterFacts& cluster : snapshot.clusters()) sizes.push_back(cluster.rank.size);
  std::sort(sizes.rbegin(), sizes.rend());
  return sizes;
}

// 1 - 2 - 3 - 4, a pair each.
ClusterGraph Chain() {
  ClusterGraph graph;
  for (uint32_t doc = 1; doc <= 4; ++doc) AddBringer(doc, graph);
  for (uint32_t doc = 2; doc <= 4; ++doc) graph.AddPair(doc - 1, doc);
  return graph;
}

TEST(ClusterGraphTest, PairsJoin) {
  ClusterGraph graph = Chain();
  EXPECT_TRUE(graph.AreJoined(1, 4));
  EXPECT_FALSE(graph.AreJoined(1, 5));
  AddBringer(5, graph);
  EXPECT_FALSE(graph.AreJoined(1, 5));
  EXPECT_THAT(Sizes(graph, 5), ElementsAre(4));
}

TEST(ClusterGraphTest, DocumentsOfOneBodyNeedNoPair) {
  ClusterGraph graph;
  AddBringer(1, graph);
  graph.AddMember(7, 1, ClusterGraph::kNoTime);
  graph.AddMember(7, 3, 0);  // is one already
  EXPECT_EQ(graph.BodyOf(7), 1u);
  EXPECT_EQ(graph.BodyOf(8), std::nullopt);
  ClusterSnapshot snapshot(graph, 7);
  ASSERT_EQ(snapshot.clusters().size(), 1u);
  const ClusterFacts& cluster = snapshot.clusters()[0];
  EXPECT_EQ(cluster.rank.size, 2u);
  EXPECT_EQ(cluster.bodies, 1u);
  EXPECT_EQ(cluster.rank.root, 1u);
  EXPECT_EQ(cluster.first_published, 1);
  EXPECT_EQ(cluster.rank.last_published, 1);
}

TEST(ClusterGraphTest, WhatGoesTearsItsClusterAndNoOther) {
  ClusterGraph graph = Chain();
  for (uint32_t doc = 11; doc <= 13; ++doc) AddBringer(doc, graph);
  graph.AddPair(11, 12);
  graph.AddPair(11, 13);
  graph.Remove(2, 20);   // in the middle
  graph.Remove(13, 21);  // at the end
  EXPECT_TRUE(graph.AreJoined(1, 4));
  EXPECT_THAT(graph.Settle(), ElementsAre(ElementsAre(1, 3, 4)));
  EXPECT_FALSE(graph.AreJoined(1, 4));
  EXPECT_TRUE(graph.AreJoined(3, 4));
  EXPECT_THAT(graph.Settle(), IsEmpty());
  EXPECT_THAT(Sizes(graph, 21), ElementsAre(2, 2));
}

TEST(ClusterGraphTest, ABodyStaysWhileADocumentHasIt) {
  ClusterGraph graph = Chain();
  graph.AddMember(9, 2, 0);
  graph.Remove(2, 9);
  graph.Remove(2, 10);  // is gone already
  EXPECT_TRUE(graph.IsGone(2));
  EXPECT_THAT(graph.Settle(), IsEmpty());
  EXPECT_THAT(Sizes(graph, 10), ElementsAre(4));
}

TEST(ClusterGraphTest, ABodyThatComesBackIsJoinedAsBefore) {
  ClusterGraph graph = Chain();
  graph.Remove(2, 5);
  graph.Settle();
  graph.AddMember(6, 2, 0);
  EXPECT_THAT(Sizes(graph, 5), ElementsAre(2));
  EXPECT_THAT(Sizes(graph, 6), ElementsAre(4));
}

TEST(ClusterGraphTest, AnyMomentCanBeTold) {
  ClusterGraph graph = Chain();
  graph.Remove(3, 8);
  graph.Settle();
  AddBringer(9, graph);
  graph.AddPair(9, 1);
  EXPECT_THAT(Sizes(graph, 1), IsEmpty());
  EXPECT_THAT(Sizes(graph, 2), ElementsAre(2));
  EXPECT_THAT(Sizes(graph, 7), ElementsAre(4));
  EXPECT_THAT(Sizes(graph, 8), ElementsAre(2));
  EXPECT_THAT(Sizes(graph, 9), ElementsAre(3));
  // Of that moment, what is left.
  ClusterSnapshot snapshot(graph, 7);
  std::vector<uint32_t> docs;
  const auto members = snapshot.CurrentMembers({1});
  for (const ClusterGraph::Member& member : members[0]) docs.push_back(member.doc);
  EXPECT_THAT(docs, ElementsAre(1, 2, 4));
}

TEST(ClusterGraphTest, WhatMayLackSomethingSaysSo) {
  ClusterGraph graph = Chain();
  graph.MarkIncomplete(3);
  graph.MarkIncomplete(99);
  EXPECT_FALSE(ClusterSnapshot(graph, 4).clusters()[0].is_complete);
  EXPECT_TRUE(ClusterSnapshot(graph, 2).clusters()[0].is_complete);
}

}  // namespace
}  // namespace gisa
