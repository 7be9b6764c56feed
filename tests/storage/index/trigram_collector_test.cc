#include "storage/index/trigram_collector.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
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

  // Adds the documents to a segment in batches of 1, 2, 3, … and collects from its runs.
  Model Collect(std::vector<BigramFrequency> bigrams) {
    MemorySegment segment;
    std::vector<MemorySegment::Addition> batch;
    size_t batch_size = 1;
    for (const auto& [doc, terms] : documents_) {
      batch.push_back({doc, terms.get()});
      if (batch.size() < batch_size) continue;
      segment.Add(batch);
      batch.clear();
      ++batch_size;
    }
    segment.Add(batch);
    TrigramCollector collector(bigrams);
    segment.ForEachRun([&collector](const PostingRun& run) { collector.Add(run); });
    Model found;
    Trigram last;
    EXPECT_TRUE(collector
                    .ForEach([&](const Trigram& trigram, absl::Span<const TrigramCollector::Posting> postings) {
                      EXPECT_LT(last, trigram);
                      last = trigram;
                      DocId last_doc = kNoDoc;
                      for (const auto& [doc, freq] : postings) {
                        EXPECT_LT(last_doc, doc);
                        last_doc = doc;
                        found[TextOf(trigram)][doc] = freq;
                      }
                      return absl::OkStatus();
                    })
                    .ok());
    return found;
  }

  // Looks at every two places of every document.
  Model CompareAllPlaces(const std::vector<BigramFrequency>& bigrams) const {
    Model found;
    for (const auto& [doc, terms] : documents_) {
      for (const AnalyzedDocument::TermPlace& first : terms->places) {
        for (const AnalyzedDocument::TermPlace& second : terms->places) {
          if (FindBigram(bigrams, first.code).has_value() && FindBigram(bigrams, second.code).has_value() &&
              MakeTrigram(first.code, second.code) &&
              PositionOf(second.occurrence) == PositionOf(first.occurrence) + 1) {
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
  EXPECT_EQ(Collect(AllBigrams(U"가나다라")), expected);
  EXPECT_EQ(Collect({{CodeOfCharacters(U'가', U'나'), 1}, {CodeOfCharacters(U'나', U'다'), 1}}),
            (Model{{"가나다", {{3, 2}}}}));
  EXPECT_EQ(Collect({}), Model());
}

TEST_F(TrigramCollectorTest, NothingReachesOverWhatSeparatesTwoRuns) {
  Add(1, "가나 다라. 나다ab다라");
  EXPECT_EQ(Collect(AllBigrams(U"가나다라")), Model());
}

TEST_F(TrigramCollectorTest, ReadingsOfHanjaMakeTrigramsToo) {
  Add(1, "大田시에");
  const Model found = Collect({{CodeOfCharacters(U'大', U'田'), 1},
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
    const Model found = Collect(bigrams);
    EXPECT_EQ(found, CompareAllPlaces(bigrams));
    EXPECT_GT(found.size(), 10u);
  }
}

}  // namespace
}  // namespace gisa
