#include "storage/text/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "storage/base/utf8.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct OwnedToken {
  std::string term;
  uint32_t position;
  std::string source;  // the bytes of the original
  TokenKind kind;
  bool starts_eojeol;
  bool ends_stem;
};

std::vector<OwnedToken> Analyze(absl::string_view text, uint32_t first_position = 0, uint32_t* after = nullptr) {
  std::vector<OwnedToken> tokens;
  Analyzer analyzer;
  const uint32_t end = analyzer.Analyze(text, first_position, [&](const Token& token) {
    tokens.push_back({token.term(), token.position, std::string(text.substr(token.begin, token.end - token.begin)),
                      token.kind, token.starts_eojeol, token.ends_stem});
  });
  if (after != nullptr) *after = end;
  return tokens;
}

// Tokens as `term@position`.
std::vector<std::string> Terms(absl::string_view text, uint32_t first_position = 0) {
  std::vector<std::string> terms;
  for (const OwnedToken& token : Analyze(text, first_position)) {
    terms.push_back(absl::StrCat(token.term, "@", token.position));
  }
  return terms;
}

std::vector<std::string> Sources(absl::string_view text) {
  std::vector<std::string> sources;
  for (const OwnedToken& token : Analyze(text)) sources.push_back(token.source);
  return sources;
}

// The terms whose flag is set.
std::vector<std::string> StemEnds(absl::string_view text) {
  std::vector<std::string> terms;
  for (const OwnedToken& token : Analyze(text)) {
    if (token.ends_stem) terms.push_back(token.term);
  }
  return terms;
}

std::vector<std::string> EojeolStarts(absl::string_view text) {
  std::vector<std::string> terms;
  for (const OwnedToken& token : Analyze(text)) {
    if (token.starts_eojeol) terms.push_back(token.term);
  }
  return terms;
}

TEST(AnalyzerTest, ARunOfHangulBecomesOverlappingBigrams) {
  EXPECT_THAT(Terms("가나다"), ElementsAre("가나@0", "나다@1"));
  EXPECT_THAT(Terms("가나"), ElementsAre("가나@0"));
  EXPECT_EQ(Analyze("가나")[0].kind, TokenKind::kBigram);
}

TEST(AnalyzerTest, ARunOfOneIsASyllable) {
  const std::vector<OwnedToken> tokens = Analyze("가 나");
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].kind, TokenKind::kSyllable);
  EXPECT_EQ(tokens[1].position, 2u);
}

TEST(AnalyzerTest, AnythingBetweenRunsSkipsOnePosition) {
  EXPECT_THAT(Terms("가나다 라마바"), ElementsAre("가나@0", "나다@1", "라마@4", "마바@5"));
  EXPECT_THAT(Terms("가나다 … 😀\n\n(라마바)"), ElementsAre("가나@0", "나다@1", "라마@4", "마바@5"));
  EXPECT_THAT(Terms("AI 모델"), ElementsAre("ai@0", "모델@2"));
  EXPECT_THAT(Terms("U.S."), ElementsAre("u@0", "s@2"));
  EXPECT_THAT(Terms("한·미"), ElementsAre("한@0", "미@2"));
}

TEST(AnalyzerTest, ARunRightAfterAnotherTakesTheNextPosition) {
  EXPECT_THAT(Terms("AI모델"), ElementsAre("ai@0", "모델@1"));
  EXPECT_THAT(Terms("2018년"), ElementsAre("2018@0", "년@1"));
  EXPECT_THAT(Terms("제1야당"), ElementsAre("제@0", "1@1", "야당@2"));
}

TEST(AnalyzerTest, SeparatorsAtTheEndsTakeNoPosition) {
  EXPECT_THAT(Terms("  “가나”  "), ElementsAre("가나@0"));
  uint32_t after = 0;
  Analyze(" 가나다! ", 7, &after);
  EXPECT_EQ(after, 10u);
}

TEST(AnalyzerTest, PositionsBeginWhereTheCallerSays) {
  EXPECT_THAT(Terms("가나 b", 100), ElementsAre("가나@100", "b@103"));
  uint32_t after = 0;
  EXPECT_THAT(Analyze("", 5, &after), IsEmpty());
  EXPECT_EQ(after, 5u);
  EXPECT_THAT(Analyze(" ?! 😀 ", 5, &after), IsEmpty());
  EXPECT_EQ(after, 5u);
}

