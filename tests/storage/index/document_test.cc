#include "storage/index/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/index/analyzed_document.h"
#include "storage/index/term.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;

Article MakeText(absl::string_view title, absl::string_view body) {
  Article article;
  article.title = std::string(title);
  article.body = std::string(body);
  return article;
}

// The occurrences of each term in index form.
std::map<std::string, std::vector<Occurrence>> OccurrencesOf(const AnalyzedDocument& document) {
  std::map<std::string, std::vector<Occurrence>> occurrences;
  for (const AnalyzedDocument::TermPlace& place : document.places) {
    occurrences[document.TermOf(place.code)].push_back(place.occurrence);
  }
  return occurrences;
}

// Each term, without its field, with its positions: 'a2,5'.
std::vector<std::string> TermsOf(const AnalyzedDocument& document) {
  std::vector<std::string> terms;
  for (const auto& [term, occurrences] : OccurrencesOf(document)) {
    std::string text = term.substr(1);
    for (size_t i = 0; i < occurrences.size(); ++i) {
      text += (i == 0 ? "" : ",") + std::to_string(PositionOf(occurrences[i]));
    }
    terms.push_back(text);
  }
  return terms;
}

TEST(DocumentTest, NeighboursInARunAreTermsAndACharacterThatHasNone) {
  const auto document = AnalyzeDocument(MakeText("", "대전시 물"));
  // The body begins behind the gap of 8.
  EXPECT_THAT(TermsOf(*document), ElementsAre("대전8", "물12", "전시9"));
  EXPECT_EQ(document->length, 4u);
}

TEST(DocumentTest, OccurrencesComeByPosition) {
  const auto document = AnalyzeDocument(MakeText("kbs 나나나", "가 kbs"));
  EXPECT_THAT(TermsOf(*document), ElementsAre("kbs0,15", "가13", "나나2,3"));
  EXPECT_EQ(document->title_length, 5u);
  EXPECT_EQ(document->length, 6u);
}

TEST(DocumentTest, FlagsTellWhereAWordBeginsAndEnds) {
  const auto document = AnalyzeDocument(MakeText("서대전에서", ""));
  std::vector<uint32_t> flags;
  for (const auto& [term, occurrences] : OccurrencesOf(*document)) {
    flags.push_back(occurrences.front() & kOccurrenceFlags);
  }
  // A particle follows 대전, nothing 에서; 서대 begins the eojeol.
  EXPECT_THAT(TermsOf(*document), ElementsAre("대전1", "서대0", "에서3", "전에2"));
  EXPECT_EQ(flags[0], kEndsStem);
  EXPECT_EQ(flags[1], kStartsEojeol);
  EXPECT_EQ(flags[2], kEndsStem);
  EXPECT_EQ(flags[3], 0u);
}

TEST(DocumentTest, AnArticleMayHaveNoTerms) {
  const auto document = AnalyzeDocument(MakeText("", "…"));
  EXPECT_EQ(document->length, 0u);
  EXPECT_TRUE(document->places.empty());
}

TEST(DocumentTest, OtherTermsThanCharactersOfTheBasicPlaneAreListed) {
  const auto document = AnalyzeDocument(MakeText("kbs 가나 𠮷𠮷 हि", ""));
  EXPECT_THAT(TermsOf(*document), ElementsAre("kbs0", "हि8", "가나2", "𠮷𠮷5"));
  ASSERT_EQ(document->listed_count(), 2u);
  EXPECT_EQ(document->listed_term(0), "tkbs");
  EXPECT_EQ(document->listed_term(1), "t𠮷𠮷");
}

TEST(DocumentTest, ReadingsOfHanjaStandWhereTheyDo) {
  const auto document = AnalyzeDocument(MakeText("大田시 美", ""));
  EXPECT_THAT(TermsOf(*document), ElementsAre("大田0", "田시1", "美4", "대전0", "미4", "전시1"));
  EXPECT_EQ(document->title_length, 5u);
  EXPECT_EQ(document->length, 4u);
}

