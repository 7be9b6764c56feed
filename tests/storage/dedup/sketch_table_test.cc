#include "storage/dedup/sketch_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "storage/dedup/hash_chunk.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Docs = std::vector<uint32_t>;

Docs Find(const SketchTable& table, uint64_t hash, bool* is_complete = nullptr) {
  Docs docs;
  const bool complete = table.Find(hash, [&docs](uint32_t doc) { docs.push_back(doc); });
  if (is_complete != nullptr) *is_complete = complete;
  return docs;
}

TEST(SketchTableTest, AnEmptyTableHasNothing) {
  const SketchTable table(7);
  EXPECT_THAT(Find(table, 0), IsEmpty());
  EXPECT_THAT(table.SortedEntries(), IsEmpty());
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
  EXPECT_THAT(table.fingerprint_counts(), ElementsAre(1, 0, 0, 0));
}

TEST(SketchTableTest, AHashOfTooManyDocumentsIsCutOffAndSaysSo) {
  SketchTable table(1);
  for (uint32_t doc = 1; doc <= 10'000; ++doc) table.Add(doc, {{uint64_t{5} << 50}, {}});
  bool is_complete = true;
  EXPECT_EQ(Find(table, uint64_t{5} << 50, &is_complete).size(), SketchTable::kMaxDocsOfHash);
  EXPECT_FALSE(is_complete);
  EXPECT_EQ(table.entries(), SketchTable::kMaxDocsOfHash);
}

TEST(SketchTableTest, AgreesWithAMapInMemoryAndAsChunks) {
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
  std::map<uint32_t, std::string> chunks;
  const std::vector<uint64_t> entries = table.SortedEntries();
  ASSERT_TRUE(std::is_sorted(entries.begin(), entries.end()));
  for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    while (end < entries.size() && BucketOf(entries[end]) == BucketOf(entries[begin])) ++end;
    chunks[BucketOf(entries[begin])] = EncodeHashChunk(absl::MakeConstSpan(entries).subspan(begin, end - begin));
  }
  for (const auto& [hash, docs] : expected) {
    Docs found = Find(table, hash);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, Docs(docs.begin(), docs.end()));
    const std::string& chunk = chunks[BucketOf(hash)];
    ASSERT_TRUE(IsHashChunk(chunk));
    Docs stored;
    EXPECT_TRUE(FindInHashChunk(chunk, hash, [&stored](uint32_t offset) { stored.push_back(1000 + offset); }));
    EXPECT_EQ(stored, Docs(docs.begin(), docs.end()));
    EXPECT_TRUE(FindInHashChunk(chunk, hash ^ uint64_t{1} << 30, [](uint32_t) { ADD_FAILURE(); }));
  }
}

TEST(HashChunkTest, NoOtherSizeIsAChunk) {
  EXPECT_TRUE(IsHashChunk(""));
  EXPECT_FALSE(IsHashChunk("abc"));
  EXPECT_TRUE(FindInHashChunk("", 1, [](uint32_t) { ADD_FAILURE(); }));
}

}  // namespace
}  // namespace gisa