TEST(AnalyzerTest, LettersAndDigitsAreWholeWords) {
  EXPECT_THAT(Terms("G20 COVID-19"), ElementsAre("g20@0", "covid@2", "19@4"));
  EXPECT_THAT(Terms("МОСКВА Ελλάς"), ElementsAre("москва@0", "ελλάσ@2"));
  EXPECT_EQ(Analyze("G20")[0].kind, TokenKind::kWord);
}

TEST(AnalyzerTest, HangulHanAndKanaMakeOneRun) {
  EXPECT_THAT(Terms("美국"), ElementsAre("美국@0"));
  EXPECT_THAT(Terms("東京タワー"), ElementsAre("東京@0", "京タ@1", "タワ@2", "ワー@3"));
  EXPECT_THAT(Terms("𠀀𠀁々"), ElementsAre("𠀀𠀁@0", "𠀁々@1"));
}

TEST(AnalyzerTest, FormsThatMeanTheSameGiveTheSameTerms) {
  // Decomposed Hangul.
  EXPECT_EQ(Terms("\u1112\u1161\u11AB\u1100\u116E\u11A8"), Terms("한국"));
  // Hanja of the compatibility block: U+F90A is 金.
  EXPECT_EQ(Terms("\uF90A국"), Terms("金국"));
  // Half-width Hangul and kana.
  EXPECT_EQ(Terms("\uFFBE\uFFC2\uFFA1\uFFCC"), Terms("하고"));
  EXPECT_EQ(Terms("ﾀﾞﾑ"), Terms("ダム"));
  // Full width, ligatures, letters in circles, superscripts.
  EXPECT_EQ(Terms("ＡＩ　２０１８"), Terms("ai 2018"));
  EXPECT_EQ(Terms("ﬁnance"), Terms("finance"));
  EXPECT_EQ(Terms("①번 ㎏ CO₂"), Terms("1번 kg CO2"));
  EXPECT_EQ(Terms("㈜한화"), Terms("(주)한화"));
  // Case, composed or not.
  EXPECT_EQ(Terms("ÉCOLE Straße"), Terms("e\u0301cole STRASSE"));
}

TEST(AnalyzerTest, TheInterpunctOfKoreanNewsSeparates) {
  EXPECT_EQ(Terms("민관ㆍ보혁"), Terms("민관·보혁"));
  EXPECT_EQ(Terms("민관・보혁"), Terms("민관·보혁"));
}

TEST(AnalyzerTest, IgnorableCharactersDisappear) {
  EXPECT_THAT(Terms("가\u200D나"), ElementsAre("가나@0"));
  EXPECT_THAT(Terms("soft\u00ADware"), ElementsAre("software@0"));
  EXPECT_THAT(Terms("\uFEFF葛\U000E0100城\uFE00"), ElementsAre("葛城@0"));
  EXPECT_THAT(Terms("\u200D\uFE0F"), IsEmpty());
  EXPECT_THAT(Sources("가\u200D나 \u00ADb"), ElementsAre("가\u200D나", "b"));
}

TEST(AnalyzerTest, OffsetsAreThoseOfTheOriginal) {
  EXPECT_THAT(Sources("한국은 AI다"), ElementsAre("한국", "국은", "AI", "다"));
  EXPECT_THAT(Sources("“\u1112\u1161\u11AB국”"), ElementsAre("\u1112\u1161\u11AB국"));
  EXPECT_THAT(Sources("㈜한화 ﬁt"), ElementsAre("㈜", "한화", "ﬁt"));
  EXPECT_THAT(Sources("e\u0301a b\u0308"), ElementsAre("e\u0301a", "b\u0308"));
}

TEST(AnalyzerTest, EmojiSeparate) {
  EXPECT_THAT(Terms("가😀나"), ElementsAre("가@0", "나@2"));
  EXPECT_THAT(Terms("👨\u200D👩\u200D👧 🇰🇷 👍🏽"), IsEmpty());
  EXPECT_THAT(Terms("1\uFE0F\u20E3위"), ElementsAre("1@0", "위@1"));
  EXPECT_THAT(Sources("1\uFE0F\u20E3위"), ElementsAre("1\uFE0F\u20E3", "위"));
}

