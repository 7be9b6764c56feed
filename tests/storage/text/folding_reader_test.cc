#include "storage/text/folding_reader.h"

#include <gtest/gtest.h>
#include <unicode/bytestream.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "storage/text/code_point.h"
#include "storage/text/hangul.h"
#include "storage/text/nfkc_casefold.h"
#include "tests/support/news_corpus.h"

namespace gisa {
namespace {

std::vector<FoldedChar> ReadAll(absl::string_view text, size_t block_size = 64) {
  std::vector<FoldedChar> all;
  std::vector<FoldedChar> block(block_size);
  FoldingReader reader;
  reader.Reset(text);
  while (const size_t count = reader.Read(absl::MakeSpan(block))) {
    all.insert(all.end(), block.begin(), block.begin() + count);
  }
  return all;
}

std::string Join(const std::vector<FoldedChar>& chars) {
  std::string text;
  for (const FoldedChar& c : chars) AppendCodePoint(c.code, text);
  return text;
}

// What ICU makes of the whole string.
std::string Fold(const std::string& text) {
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  UErrorCode status = U_ZERO_ERROR;
  NfkcCasefold().normalizeUTF8(0, text, sink, nullptr, status);
  EXPECT_TRUE(U_SUCCESS(status));
  return folded;
}

// Ranges are in order and on code point boundaries; those that differ do not overlap.
void ExpectGoodRanges(absl::string_view text, const std::vector<FoldedChar>& chars) {
  const auto is_boundary = [text](size_t offset) {
    return offset == text.size() || (static_cast<uint8_t>(text[offset]) & 0xC0) != 0x80;
  };
  FoldedChar previous;
  for (const FoldedChar& c : chars) {
    ASSERT_LT(c.begin, c.end);
    ASSERT_LE(c.end, text.size());
    ASSERT_TRUE(is_boundary(c.begin) && is_boundary(c.end));
    ASSERT_TRUE(c.begin >= previous.end || (c.begin == previous.begin && c.end == previous.end));
    previous = c;
  }
}

TEST(FoldingReaderTest, RealArticlesAreFoldedAsIcuFoldsThem) {
  const std::vector<NewsText> corpus = LoadNewsCorpus();
  if (corpus.empty()) GTEST_SKIP() << "no corpus here";
  for (const NewsText& text : corpus) {
    const std::vector<FoldedChar> chars = ReadAll(text.body);
    ASSERT_EQ(Join(chars), Fold(text.body));
    ExpectGoodRanges(text.body, chars);
  }
}

// Random strings of what composes, decomposes, reorders and disappears, in blocks of every size.
TEST(FoldingReaderTest, DifficultTextIsFoldedAsIcuFoldsIt) {
  constexpr auto kDifficult = std::to_array<char32_t>(
      {'a',     'A',    'e',    ' ',     0xE9,   0xDF,   0x130,  0x345,  0x301,  0x323,   0x327,   0x308,   0xAD,
       0x34F,   0x200D, 0xFE0F, 0x1100,  0x1112, 0x1161, 0x1175, 0x11A8, 0x11C2, 0x119E,  0xAC00,  0xAC01,  0xD7A3,
       0x3131,  0x3133, 0x314F, 0x318D,  0xFFA1, 0xFFC2, 0x115F, 0x3164, 0xFFBE, 0x3099,  0x309A,  0x304B,  0x30CF,
       0xFF8A,  0xFF9F, 0xF90A, 0x2F800, 0x3392, 0xFB01, 0x2460, 0xFDFA, 0x20E3, 0x1F600, 0x1F3FD, 0xE0100, 0x11099,
       0x110BA, 0x0344, 0x1E9B, 0x0F73,  0x0F71, 0x0DD9, 0x0DCF, 0x0DCA, 0x2126, 0x212B,  0x1D15E, 0x3000,  0x2026});
  std::mt19937 random(20180806);
  for (int round = 0; round < 30000; ++round) {
    std::string text;
    const size_t length = random() % 24;
    for (size_t i = 0; i < length; ++i) AppendCodePoint(kDifficult[random() % kDifficult.size()], text);
    const std::vector<FoldedChar> chars = ReadAll(text, 1 + round % 7);
    ASSERT_EQ(Join(chars), Fold(text)) << absl::CHexEscape(text);
    ExpectGoodRanges(text, chars);
  }
}

TEST(FoldingReaderTest, EveryCodePointIsFoldedAsIcuFoldsIt) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (!IsScalarValue(c)) continue;
    std::string text;
    AppendCodePoint(c, text);
    ASSERT_EQ(Join(ReadAll(text)), Fold(text)) << static_cast<uint32_t>(c);
  }
}

TEST(FoldingReaderTest, NothingIsReadBehindASeparator) {
  const std::string text = "가a, ②\u0301나";
  std::array<FoldedChar, 8> block;
  FoldingReader reader;
  reader.Reset(text);
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 3u);  // with the comma
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 1u);
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 2u);  // a segment that is folded: 2 and the mark
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 1u);
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 0u);
}

TEST(FoldingReaderTest, ASegmentCanBePassedOver) {
  const std::string text = "가②나다";
  std::array<FoldedChar, 1> block;
  FoldingReader reader;
  reader.Reset(text);
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 1u);
  EXPECT_TRUE(reader.at_segment());
  EXPECT_EQ(reader.offset(), text.find("②"));
  reader.MoveTo(static_cast<uint32_t>(text.find("다")));
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 1u);
  EXPECT_EQ(block[0].code, U'다');
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 0u);
}

TEST(FoldingReaderTest, ASegmentThatIsReadInPartIsNotPassedOver) {
  const std::string text = "㈜ 가";  // (주)
  std::array<FoldedChar, 2> block;
  FoldingReader reader;
  reader.Reset(text);
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 2u);
  EXPECT_FALSE(reader.at_segment());
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 1u);
  EXPECT_TRUE(reader.at_segment());
}

TEST(FoldingReaderTest, AnEndlessSegmentIsCut) {
  std::string text = "e";
  for (int i = 0; i < 100000; ++i) text += i % 2 == 0 ? "\u0301" : "\u0323";
  const std::vector<FoldedChar> chars = ReadAll(text);
  EXPECT_GT(chars.size(), 90000u);
  ExpectGoodRanges(text, chars);
}

TEST(FoldingReaderTest, AReaderCanBeResetInTheMiddle) {
  FoldingReader reader;
  std::array<FoldedChar, 1> block;
  reader.Reset("㈜한화");
  ASSERT_EQ(reader.Read(absl::MakeSpan(block)), 1u);
  reader.Reset("나");
  ASSERT_EQ(reader.Read(absl::MakeSpan(block)), 1u);
  EXPECT_EQ(block[0].code, U'나');
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 0u);
  EXPECT_EQ(reader.Read(absl::MakeSpan(block)), 0u);
}

}  // namespace
}  // namespace gisa
