#include "storage/base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace gisa {
namespace {

TEST(Utf8Test, WellFormedTextIsValid) {
  for (const absl::string_view text :
       {"", "plain", "한국 뉴스", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "漢字", "😀"}) {
    EXPECT_TRUE(IsValidUtf8(text)) << text;
  }
}

TEST(Utf8Test, TheFirstBadByteIsFound) {
  EXPECT_EQ(FindInvalidUtf8("abc\xFF"), 3u);
  EXPECT_EQ(FindInvalidUtf8("0123456789abcdef\x80"), 16u);
  EXPECT_EQ(FindInvalidUtf8("한\xED\x95"), 3u);            // cut short
  EXPECT_EQ(FindInvalidUtf8("\xC0\x80"), 0u);              // overlong
  EXPECT_EQ(FindInvalidUtf8("\xE0\x80\x80"), 0u);          // overlong
  EXPECT_EQ(FindInvalidUtf8("\xED\xA0\x80"), 0u);          // surrogate
  EXPECT_EQ(FindInvalidUtf8("\xF0\x80\x80\x80"), 0u);      // overlong
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0u);      // past U+10FFFF
  EXPECT_EQ(FindInvalidUtf8(std::string("a\0b", 3)), 3u);  // NUL is a character
}

TEST(Utf8Test, AnOffsetIsMovedBackToItsCodePoint) {
  EXPECT_EQ(FloorCodePoint("a한b", 0), 0u);
  EXPECT_EQ(FloorCodePoint("a한b", 1), 1u);
  EXPECT_EQ(FloorCodePoint("a한b", 2), 1u);
  EXPECT_EQ(FloorCodePoint("a한b", 3), 1u);
  EXPECT_EQ(FloorCodePoint("a한b", 4), 4u);
  EXPECT_EQ(FloorCodePoint("a한b", 99), 5u);
}

}  // namespace
}  // namespace gisa
