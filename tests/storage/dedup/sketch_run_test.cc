#include "storage/dedup/sketch_run.h"

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

constexpr uint32_t kFirstDoc = 1000;
constexpr int kHashShift = 64 - RunEntry::kHashBits;

std::string Encode(const std::vector<uint64_t>& entries, uint32_t span) {
  std::string bytes;
  SketchRunEncoder encoder(kFirstDoc, span, entries.size(), &bytes);
  for (const uint64_t entry : entries) encoder.Add(entry);
  for (uint32_t offset = 0; offset < span; ++offset) encoder.AddDocument(offset % 256, std::string(offset % 5, 'x'));
  encoder.Finish();
  return bytes;
}

Docs Find(const SketchRun& run, uint64_t hash, uint32_t remaining = kMaxDocsOfHash, uint64_t limit = UINT64_MAX) {
  Docs docs;
  const uint32_t wanted = remaining;
  run.Find({&hash, 1}, limit, {&remaining, 1},
           [&docs](size_t, absl::Span<const uint32_t> found) { docs.assign(found.begin(), found.end()); });
  EXPECT_EQ(docs.size() + remaining, wanted);
  return docs;
}

TEST(SketchRunTest, AnEmptyRunHasNothing) {
  const std::string bytes = Encode({}, 0);
  const auto run = SketchRun::Parse(bytes);
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->entries(), 0u);
  EXPECT_THAT(Find(*run, 0), IsEmpty());
  EXPECT_TRUE(SketchRun::Cursor(*run).done());
}

TEST(SketchRunTest, TheNewestDocumentsComeFirstAndNoneFromTheLimitOn) {
  const uint64_t hash = uint64_t{7} << 60;
  std::vector<uint64_t> entries;
  for (uint32_t offset = 0; offset < 10; ++offset) entries.push_back(RunEntry::Make(RunEntry::HashBits(hash), offset));
  const std::string bytes = Encode(entries, 10);
  const auto run = SketchRun::Parse(bytes);
  ASSERT_TRUE(run.has_value());
  EXPECT_THAT(Find(*run, hash, 3), ElementsAre(1009, 1008, 1007));
  EXPECT_THAT(Find(*run, hash, 100, 1002), ElementsAre(1001, 1000));
  EXPECT_THAT(Find(*run, hash, 0), IsEmpty());
  EXPECT_THAT(Find(*run, hash ^ uint64_t{1} << kHashShift), IsEmpty());
}

TEST(SketchRunTest, AHashMayHaveManyDocuments) {
  std::vector<uint64_t> entries;
  for (uint32_t offset = 0; offset < 1000; ++offset) entries.push_back(RunEntry::Make(5, offset));
  entries.push_back(RunEntry::Make(6, 999));
  const std::string bytes = Encode(entries, 1000);
  const auto run = SketchRun::Parse(bytes);
  ASSERT_TRUE(run.has_value());
  EXPECT_THAT(Find(*run, uint64_t{5} << kHashShift, 2), ElementsAre(1999, 1998));
  EXPECT_THAT(Find(*run, uint64_t{5} << kHashShift, 2000), SizeIs(1000));
  EXPECT_THAT(Find(*run, uint64_t{6} << kHashShift), ElementsAre(1999));
}

TEST(SketchRunTest, ADocumentHasItsCountAndItsSample) {
  const std::string bytes = Encode({}, 300);
  const auto run = SketchRun::Parse(bytes);
  ASSERT_TRUE(run.has_value());
  for (uint32_t offset = 0; offset < 300; ++offset) {
    EXPECT_EQ(run->FingerprintsOf(kFirstDoc + offset), offset % 256);
    EXPECT_EQ(run->SampleOf(kFirstDoc + offset), std::string(offset % 5, 'x'));
  }
}

TEST(SketchRunTest, AgreesWithAMap) {
  std::mt19937_64 random(1);
  for (const uint32_t span : {1u, 200u, 5000u, 1u << 20}) {
    std::map<uint64_t, std::set<uint32_t>> expected;
    std::set<uint64_t> entries;
    for (int i = 0; i < 5000; ++i) {
      // Half of the hashes are near others.
      const uint64_t bits = i % 2 == 0 ? random() >> kHashShift : random() % 1000;
      const auto offset = static_cast<uint32_t>(random() % span);
      expected[bits].insert(kFirstDoc + offset);
      entries.insert(RunEntry::Make(bits, offset));
    }
    const std::string bytes = Encode({entries.begin(), entries.end()}, span);
    const auto run = SketchRun::Parse(bytes);
    ASSERT_TRUE(run.has_value());
    EXPECT_EQ(run->first_doc(), kFirstDoc);
    EXPECT_EQ(run->span(), span);
    ASSERT_EQ(run->entries(), entries.size());
    SketchRun::Cursor cursor(*run);
    for (const uint64_t entry : entries) {
      ASSERT_FALSE(cursor.done());
      ASSERT_EQ(cursor.entry(), entry);
      cursor.Next();
    }
    EXPECT_TRUE(cursor.done());
    // All at once, in blocks of the look-ahead.
    std::vector<uint64_t> hashes;
    for (const auto& [bits, docs] : expected) hashes.push_back(bits << kHashShift | random() % 1000);
    std::vector<uint32_t> remaining(hashes.size(), kMaxDocsOfHash);
    std::vector<Docs> found(hashes.size());
    run->Find(hashes, UINT64_MAX, absl::MakeSpan(remaining),
              [&found](size_t i, absl::Span<const uint32_t> docs) { found[i].assign(docs.begin(), docs.end()); });
    size_t i = 0;
    for (const auto& [bits, docs] : expected) EXPECT_EQ(found[i++], Docs(docs.rbegin(), docs.rend()));
  }
}

TEST(SketchRunTest, BytesOfAnotherSizeAreNoRun) {
  const std::string bytes = Encode({RunEntry::Make(5, 1), RunEntry::Make(6, 2)}, 3);
  ASSERT_TRUE(SketchRun::Parse(bytes).has_value());
  EXPECT_FALSE(SketchRun::Parse("").has_value());
  EXPECT_FALSE(SketchRun::Parse(bytes.substr(1)).has_value());
  EXPECT_FALSE(SketchRun::Parse(bytes.substr(0, bytes.size() - 1)).has_value());
  std::string other = bytes;
  other.back() = 'x';
  EXPECT_FALSE(SketchRun::Parse(other).has_value());
}

}  // namespace
}  // namespace gisa
