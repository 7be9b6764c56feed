#include "client/commands/text_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "client/commands/display_text.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

MATCHER_P3(Row, change, left, right, "") { return arg.change == change && arg.left == left && arg.right == right; }

TEST(SplitSentencesTest, LinesAndFullStopsEndThem) {
  EXPECT_THAT(SplitSentences("봄꽃이 피었다. 축제는 3.5일 뒤다.\n\n 누가 오나? 모두!"),
              ElementsAre("봄꽃이 피었다.", "축제는 3.5일 뒤다.", "누가 오나?", "모두!"));
  EXPECT_THAT(SplitSentences(""), IsEmpty());
  EXPECT_THAT(SplitSentences(" \n\n"), IsEmpty());
  EXPECT_THAT(SplitSentences("끝이 없다"), ElementsAre("끝이 없다"));
}

TEST(DiffTextsTest, WhatIsTheSameStaysAndTheRestIsAligned) {
  EXPECT_THAT(DiffTexts("가. 나. 다. 라.", "가. 너. 다. 라. 마."),
              ElementsAre(Row(Change::kSame, "가.", "가."), Row(Change::kReplaced, "나.", "너."),
                          Row(Change::kSame, "다.", "다."), Row(Change::kSame, "라.", "라."),
                          Row(Change::kOnlyRight, "", "마.")));
}

TEST(DiffTextsTest, ADeletedSentenceIsOnlyOnTheLeft) {
  EXPECT_THAT(DiffTexts("가. 나. 다.", "가. 다."),
              ElementsAre(Row(Change::kSame, "가.", "가."), Row(Change::kOnlyLeft, "나.", ""),
                          Row(Change::kSame, "다.", "다.")));
}

TEST(DiffTextsTest, EmptyTextsHaveNothingToCompare) {
  EXPECT_THAT(DiffTexts("", ""), IsEmpty());
  EXPECT_THAT(DiffTexts("가.", ""), ElementsAre(Row(Change::kOnlyLeft, "가.", "")));
}

TEST(DiffTextsTest, VeryDifferentLongTextsAreReplacedWhole) {
  std::string left;
  std::string right;
  for (int i = 0; i < 3000; ++i) {
    left += "왼쪽 " + std::to_string(i) + ".\n";
    right += "오른쪽 " + std::to_string(i) + ".\n";
  }
  EXPECT_EQ(DiffTexts(left, right).size(), 3000u);
}

TEST(SideBySideTest, ColumnsAreAlignedForWideCharacters) {
  EXPECT_EQ(SideBySide({{Change::kSame, "봄", "봄"}, {Change::kReplaced, "abc", "여름"}}, 23),
            "봄           봄\n"
            "abc        | 여름\n");
}

TEST(SideBySideTest, LongSentencesAreWrappedWithinTheWidth) {
  const std::string text = SideBySide({{Change::kOnlyLeft, "봄꽃이 피는 호숫가에서 축제가 열린다", ""},
                                       {Change::kOnlyRight, "", "띄어쓰기없이긴낱말도줄을바꾼다"}},
                                      40);
  for (const absl::string_view line : absl::StrSplit(text, '\n')) EXPECT_LE(DisplayWidth(line), 40u) << line;
  EXPECT_EQ(text,
            "봄꽃이 피는        <\n"
            "호숫가에서 축제가  <\n"
            "열린다             <\n"
            "                   > 띄어쓰기없이긴낱말\n"
            "                   > 도줄을바꾼다\n");
}

TEST(SideBySideTest, ControlCharactersOfCrawledTextDoNotReachTheTerminal) {
  EXPECT_EQ(SideBySide({{Change::kOnlyRight, "", "\x1b[31m붉다"}}, 30).find('\x1b'), std::string::npos);
}

TEST(WrapToWidthTest, CutsAtSpacesAndWithinLongWords) {
  EXPECT_THAT(WrapToWidth("", 10), ElementsAre(""));
  EXPECT_THAT(WrapToWidth("봄 여름 가을", 7), ElementsAre("봄 여름", "가을"));
  EXPECT_THAT(WrapToWidth("봄여름가을", 4), ElementsAre("봄여", "름가", "을"));
  EXPECT_THAT(WrapToWidth("봄", 1), ElementsAre("봄"));
}

}  // namespace
}  // namespace gisa