TEST(DocumentTest, EveryWayToReadAPairIsATerm) {
  const auto document = AnalyzeDocument(MakeText("金女", ""));
  EXPECT_THAT(TermsOf(*document), ElementsAre("金女0", "금녀0", "금여0", "김녀0", "김여0"));
}

TEST(DocumentTest, ReadingsHaveTheFlagsOfTheirHanja) {
  const auto document = AnalyzeDocument(MakeText("大田에서", ""));
  std::map<std::string, std::vector<Occurrence>> occurrences = OccurrencesOf(*document);
  EXPECT_THAT(occurrences["t대전"], ElementsAre(MakeOccurrence(0, true, true)));
  EXPECT_EQ(occurrences["t대전"], occurrences["t大田"]);
  EXPECT_THAT(occurrences["t전에"], ElementsAre(MakeOccurrence(1, false, false)));
  EXPECT_THAT(occurrences["t에서"], ElementsAre(MakeOccurrence(2, false, true)));
}

TEST(DocumentTest, ReadingsTakeSoMuchMemoryAtMost) {
  // Each two neighbours can be read in 16 ways.
  constexpr size_t kCount = 300'000;
  std::string body;
  for (size_t i = 0; i < kCount; ++i) body += "樂";
  const auto document = AnalyzeDocument(MakeText("", body));
  EXPECT_LE(document->places.size(), kCount + (4 << 20));
  EXPECT_EQ(OccurrencesOf(*document)["t樂樂"].size(), kCount - 1);
  EXPECT_GT(OccurrencesOf(*document)["t낙악"].size(), 200'000u);
}

TEST(DocumentTest, OccurrencesOfAReadingAndOfTheHangulComeByPosition) {
  const auto document = AnalyzeDocument(MakeText("美國미국美國", ""));
  EXPECT_THAT(
      OccurrencesOf(*document)["t미국"],
      ElementsAre(MakeOccurrence(0, true, false), MakeOccurrence(2, false, false), MakeOccurrence(4, false, true)));
}

TEST(TermCodeTest, CodesOrderAsTheirTermsDo) {
  const std::vector<std::string> terms = {"tࠀ",  "tम",    "tहि",   "tあ", "t美",    "t美国",
                                          "t가", "t가나", "t가다", "t힣", "t\uFA0E"};
  std::optional<TermCode> last;
  for (const std::string& term : terms) {
    const std::optional<TermCode> code = CodeOfTerm(term);
    ASSERT_TRUE(code.has_value()) << term;
    EXPECT_FALSE(IsListedTerm(*code));
    EXPECT_EQ(TermOfCode(*code), term);
    EXPECT_TRUE(!last.has_value() || *last < *code) << term;
    last = code;
  }
  EXPECT_LE(*CodeOfTerm("t가힣"), LastWithCharacterOf(*CodeOfTerm("t가")));
  EXPECT_GT(*CodeOfTerm("t각"), LastWithCharacterOf(*CodeOfTerm("t가")));
}

TEST(TermCodeTest, TermsThatAreNotOfOneOrTwoSuchCharactersHaveNone) {
  for (const char* const term :
       {"ta", "tabc", "tabcdef", "tж", "tжжж", "t가a", "t가abc", "ta가나", "t가나다", "t𠮷", "t가𠮷", "t𠮷가"}) {
    EXPECT_FALSE(CodeOfTerm(term).has_value()) << term;
  }
}

TEST(DocumentTest, ALongTermIsReplacedByAPrefixAndADigest) {
  const std::string term = MakeTerm(Field::kText, std::string(65, 'x'));
  EXPECT_EQ(term.size(), 1u + 32 + 1 + 32);
  EXPECT_EQ(term.substr(0, 34), "t" + std::string(32, 'x') + "\xff");
  EXPECT_NE(term, MakeTerm(Field::kText, std::string(66, 'x')));
  EXPECT_EQ(MakeTerm(Field::kText, std::string(64, 'x')), "t" + std::string(64, 'x'));
}

}  // namespace
}  // namespace gisa
