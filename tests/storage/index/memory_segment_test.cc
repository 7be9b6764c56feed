#include "storage/index/memory_segment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/storage/index/segment_testing.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// The terms that hold a character, with how many postings and the character's place: '가나 1 kFirst'.
std::vector<std::string> TermsWith(const MemorySegment& segment, absl::string_view character) {
  std::vector<std::string> terms;
  for (const auto& [term, place, list] : segment.FindCharacter(character)) {
    const uint64_t postings = NewMemoryCursor(list, kEndDoc)->document_frequency();
    const char* const places[] = {"alone", "first", "second"};
    terms.push_back(absl::StrCat(term.substr(1), " ", postings, " ", places[static_cast<size_t>(place)]));
  }
  return terms;
}

// All terms that the segment gives, in its order.
std::vector<std::string> AllTerms(const MemorySegment& segment) {
  std::vector<std::string> terms;
  const absl::Status status = segment.ForEachTerm([&terms](absl::string_view term, absl::Span<const RunSlice>) {
    terms.emplace_back(term);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
  return terms;
}

TEST(MemorySegmentTest, ANewSegmentIsEmpty) {
  const MemorySegment segment;
  EXPECT_EQ(segment.documents(), 0u);
  EXPECT_TRUE(segment.Find("t가나").empty());
  EXPECT_THAT(segment.FindCharacter("t가"), IsEmpty());
  EXPECT_THAT(AllTerms(segment), IsEmpty());
}

TEST(MemorySegmentTest, WalksTheDocumentsOfATerm) {
  std::mt19937 rng(11);
  for (const size_t count : {1, 2, 3, 500, 2000}) {
    const ModelIndex index = {{"t가나", RandomPostings(&rng, count, 3, 5, 4)},
                              {"tkbs", RandomPostings(&rng, count, 1, 3, 2)}};
    const auto segment = SegmentOf(index);
    for (const auto& [term, model] : index) {
      const auto open = [&segment, term = term] { return NewMemoryCursor(segment->Find(term), kEndDoc); };
      ASSERT_NO_FATAL_FAILURE(ExpectWalks(open, model, &rng));
      EXPECT_EQ(open()->document_frequency(), count);
    }
  }
}

TEST(MemorySegmentTest, TakesMoreDocumentsAtATimeThanARunIsBuiltOf) {
  constexpr DocId kDocuments = kMaxBuiltDocuments + 2;
  AnalyzedDocument document;
  document.Add("t가나", MakeOccurrence(0, true, true));
  std::vector<MemorySegment::Addition> batch;
  for (DocId doc = 1; doc <= kDocuments; ++doc) batch.push_back({doc, &document});
  MemorySegment segment;
  segment.Add(batch);
  EXPECT_EQ(segment.documents(), kDocuments);
  const auto cursor = NewMemoryCursor(segment.Find("t가나"), kEndDoc);
  EXPECT_EQ(cursor->document_frequency(), kDocuments);
  EXPECT_EQ(cursor->Seek(kDocuments - 1), kDocuments - 1);
  EXPECT_EQ(cursor->Next(), kDocuments);
  EXPECT_EQ(cursor->Next(), kEndDoc);
}

TEST(MemorySegmentTest, DocumentsFromTheLimitOnAreNotThere) {
  std::mt19937 rng(12);
  const ModelPostings model = RandomPostings(&rng, 1500, 1, 3, 2);
  const auto segment = SegmentOf({{"t가나", model}});
  for (int i = 0; i < 40; ++i) {
    const DocId limit = 1 + rng() % (model.back().doc + 2);
    const ModelPostings below = Below(model, limit);
    const auto open = [&] { return NewMemoryCursor(segment->Find("t가나"), limit); };
    ASSERT_NO_FATAL_FAILURE(ExpectWalks(open, below, &rng, 3));
    EXPECT_EQ(open()->document_frequency(), below.size());
  }
}

TEST(MemorySegmentTest, FindsTheTermsThatHoldACharacter) {
  const ModelPostings one = {{1, {4}}};
  const ModelPostings two = {{1, {8}}, {2, {8}}};
  const auto segment = SegmentOf({{"t가", two},
                                  {"t가나", one},
                                  {"t가다", one},
                                  {"t나가", two},
                                  {"t나나", one},
                                  {"t𠮷野", one},
                                  {"t가𠮷", one},
                                  {"ta", one}});
  EXPECT_THAT(TermsWith(*segment, "t가"),
              UnorderedElementsAre("가 2 alone", "가나 1 first", "가다 1 first", "나가 2 second", "가𠮷 1 first"));
  EXPECT_THAT(TermsWith(*segment, "t나"),
              UnorderedElementsAre("가나 1 second", "나가 2 first", "나나 1 first", "나나 1 second"));
  EXPECT_THAT(TermsWith(*segment, "t𠮷"), UnorderedElementsAre("𠮷野 1 first", "가𠮷 1 second"));
  EXPECT_THAT(TermsWith(*segment, "t野"), UnorderedElementsAre("𠮷野 1 second"));
  EXPECT_THAT(TermsWith(*segment, "t라"), IsEmpty());
}

TEST(MemorySegmentTest, GivesTermsInTheOrderOfTheirBytes) {
  const ModelPostings one = {{1, {4}}};
  const auto segment = SegmentOf({{"tz", one},
                                  {"t나", one},
                                  {"t가나", one},
                                  {"t10", one},
                                  {"tpresident", one},
                                  {"tpreside", one},
                                  {"tpress", one},
                                  {"tpresiding", one},
                                  {"t가𠮷", one},
                                  {"t𠮷𠮷", one},
                                  {"t\uFF76", one}});
  EXPECT_THAT(AllTerms(*segment), ElementsAre("t10", "tpreside", "tpresident", "tpresiding", "tpress", "tz", "t가나",
                                              "t가𠮷", "t나", "t\uFF76", "t𠮷𠮷"));
  EXPECT_EQ(segment->documents(), 1u);
  EXPECT_GT(segment->memory_bytes(), 0u);
}

// As when they go to disk.
TEST(MemorySegmentTest, GivesEveryPostingOfEveryTerm) {
  std::mt19937 rng(13);
  const ModelIndex index = {{"t가나", RandomPostings(&rng, 1000, 3, 5, 4)},
                            {"tkbs", RandomPostings(&rng, 700, 1, 3, 2)},
                            {"tpresident", RandomPostings(&rng, 900, 1, 3, 2)}};
  ModelIndex given;
  const absl::Status status =
      SegmentOf(index)->ForEachTerm([&given](absl::string_view term, absl::Span<const RunSlice> postings) {
        for (const RunSlice& slice : postings) {
          for (uint32_t i = slice.begin; i < slice.end; ++i) {
            const absl::Span<const Occurrence> occurrences = slice.run->occurrences_of(i);
            given[std::string(term)].push_back({slice.run->docs[i], {occurrences.begin(), occurrences.end()}});
          }
        }
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok());
  ASSERT_EQ(given.size(), index.size());
  for (const auto& [term, postings] : index) {
    ASSERT_EQ(given[term].size(), postings.size());
    for (size_t i = 0; i < postings.size(); ++i) {
      EXPECT_EQ(given[term][i].doc, postings[i].doc);
      EXPECT_EQ(given[term][i].occurrences, postings[i].occurrences);
    }
  }
}

// What a reader has taken stays as it is while the segment grows.
TEST(MemorySegmentTest, IsReadWhileItGrows) {
  constexpr DocId kDocs = 3000;
  MemorySegment segment;
  std::atomic<bool> done = false;
  std::thread writer([&segment, &done] {
    for (DocId doc = 1; doc <= kDocs; ++doc) {
      const ModelPostings one = {{doc, {doc << 2}}};
      ModelIndex index = {{"t가나", one}};
      index["t가" + std::to_string(doc % 100)] = one;
      const std::map<DocId, AnalyzedDocument> documents = DocumentsOf(index);
      segment.Add({{doc, &documents.begin()->second}});
    }
    done = true;
  });
  bool last_round = false;
  while (!last_round) {
    last_round = done;
    const auto cursor = NewMemoryCursor(segment.Find("t가나"), kEndDoc);
    const uint64_t count = cursor->document_frequency();
    for (uint32_t i = 1; i <= count; ++i, cursor->Next()) {
      ASSERT_EQ(cursor->doc(), i);
      ASSERT_THAT(cursor->Occurrences(kOccurrenceFlags), ElementsAre(i << 2));
    }
    ASSERT_EQ(cursor->doc(), kEndDoc);
    ASSERT_LE(segment.FindCharacter("t가").size(), 101u);
  }
  writer.join();
  EXPECT_EQ(NewMemoryCursor(segment.Find("t가나"), kEndDoc)->document_frequency(), kDocs);
  EXPECT_EQ(segment.FindCharacter("t가").size(), 101u);
}

}  // namespace
}  // namespace gisa
