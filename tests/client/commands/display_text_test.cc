#include "client/commands/display_text.h"

#include <gtest/gtest.h>

namespace gisa {
namespace {

TEST(DisplayWidthTest, HangulHanKanaAndEmojiTakeTwoColumns) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("news"), 4u);
  EXPECT_EQ(DisplayWidth("기사"), 4u);
  EXPECT_EQ(DisplayWidth("大田"), 4u);
  EXPECT_EQ(DisplayWidth("かな"), 4u);
  EXPECT_EQ(DisplayWidth("😀"), 2u);
  EXPECT_EQ(DisplayWidth("㈜"), 2u);
  EXPECT_EQ(DisplayWidth("Ａ１"), 4u);
  EXPECT_EQ(DisplayWidth("é…“”"), 4u);
}

TEST(DisplayWidthTest, MarksTakeNoneSoThatDecomposedTextIsAsWideAsComposed) {
  EXPECT_EQ(DisplayWidth("e\u0301"), 1u);
  EXPECT_EQ(DisplayWidth("\u1112\u1161\u11ab"), DisplayWidth("한"));
  EXPECT_EQ(DisplayWidth("a\u200bb"), 2u);
}

TEST(DisplayWidthTest, AnInvalidByteIsOneColumn) {
  EXPECT_EQ(DisplayWidth("\xff"), 1u);
  EXPECT_EQ(DisplayWidth("\xea\xb8"), 2u);
  EXPECT_EQ(DisplayWidth("\xea\xb8"
                         "a"),
            3u);
}

TEST(CutToWidthTest, CutsBeforeTheCharacterThatDoesNotFit) {
  EXPECT_EQ(CutToWidth("기사", 4), "기사");
  EXPECT_EQ(CutToWidth("기사문", 4), "기…");
  EXPECT_EQ(CutToWidth("기사문", 5), "기사…");
  EXPECT_EQ(CutToWidth("기사", 1), "…");
  EXPECT_EQ(CutToWidth("기사", 0), "");
}

TEST(PadToWidthTest, CountsColumnsAndNotBytes) {
  EXPECT_EQ(PadToWidth("기사", 6), "기사  ");
  EXPECT_EQ(PadToWidth("기사", 3), "기사");
}

TEST(PrintableTest, ControlsCannotReachTheTerminal) {
  EXPECT_EQ(Printable("a\x1b[31mb"), "a\uFFFD[31mb");
  EXPECT_EQ(Printable("a\u009b1mb"), "a\uFFFD1mb");
  EXPECT_EQ(Printable("a\rb\x7f"), "a\uFFFDb\uFFFD");
  EXPECT_EQ(Printable("한 줄\n\t둘"), "한 줄\n\t둘");
  EXPECT_EQ(OneLine("한 줄\n둘\t셋"), "한 줄 둘 셋");
  EXPECT_EQ(Printable("a\xff"), "a\uFFFD");
}

}  // namespace
}  // namespace gisa
