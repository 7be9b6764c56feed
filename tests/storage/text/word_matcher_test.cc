#include "storage/text/word_matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The occurrences of `word`, as they are written in the text.
std::vector<std::string> Find(absl::string_view word, absl::string_view text) {
  std::vector<std::string> found;
  WordMatcher(word).FindAll(UnitText(text), [&](uint32_t begin, uint32_t end) {
    found.emplace_back(text.substr(begin, end - begin));
    return true;
  });
  EXPECT_EQ(WordMatcher(word).Matches(text), !found.empty());
  return found;
}

TEST(WordMatcherTest, HangulIsFoundInsideARun) {
  EXPECT_THAT(Find("대전", "대전에서 대전환, 서대전"), ElementsAre("대전", "대전", "대전"));
  EXPECT_THAT(Find("전", "대전에서 전국"), ElementsAre("전", "전"));
  EXPECT_THAT(Find("대전", "대 전"), IsEmpty());
  EXPECT_THAT(Find("대전", "대·전 대\n전 犬전"), IsEmpty());
  EXPECT_THAT(Find("대전에서는", "대전에서"), IsEmpty());
}

TEST(WordMatcherTest, OtherWordsAreFoundWhole) {
  EXPECT_THAT(Find("ai", "AI said AI모델 aid"), ElementsAre("AI", "AI"));
  EXPECT_THAT(Find("20", "2018 G20 20년"), ElementsAre("20"));
}

TEST(WordMatcherTest, RunsThatTouchMustTouchInTheText) {
  EXPECT_THAT(Find("AI모델", "AI 모델, ai모델이"), ElementsAre("ai모델"));
  EXPECT_THAT(Find("2018년", "2018년도 2018 년"), ElementsAre("2018년"));
  EXPECT_THAT(Find("년도", "2018년도"), ElementsAre("년도"));
}

TEST(WordMatcherTest, SeparatorsInAWordAreAnySeparatorsInTheText) {
  EXPECT_THAT(Find("U.S.", "the U.S. and U S"), ElementsAre("U.S", "U S"));
  EXPECT_THAT(Find("한·미", "한ㆍ미 정상, 한(미)"), ElementsAre("한ㆍ미", "한(미"));
  EXPECT_THAT(Find("한·미", "한미 한국미"), IsEmpty());
  EXPECT_THAT(Find("달빛 축제", "달빛, 축제와 달빛축제와 달빛대축제"), ElementsAre("달빛, 축제"));
}

TEST(WordMatcherTest, APrefixIsFoundAtTheStartOfAnEojeol) {
  const auto find = [](absl::string_view word, absl::string_view text) {
    std::vector<std::string> found;
    WordMatcher(word, WordMatcher::Kind::kPrefix).FindAll(UnitText(text), [&](uint32_t begin, uint32_t end) {
      found.emplace_back(text.substr(begin, end - begin));
      return true;
    });
    return found;
  };
  EXPECT_THAT(find("대전", "대전 서대전 (대전환AI대전"), ElementsAre("대전", "대전"));
  EXPECT_THAT(find("sam", "Samsung과 갤럭시samsung sam"), ElementsAre("Samsung", "sam"));
  EXPECT_THAT(find("대전k", "대전KBS 대전 KBS"), ElementsAre("대전KBS"));
}

TEST(WordMatcherTest, FormsThatMeanTheSameAreFound) {
  EXPECT_THAT(Find("한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8이"),
              ElementsAre("\u1112\u1161\u11AB\u1100\u116E\u11A8"));
  EXPECT_THAT(Find("\u1112\u1161\u11AB", "한국"), ElementsAre("한"));
  EXPECT_THAT(Find("金", "\uF90A씨"), ElementsAre("\uF90A"));
  EXPECT_THAT(Find("ai", "ＡＩ가"), ElementsAre("ＡＩ"));
  EXPECT_THAT(Find("(주)한화", "㈜한화"), ElementsAre("㈜한화"));
  EXPECT_THAT(Find("대전", "대\u200D전\uFE0F시"), ElementsAre("대\u200D전\uFE0F"));
}

TEST(WordMatcherTest, HanjaAndHowItIsReadAreTheSame) {
  EXPECT_THAT(Find("대전", "大田과 大전, 大會"), ElementsAre("大田", "大전"));
  EXPECT_THAT(Find("大田", "대전, 大田, 大戰과 대구"), ElementsAre("대전", "大田", "大戰"));
  EXPECT_THAT(Find("미대통령", "美대통령"), ElementsAre("美대통령"));
  EXPECT_THAT(Find("美대통령", "미대통령"), ElementsAre("미대통령"));
  EXPECT_THAT(Find("김씨", "金씨와 \uF90A씨, 今씨"), ElementsAre("金씨", "\uF90A씨"));
  EXPECT_THAT(Find("여성", "女性"), ElementsAre("女性"));
  EXPECT_THAT(Find("女性", "여성, 녀성, 너성"), ElementsAre("여성", "녀성"));
  EXPECT_THAT(Find("미", "美國 미국"), ElementsAre("美", "미"));
  EXPECT_THAT(Find("韓·美", "한 미, 한미"), ElementsAre("한 미"));
  EXPECT_THAT(Find("大田", "\u1103\u1162\u110C\u1165\u11AB"), ElementsAre("\u1103\u1162\u110C\u1165\u11AB"));
}

TEST(WordMatcherTest, ASingleHanjaIsFoundAsItStands) {
  EXPECT_THAT(Find("美", "美國 미국 美"), ElementsAre("美", "美"));
  EXPECT_THAT(Find("金", "금 김 金 今"), ElementsAre("金"));
}

TEST(WordMatcherTest, OverlappingOccurrencesAreAllFound) {
  EXPECT_THAT(Find("가가", "가가가가"), ElementsAre("가가", "가가", "가가"));
}

TEST(WordMatcherTest, AWordWithoutLettersOccursNowhere) {
  EXPECT_TRUE(WordMatcher("😀!").empty());
  EXPECT_TRUE(WordMatcher("").empty());
  EXPECT_THAT(Find("…", "…"), IsEmpty());
  EXPECT_THAT(Find("가", ""), IsEmpty());
}

TEST(WordMatcherTest, ALongWordIsFoundAsAPhraseOfItsPieces) {
  const std::string word(100, 'x');
  EXPECT_THAT(Find(word, "a " + word + " b"), ElementsAre(word));
  EXPECT_THAT(Find(word, word + "x"), IsEmpty());
}

TEST(WordMatcherTest, WhiteSpaceSeparatesTheWordsOfAQuery) {
  EXPECT_THAT(SplitWords(" 대전  시장\t\n임명\u3000AI\u00A0U.S. "), ElementsAre("대전", "시장", "임명", "AI", "U.S."));
  EXPECT_THAT(SplitWords(" \u3000"), IsEmpty());
  EXPECT_THAT(SplitWords(""), IsEmpty());
}

}  // namespace
}  // namespace gisa
