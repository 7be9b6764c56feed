#include "storage/text/eojeol_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "storage/text/code_point.h"
#include "tests/support/news_corpus.h"

namespace gisa {
namespace {

// A run of an eojeol, spelt out.
struct ReadRun {
  bool starts_eojeol = false;
  bool syllabic = false;
  uint32_t position = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  std::u32string characters;                          // of a syllabic run
  std::vector<std::pair<uint32_t, uint32_t>> ranges;  // of each of them
  std::string word;

  friend bool operator==(const ReadRun&, const ReadRun&) = default;
};

std::vector<ReadRun> ReadRuns(absl::string_view text, uint32_t first_position) {
  std::vector<ReadRun> all;
  EojeolReader reader;
  reader.Reset(text, first_position);
  while (reader.Next()) {
    for (const EojeolReader::Run& run : reader.runs()) {
      ReadRun& read = all.emplace_back();
      read.starts_eojeol = &run == reader.runs().data();
      read.syllabic = run.syllabic;
      read.position = run.position;
      read.begin = run.begin;
      read.end = run.end;
      if (!run.syllabic) {
        read.word = std::string(reader.word(run));
        continue;
      }
      for (size_t i = 0; i < run.length; ++i) {
        read.characters.push_back(reader.syllables(run)[i]);
        read.ranges.emplace_back(reader.range(run, i).begin, reader.range(run, i).end);
      }
    }
  }
  return all;
}

// The same as storage/text/analyzer.h says it, one folded character after the other.
std::vector<ReadRun> ReadAsDescribed(absl::string_view text, uint32_t position) {
  std::vector<ReadRun> all;
  FoldingReader reader;
  reader.Reset(text);
  FoldedChar c;
  bool in_eojeol = false;
  bool gap = false;
  while (reader.Read(absl::MakeSpan(&c, 1)) > 0) {
    const bool is_mark = c.char_class == CharClass::kMark || c.char_class == CharClass::kEnclosing;
    if (c.char_class == CharClass::kSeparator || (is_mark && !in_eojeol)) {
      if (c.char_class == CharClass::kSeparator) gap = !all.empty();
      in_eojeol = false;
      continue;
    }
    if (is_mark && (all.back().syllabic || c.char_class == CharClass::kEnclosing)) {
      all.back().end = c.end;
      if (all.back().syllabic) all.back().ranges.back().second = c.end;
      continue;
    }
    const bool syllabic = c.char_class == CharClass::kSyllabic;
    std::string bytes;
    AppendCodePoint(c.code, bytes);
    if (!in_eojeol || all.back().syllabic != syllabic ||
        all.back().word.size() + bytes.size() > EojeolReader::kMaxWordBytes) {
      if (gap) ++position;
      gap = false;
      ReadRun& run = all.emplace_back();
      run.starts_eojeol = !in_eojeol;
      run.syllabic = syllabic;
      run.position = position;
      run.begin = c.begin;
      if (!syllabic) ++position;
      in_eojeol = true;
    }
    ReadRun& run = all.back();
    run.end = c.end;
    if (syllabic) {
      run.characters.push_back(c.code);
      run.ranges.emplace_back(c.begin, c.end);
      ++position;
    } else {
      run.word += bytes;
    }
  }
  return all;
}

TEST(EojeolReaderTest, RealArticlesAreReadAsDescribed) {
  const std::vector<NewsText> corpus = LoadNewsCorpus();
  if (corpus.empty()) GTEST_SKIP() << "no corpus here";
  for (const NewsText& text : corpus) ASSERT_TRUE(ReadRuns(text.body, 3) == ReadAsDescribed(text.body, 3)) << text.body;
}

// Random strings of Hangul as it stands, of what it composes of and joins with, and of everything else that eojeols
// begin and end with.
TEST(EojeolReaderTest, DifficultTextIsReadAsDescribed) {
  constexpr auto kDifficult = std::to_array<const char*>({" ",          " ",
                                                          " ",          ". ",
                                                          "\"",         "“",
                                                          "”",          "·",
                                                          "ㆍ",         "…",
                                                          "\n",         "=",
                                                          "(",          "a",
                                                          "B",          "20",
                                                          "é",          "e\u0301",
                                                          "\u0301",     "\u0338",
                                                          "\u200D",     "\uFE0F",
                                                          "\u00AD",     "\u20E3",
                                                          "\u1100",     "\u1161",
                                                          "\u11A8",     "\u119E",
                                                          "㈜",         "①",
                                                          "㎏",         "ＡＢ",
                                                          "美",         "國",
                                                          "𠮷",         "の",
                                                          "カ",         "ﾞ",
                                                          "ﾡ",          "ㄱ",
                                                          "😀",         "\U0001F3FD",
                                                          "\U00011099", "\u3000",
                                                          "\u3099",     "\u1112\u1161\u11AB"});
  std::mt19937 random(20180806);
  for (int round = 0; round < 100'000; ++round) {
    std::string text;
    for (size_t pieces = random() % 16; pieces > 0; --pieces) {
      if (random() % 2 == 0) {
        text += kDifficult[random() % kDifficult.size()];
        continue;
      }
      const size_t length = random() % 100 == 0 ? random() % 200 : 1 + random() % 4;
      for (size_t i = 0; i < length; ++i) AppendCodePoint(kFirstHangulSyllable + random() % kHangulSyllables, text);
    }
    ASSERT_TRUE(ReadRuns(text, 1) == ReadAsDescribed(text, 1)) << absl::CHexEscape(text);
  }
}

// What is taken for the end of an eojeol by itself stays a separator, whatever mark stands behind it.
TEST(EojeolReaderTest, NoMarkTurnsASeparatorIntoSomethingElse) {
  for (char32_t separator = 0; separator < 0x10000; ++separator) {
    const CharTraits traits = FindTraits(separator);
    if (!IsScalarValue(separator) || traits.char_class() != CharClass::kSeparator || !traits.stable()) continue;
    for (const char* const mark : {"\u0300", "\u0301", "\u0308", "\u0338", "\u0345", "\u1161", "\u11A8", "\u3099"}) {
      std::string text = "가";
      AppendCodePoint(separator, text);
      text += mark;
      const std::vector<ReadRun> read = ReadAsDescribed(text, 0);
      ASSERT_EQ(read[0].characters, U"가") << static_cast<uint32_t>(separator) << absl::CHexEscape(mark);
      ASSERT_EQ(read[0].end, 3u) << static_cast<uint32_t>(separator) << absl::CHexEscape(mark);
      ASSERT_TRUE(ReadRuns(text, 0) == read) << static_cast<uint32_t>(separator) << absl::CHexEscape(mark);
    }
  }
}

}  // namespace
}  // namespace gisa
