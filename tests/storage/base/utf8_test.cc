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

// All code points of three bytes, and what is like them, each beside one that is well-formed.
TEST(Utf8Test, SequencesOfThreeBytesAreCheckedAlsoInPairs) {
  for (int lead = 0xE0; lead <= 0xEF; ++lead) {
    for (int second = 0; second <= 0xFF; ++second) {
      for (const int third : {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF}) {
        const std::string sequence = {static_cast<char>(lead), static_cast<char>(second), static_cast<char>(third)};
        const bool is_continued = second >= 0x80 && second < 0xC0 && third >= 0x80 && third < 0xC0;
        const bool is_overlong = lead == 0xE0 && second < 0xA0;
        const bool is_surrogate = lead == 0xED && second >= 0xA0;
        const bool is_valid = is_continued && !is_overlong && !is_surrogate;
        SCOPED_TRACE(testing::Message() << lead << " " << second << " " << third);
        EXPECT_EQ(FindInvalidUtf8(sequence + "한가운데"), is_valid ? 15u : 0u);
        EXPECT_EQ(FindInvalidUtf8("한" + sequence + "가운데"), is_valid ? 15u : 3u);
      }
    }
  }
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