TEST(AnalyzerTest, MarksStayWithWordsAndAreIgnoredOnSyllables) {
  EXPECT_THAT(Terms("हिन्दी"), ElementsAre("हिन्दी@0"));
  EXPECT_THAT(Terms("가\u0301나"), ElementsAre("가나@0"));
  EXPECT_THAT(Sources("가\u0301나\u0301 다"), ElementsAre("가\u0301나\u0301", "다"));
  EXPECT_THAT(Terms("\u0301가"), ElementsAre("가@0"));
}

TEST(AnalyzerTest, JamoThatDoNotComposeAreSyllabic) {
  EXPECT_THAT(Terms("ㅋㅋ"), ElementsAre("\u110F\u110F@0"));
  EXPECT_THAT(Terms("ㄱ씨"), ElementsAre("\u1100씨@0"));
}

TEST(AnalyzerTest, ALongWordIsCutIntoPiecesAtNeighbouringPositions) {
  const std::string piece(64, 'x');
  EXPECT_THAT(Terms(piece), ElementsAre(piece + "@0"));
  EXPECT_THAT(Terms(piece + "y z"), ElementsAre(piece + "@0", "y@1", "z@3"));
  // 64 bytes are not a multiple of 3: a piece ends at a character.
  std::string georgian;
  for (int i = 0; i < 22; ++i) georgian += "ა";
  EXPECT_THAT(Terms(georgian), ElementsAre(georgian.substr(0, 63) + "@0", "ა@1"));
}

TEST(AnalyzerTest, EojeolStartsAreFlagged) {
  EXPECT_THAT(EojeolStarts("대전시장은 (세종)에서 AI모델을"), ElementsAre("대전", "세종", "에서", "ai"));
}

TEST(AnalyzerTest, AStemEndsWhereNothingOrAParticleFollows) {
  EXPECT_THAT(StemEnds("대전"), ElementsAre("대전"));
  EXPECT_THAT(StemEnds("대전에서"), ElementsAre("대전", "에서"));
  EXPECT_THAT(StemEnds("대전환"), ElementsAre("전환"));
  EXPECT_THAT(StemEnds("서울시장으로부터는"), testing::Contains("시장"));
  EXPECT_THAT(StemEnds("서울시장으로부터는"), testing::Not(testing::Contains("서울")));
  EXPECT_THAT(StemEnds("기업들이"), testing::Contains("기업"));
  EXPECT_THAT(StemEnds("발표했다"), testing::Contains("발표"));
}

TEST(AnalyzerTest, AParticleAfterAWordOfLettersEndsItsStem) {
  EXPECT_THAT(StemEnds("AI는"), ElementsAre("ai", "는"));
  EXPECT_THAT(StemEnds("AI모델은"), testing::Not(testing::Contains("ai")));
  EXPECT_THAT(StemEnds("코로나19로"), ElementsAre("19", "로"));
  EXPECT_THAT(StemEnds("코로나19"), ElementsAre("19"));
}

TEST(AnalyzerTest, AnAnalyzerCanBeUsedAgain) {
  Analyzer analyzer;
  std::vector<std::string> terms;
  const auto sink = [&](const Token& token) { terms.push_back(token.term()); };
  analyzer.Analyze(std::string(100000, 'a') + " 가나다", 0, sink);
  terms.clear();
  EXPECT_EQ(analyzer.Analyze("\u1100\u1161", 0, sink), 1u);
  EXPECT_THAT(terms, ElementsAre("가"));
}

TEST(AnalyzerTest, HugeAndHostileTextsAreRead) {
  Analyzer analyzer;
  std::string marks = "e";
  for (int i = 0; i < 200000; ++i) marks += i % 2 == 0 ? "\u0301" : "\u0323";
  std::string syllables;
  for (int i = 0; i < 500000; ++i) syllables += "가";
  std::string joiners;
  for (int i = 0; i < 200000; ++i) joiners += "\u200D";
  for (const std::string& text : {marks, syllables, joiners, std::string(1 << 20, 'a'), std::string(1 << 20, '\0')}) {
    uint32_t last_position = 0;
    analyzer.Analyze(text, 0, [&](const Token& token) {
      ASSERT_LE(token.term().size(), 64u);
      ASSERT_TRUE(IsValidUtf8(token.term()));
      ASSERT_LE(token.end, text.size());
      ASSERT_LT(token.begin, token.end);
      ASSERT_GE(token.position, last_position);
      last_position = token.position;
    });
  }
}

}  // namespace
}  // namespace gisa
