#include "storage/dedup/letters.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "storage/text/code_point.h"
#include "tests/storage/dedup/random_text.h"

namespace gisa {
namespace {

std::string Read(absl::string_view body) { return ToUtf8(LetterReader().Read(body)); }

TEST(LettersTest, OnlyLettersAndDigitsCount) {
  EXPECT_EQ(Read("가람시, 봄꽃 축제 “3일” 연다…"), "가람시봄꽃축제3일연다");
  EXPECT_EQ(Read("가람\t시\r\n\n봄꽃"), "가람시봄꽃");
}

TEST(LettersTest, CaseAndWidthAreFolded) {
  EXPECT_EQ(Read("Garam ＧＡＲＡＭ ①"), "garamgaram1");
  EXPECT_EQ(Read("㈜가람 ½"), "주가람12");
}

TEST(LettersTest, ComposedAndDecomposedAreTheSame) {
  EXPECT_EQ(Read("가람"), "가람");
  EXPECT_EQ(Read("Cafe\u0301 여름"), Read("Café 여름"));
}

TEST(LettersTest, EmojiDoNotCount) {
  EXPECT_EQ(Read("가람👩‍👩‍👧‍👦 축제🎉🇰🇷"), "가람축제");
  EXPECT_EQ(Read("😀😀😀"), "");
}

TEST(LettersTest, LinesOfBoilerplateAreLeftOut) {
  EXPECT_EQ(Read("[새소식 홍길동 기자] 봄꽃이 피었다.\n사진=새소식\n관람은 무료다.\nⓒ 새소식 무단전재 금지"),
            "봄꽃이피었다관람은무료다");
}

TEST(LettersTest, TheDatelineIsLookedForInTheFirstLineWithLetters) {
  EXPECT_EQ(Read("\n...\n[새소식 홍길동 기자] 봄꽃"), "봄꽃");
  EXPECT_EQ(Read("봄꽃\n[새소식 홍길동 기자] 여름"), "봄꽃새소식홍길동기자여름");
}

TEST(LettersTest, ABodyWithoutLettersHasNone) {
  EXPECT_EQ(Read(""), "");
  EXPECT_EQ(Read("\n \n...\n"), "");
}

// The quick way through plain characters finds what folding the whole gives.
TEST(LettersTest, AgreesWithTheFoldingReaderOnAnyText) {
  const std::array<std::u32string, 6> alphabets = {U"가각힣나다",   U"aZ09 .,-",   U"\u0301\u0308\u1161\u11A8\u3099",
                                                   U"“”·…①㈜ｱﾞﬁİẞ", U"漢字かが한", U"👩\u200D👧🇰🇷\uFE0F"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (size_t i = random() % 40; i > 0; --i) {
      const std::u32string& alphabet = alphabets[random() % alphabets.size()];
      AppendCodePoint(alphabet[random() % alphabet.size()], text);
    }
    Letters expected;
    FoldingReader reader;
    reader.Reset(text);
    std::array<FoldedChar, 16> block;
    while (const size_t count = reader.Read(absl::MakeSpan(block))) {
      for (size_t i = 0; i < count; ++i) {
        const CharClass c = block[i].char_class;
        if (c != CharClass::kSeparator && c != CharClass::kEnclosing) expected.push_back(block[i].code);
      }
    }
    EXPECT_EQ(Read(text), ToUtf8(expected)) << text;
  }
}

TEST(LettersTest, AMegabyteIsRead) {
  std::mt19937 random(1);
  const Letters letters = RandomLetters(random, 350'000);
  LetterReader reader;
  const absl::Span<const char32_t> read = reader.Read(ToUtf8(letters));
  EXPECT_EQ(Letters(read.begin(), read.end()), letters);
  EXPECT_EQ(ToUtf8(reader.Read("짧은 글")), "짧은글");
}

// U+FDFA becomes eighteen letters and spaces, the most that one character can.
TEST(LettersTest, TextMayGrowByFolding) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "\uFDFA";
  EXPECT_EQ(LetterReader().Read(text).size(), 15'000u);
}

}  // namespace
}  // namespace gisa
