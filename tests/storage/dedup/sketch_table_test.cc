#include "storage/dedup/sketch_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Docs = std::vector<uint32_t>;

Docs Find(const SketchTable& table, uint64_t hash, uint32_t remaining = kMaxDocsOfHash, uint64_t limit = UINT64_MAX) {
  Docs docs;
  const uint32_t wanted = remaining;
  table.Find(hash, limit, remaining, [&docs](uint32_t doc) { docs.push_back(doc); });
  EXPECT_EQ(docs.size() + remaining, wanted);
  return docs;
}

TEST(SketchTableTest, AnEmptyTableHasNothing) {
  const SketchTable table(7);
  EXPECT_THAT(Find(table, 0), IsEmpty());
  EXPECT_THAT(table.Entries(), IsEmpty());
}

TEST(SketchTableTest, FindsTheDocumentsOfAHash) {
  SketchTable table(100);
  table.Add(100, {{uint64_t{1} << 60}, {uint64_t{2} << 60}});
  table.Add(103, {{uint64_t{2} << 60}, {}});
  EXPECT_THAT(Find(table, uint64_t{1} << 60), ElementsAre(100));
  EXPECT_THAT(Find(table, uint64_t{2} << 60), ElementsAre(100, 103));
  EXPECT_THAT(Find(table, uint64_t{3} << 60), IsEmpty());
  EXPECT_EQ(table.documents(), 2u);
  EXPECT_EQ(table.entries(), 3u);
  EXPECT_EQ(table.span(), 4u);
  EXPECT_EQ(table.FingerprintsOf(100), 1u);
  EXPECT_EQ(table.FingerprintsOf(102), 0u);
}

TEST(SketchTableTest, KeepsTheSampleOfEachDocument) {
  SketchTable table(100);
  const ShingleSample sample = {1, 2, 3};
  table.Add(101, {{1}, {}, sample});
  table.Add(103, {{2}, {}, {4}});
  std::string stored;
  AppendStoredSample(sample, stored);
  EXPECT_EQ(table.SampleOf(100), "");
  EXPECT_EQ(table.SampleOf(101), stored);
  EXPECT_EQ(table.SampleOf(102), "");
  EXPECT_NE(table.SampleOf(103), stored);
}

TEST(SketchTableTest, FindsNoMoreThanAreWantedAndNoneFromTheLimitOn) {
  SketchTable table(1);
  for (uint32_t doc = 1; doc <= 10; ++doc) table.Add(doc, {{uint64_t{5} << 50}, {}});
  EXPECT_EQ(Find(table, uint64_t{5} << 50, 3).size(), 3u);
  EXPECT_EQ(Find(table, uint64_t{5} << 50, 0).size(), 0u);
  EXPECT_THAT(Find(table, uint64_t{5} << 50, 100, 4), ElementsAre(1, 2, 3));
}

TEST(SketchTableTest, OfAHashSomeDocumentsAreKept) {
  SketchTable table(1);
  for (uint32_t doc = 1; doc <= 10'000; ++doc) table.Add(doc, {{uint64_t{5} << 50}, {}});
  EXPECT_EQ(Find(table, uint64_t{5} << 50).size(), kMaxDocsOfHash);
  EXPECT_EQ(table.entries(), kMaxDocsOfHash);
}

TEST(SketchTableTest, AgreesWithAMap) {
  std::mt19937_64 random(1);
  SketchTable table(1000);
  std::map<uint64_t, std::set<uint32_t>> expected;
  std::vector<uint64_t> hashes;
  for (uint32_t doc = 1000; doc < 3000; ++doc) {
    Sketch sketch;
    for (int i = 0; i < 5; ++i) {
      if (hashes.empty() || random() % 3 == 0) hashes.push_back(random());
      const uint64_t hash = hashes[random() % hashes.size()];
      if (!expected[hash].insert(doc).second) continue;
      (i < 2 ? sketch.bands : sketch.fingerprints).push_back(hash);
    }
    table.Add(doc, sketch);
  }
  EXPECT_THAT(table.Entries(), SizeIs(table.entries()));
  for (const auto& [hash, docs] : expected) {
    Docs found = Find(table, hash);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, Docs(docs.begin(), docs.end()));
  }
}

}  // namespace
}  // namespace gisa
