#include "storage/index/trigram_collector.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "storage/index/analyzed_document.h"
#include "storage/index/memory_segment.h"

namespace gisa {
namespace {

// How often each document has each trigram, by text.
using Model = std::map<std::string, std::map<DocId, uint32_t>>;

std::shared_ptr<const AnalyzedDocument> Analyze(const std::string& body) {
  Article article;
  article.body = body;
  return AnalyzeDocument(article);
}

class TrigramCollectorTest : public ::testing::Test {
 protected:
  void Add(DocId doc, const std::string& body) { documents_.emplace(doc, Analyze(body)); }

  // Adds the documents to a segment in batches, of which each is larger than the one before by `growth`.
  std::unique_ptr<MemorySegment> MakeSegment(size_t growth = 1) const {
    auto segment = std::make_unique<MemorySegment>();
    std::vector<MemorySegment::Addition> batch;
    size_t batch_size = 1;
    for (const auto& [doc, terms] : documents_) {
      batch.push_back({doc, terms.get()});
      if (batch.size() < batch_size) continue;
      segment->Add(batch);
      batch.clear();
      batch_size += growth;
    }
    segment->Add(batch);
    return segment;
  }

  TrigramCollector Collect(const std::vector<BigramFrequency>& bigrams, size_t growth = 1) const {
    const auto segment = MakeSegment(growth);
    TrigramCollector collector(static_cast<uint32_t>(documents_.size()), segment->CrowdedTrigrams());
    const absl::Status status = segment->ForEachTerm([&](absl::string_view term, absl::Span<const RunSlice> postings) {
      const std::optional<TermCode> code = CodeOfTerm(term);
      const BigramFrequency* const bigram = code.has_value() ? FindBigram(bigrams, *code) : nullptr;
      if (bigram != nullptr) collector.Add(*bigram, postings);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok());
    return collector;
  }

  // What is found of segments so small that all trigrams have their documents.
  static Model Read(const TrigramCollector& collector, const std::vector<BigramFrequency>& bigrams) {
    Model found;
    Trigram last;
    const absl::Status status = collector.ForEach(bigrams, [&](const TrigramCollector::List& list) {
      const Trigram trigram = {list.first.code, list.second.code};
      EXPECT_LT(last, trigram);
      last = trigram;
      EXPECT_EQ(list.postings.size(), list.documents);
      DocId last_doc = kNoDoc;
      for (const auto& [doc, freq] : list.postings) {
        EXPECT_LT(last_doc, doc);
        last_doc = doc;
        found[TextOf(trigram)][doc] = freq;
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok());
    return found;
  }

  Model Find(const std::vector<BigramFrequency>& bigrams, size_t growth = 1) const {
    return Read(Collect(bigrams, growth), bigrams);
  }

  // Looks at every two places of every document.
  Model CompareAllPlaces(const std::vector<BigramFrequency>& bigrams) const {
    Model found;
    for (const auto& [doc, terms] : documents_) {
      for (const AnalyzedDocument::TermPlace& first : terms->places) {
        for (const AnalyzedDocument::TermPlace& second : terms->places) {
          if (FindBigram(bigrams, first.code) != nullptr && FindBigram(bigrams, second.code) != nullptr &&
              IsTrigram(first.code, second.code) && PositionOf(second.occurrence) == PositionOf(first.occurrence) + 1) {
            ++found[TextOf({first.code, second.code})][doc];
          }
        }
      }
    }
    return found;
  }

  std::map<DocId, std::shared_ptr<const AnalyzedDocument>> documents_;
};

std::vector<BigramFrequency> AllBigrams(const std::u32string& characters, int one_in = 1) {
  std::vector<BigramFrequency> bigrams;
  int number = 0;
  for (const char32_t first : characters) {
    for (const char32_t second : characters) {
      if (number++ % one_in == 0) bigrams.push_back({CodeOfCharacters(first, second), 1});
    }
  }
  return bigrams;
}

TEST_F(TrigramCollectorTest, FindsTrigramsOfFrequentBigramsAndHowOftenTheyAre) {
  Add(3, "가나다 가나다라 나다");
  Add(7, "다가나 가 나다");
  const Model expected = {{"가나다", {{3, 2}}}, {"나다라", {{3, 1}}}, {"다가나", {{7, 1}}}};
  EXPECT_EQ(Find(AllBigrams(U"가나다라")), expected);
  EXPECT_EQ(Find({{CodeOfCharacters(U'가', U'나'), 1}, {CodeOfCharacters(U'나', U'다'), 1}}),
            (Model{{"가나다", {{3, 2}}}}));
  EXPECT_EQ(Find({}), Model());
}

TEST_F(TrigramCollectorTest, NothingReachesOverWhatSeparatesTwoRuns) {
  Add(1, "가나 다라. 나다ab다라");
  EXPECT_EQ(Find(AllBigrams(U"가나다라")), Model());
}

TEST_F(TrigramCollectorTest, ReadingsOfHanjaMakeTrigramsToo) {
  Add(1, "大田시에");
  const Model found = Find({{CodeOfCharacters(U'大', U'田'), 1},
                            {CodeOfCharacters(U'田', U'시'), 1},
                            {CodeOfCharacters(U'대', U'전'), 1},
                            {CodeOfCharacters(U'시', U'에'), 1},
                            {CodeOfCharacters(U'전', U'시'), 1}});
  EXPECT_TRUE(found.contains("大田시"));
  EXPECT_TRUE(found.contains("대전시"));
  EXPECT_TRUE(found.contains("전시에"));
}

TEST_F(TrigramCollectorTest, FindsWhatAComparisonOfAllPlacesFinds) {
  std::mt19937 rng(5);
  const std::u32string characters = U"一中大田가나다라마바";
  const char* const texts[] = {"一", "大", "田", "中", "가", "나", "다", "라", "마", "바", " ", ". "};
  DocId doc = 1;
  for (int i = 0; i < 300; ++i) {
    std::string body;
    for (uint32_t length = rng() % 60; length > 0; --length) body += texts[rng() % std::size(texts)];
    Add(doc, body);
    doc += 1 + (rng() % 10 == 0 ? rng() % 1000 : 0);  // revisions and deletions leave gaps
  }
  for (const int one_in : {1, 3}) {
    const std::vector<BigramFrequency> bigrams = AllBigrams(characters, one_in);
    const Model expected = CompareAllPlaces(bigrams);
    EXPECT_GT(expected.size(), 10u);
    EXPECT_EQ(Find(bigrams), expected);
    EXPECT_EQ(Find(bigrams, /*growth=*/0), expected) << "with small runs merged";
  }
}

TEST_F(TrigramCollectorTest, TrigramsOfBigramsThatAreNotWantedInTheEndAreLeftOut) {
  Add(1, "가나다라마바");
  const std::vector<BigramFrequency> all = AllBigrams(U"가나다라마바");
  const TrigramCollector collector = Collect(all);
  std::vector<BigramFrequency> wanted = all;
  std::erase_if(wanted, [](const BigramFrequency& bigram) { return bigram.code == CodeOfCharacters(U'다', U'라'); });
  EXPECT_EQ(Read(collector, wanted), (Model{{"가나다", {{1, 1}}}, {"라마바", {{1, 1}}}}));
  EXPECT_EQ(Read(collector, {all.front()}), Model());
}

TEST_F(TrigramCollectorTest, InALargeSegmentAnyThatMayGetAListHasItsDocuments) {
  constexpr uint32_t kDocuments = 10000;
  for (DocId doc = 1; doc <= kDocuments; ++doc) {
    Add(doc, doc % 100 == 0 ? "가나다" : doc % 10 < 3 ? "가나라" : "나다 나라");
  }
  const std::vector<BigramFrequency> bigrams = {{CodeOfCharacters(U'가', U'나'), 3000},
                                                {CodeOfCharacters(U'나', U'다'), 7100},
                                                {CodeOfCharacters(U'나', U'라'), 9900}};
  std::map<std::string, std::pair<uint32_t, size_t>> found;
  const TrigramCollector collector = Collect(bigrams);
  const auto note = [&found](const TrigramCollector::List& list) {
    found[TextOf({list.first.code, list.second.code})] = {list.documents, list.postings.size()};
    return absl::OkStatus();
  };
  ASSERT_TRUE(collector.ForEach(bigrams, note).ok());
  const std::map<std::string, std::pair<uint32_t, size_t>> expected = {{"가나다", {100, 100}}, {"가나라", {2900, 0}}};
  EXPECT_EQ(found, expected);
}

TEST_F(TrigramCollectorTest, StopsAtAnError) {
  Add(1, "가나다라마");
  const std::vector<BigramFrequency> bigrams = AllBigrams(U"가나다라마");
  int visits = 0;
  const absl::Status status = Collect(bigrams).ForEach(bigrams, [&visits](const TrigramCollector::List&) {
    return ++visits < 2 ? absl::OkStatus() : absl::DataLossError("full");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(visits, 2);
}

}  // namespace
}  // namespace gisa
