#include "storage/text/html_entities.h"

#include <gtest/gtest.h>

#include <string>

namespace gisa {
namespace {

TEST(HtmlEntitiesTest, TheFormsOfTheWriterAreUndone) {
  EXPECT_EQ(HtmlUnescape("&amp;&lt;&gt;&quot;&#x27;&#x60;&#x3D;"), "&<>\"'`=");
  EXPECT_EQ(HtmlUnescape("그는 &quot;R&amp;D 예산&quot;이라고 말했다"), "그는 \"R&D 예산\"이라고 말했다");
}

TEST(HtmlEntitiesTest, OnlyOneLevelIsUndone) {
  EXPECT_EQ(HtmlUnescape("&amp;quot;"), "&quot;");
  EXPECT_EQ(HtmlUnescape("&amp;amp;lt;"), "&amp;lt;");
  EXPECT_EQ(HtmlUnescape("&#x26;lt;"), "&lt;");
  EXPECT_EQ(HtmlUnescape("&#38;#38;"), "&#38;");
}

TEST(HtmlEntitiesTest, NumericReferencesToAnyScalarValueAreDecoded) {
  EXPECT_EQ(HtmlUnescape("&#39;&#x2F;&#X2f;&apos;"), "'//'");
  EXPECT_EQ(HtmlUnescape("&#xE9;"), "é");
  EXPECT_EQ(HtmlUnescape("&#54620;&#xAD6D;"), "한국");
  EXPECT_EQ(HtmlUnescape("&#x1F600;"), "😀");
  EXPECT_EQ(HtmlUnescape("&#x10FFFF;"), "\xF4\x8F\xBF\xBF");
  EXPECT_EQ(HtmlUnescape("&#0000000000000000000000065;"), "A");
  EXPECT_EQ(HtmlUnescape("&#0;"), std::string(1, '\0'));
}

TEST(HtmlEntitiesTest, WhatIsNoReferenceIsLeftAsItIs) {
  for (const absl::string_view text : {"",
                                       "&",
                                       "&&",
                                       "AT&T",
                                       "&amp",
                                       "&amp &lt",
                                       "&AMP;",
                                       "&nbsp;",
                                       "&hellip;",
                                       "&;",
                                       "&#;",
                                       "&#x;",
                                       "&#x",
                                       "&#",
                                       "&#12",
                                       "&#1a;",
                                       "&#xG;",
                                       "&# 39;",
                                       "&#-1;",
                                       "&#xD800;",
                                       "&#57343;",
                                       "&#x110000;",
                                       "&#99999999999999999999;",
                                       "&#xFFFFFFFFFFFFFFFF41;",
                                       "한국 & 미국; 😀"}) {
    EXPECT_EQ(HtmlUnescape(text), text);
  }
}

TEST(HtmlEntitiesTest, AReferenceAfterABrokenOneIsDecoded) {
  EXPECT_EQ(HtmlUnescape("&&lt;"), "&<");
  EXPECT_EQ(HtmlUnescape("&#&#39;"), "&#'");
  EXPECT_EQ(HtmlUnescape("&am&amp;"), "&am&");
  EXPECT_EQ(HtmlUnescape("&#xD800;&gt;"), "&#xD800;>");
}

TEST(HtmlEntitiesTest, ExactlyTheCharactersOfTheWriterAreEscaped) {
  EXPECT_EQ(HtmlEscape("&<>\"'`="), "&amp;&lt;&gt;&quot;&#x27;&#x60;&#x3D;");
  EXPECT_EQ(HtmlEscape("2018년/한국 #1 😀"), "2018년/한국 #1 😀");
  EXPECT_EQ(HtmlEscape("&quot;"), "&amp;quot;");
  EXPECT_EQ(HtmlEscape(""), "");
}

TEST(HtmlEntitiesTest, UnescapingUndoesEscaping) {
  std::string every_byte;
  for (int c = 0; c < 256; ++c) every_byte.push_back(static_cast<char>(c));
  for (const std::string& text : {every_byte, std::string("a=1&b=2"), std::string("&amp;quot;"), std::string("&#x26;"),
                                  std::string(1 << 20, '&')}) {
    EXPECT_EQ(HtmlUnescape(HtmlEscape(text)), text);
  }
}

}  // namespace
}  // namespace gisa
