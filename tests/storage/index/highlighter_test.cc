#include "storage/index/highlighter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "storage/base/utf8.h"
#include "storage/index/query_parser.h"
#include "tests/support/news_corpus.h"
#include "tests/support/plain_query.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Cut(absl::string_view text, const TextRange& range) {
  return std::string(text.substr(range.begin, range.end - range.begin));
}

Highlighter Of(absl::string_view query) {
  const absl::StatusOr<QueryNode> node = ParseQuery(query, SearchMatch::kAll, /*may_be_open=*/true);
  EXPECT_TRUE(node.ok()) << query << ": " << node.status();
  return Highlighter(node.ok() ? *node : QueryNode());
}

// The best passage; an empty one when there is none.
Snippet BestPassage(absl::string_view query, absl::string_view body, size_t max_bytes = 360) {
  const std::vector<Snippet> snippets = Of(query).BestPassages(body, 1, max_bytes);
  return snippets.empty() ? Snippet() : snippets.front();
}

std::vector<std::string> Find(absl::string_view query, absl::string_view text, size_t limit = 100) {
  std::vector<std::string> found;
  for (const TextRange& range : Of(query).FindInTitle(text, limit)) found.push_back(Cut(text, range));
  return found;
}

std::vector<std::string> Highlights(const Snippet& snippet) {
  std::vector<std::string> found;
  for (const TextRange& range : snippet.highlights) found.push_back(Cut(snippet.text, range));
  return found;
}

// Text of `count` eojeols that no query of these tests finds.
std::string Filler(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "무난한 ";
  return text;
}

TEST(HighlighterTest, EachWordOfTheQueryIsFound) {
  EXPECT_THAT(Find("시장 대전", "대전시장은 서대전 재래시장에서"), ElementsAre("대전", "시장", "대전", "시장"));
  EXPECT_THAT(Find("ai 모델", "AI 모델, AI모델, 에이아이 said"), ElementsAre("AI", "모델", "AI", "모델"));
}

TEST(HighlighterTest, WhatTheIndexDoesNotMatchIsNotHighlighted) {
  EXPECT_THAT(Find("20", "2018 G20"), IsEmpty());
  EXPECT_THAT(Find("대전", "대 전"), IsEmpty());
  EXPECT_THAT(Find("", "대전"), IsEmpty());
  EXPECT_THAT(Find("… 😀", "… 😀"), IsEmpty());
  EXPECT_THAT(Find("대전", ""), IsEmpty());
}

TEST(HighlighterTest, OverlappingOccurrencesAreJoined) {
  EXPECT_THAT(Find("가나다 나다라", "가나다라마"), ElementsAre("가나다라"));
  EXPECT_THAT(Find("가가", "가가가가 가"), ElementsAre("가가가가"));
  EXPECT_THAT(Find("대전 대전시장", "대전시장"), ElementsAre("대전시장"));
}

TEST(HighlighterTest, NoMoreRangesThanAskedForAreReturned) {
  EXPECT_THAT(Find("가", "가 나가 다가", 2), ElementsAre("가", "가"));
  EXPECT_THAT(Find("가", "가 나", 0), IsEmpty());
  // What overlaps the last one still belongs to it.
  EXPECT_THAT(Find("가나 나다", "가나다 가나", 1), ElementsAre("가나다"));
}

TEST(HighlighterTest, RangesAreBytesOfTheOriginalText) {
  const std::string decomposed = "\u1103\u1162\u110C\u1165\u11AB";  // 대전
  EXPECT_THAT(Find("대전", "😀" + decomposed + "에서"), ElementsAre(decomposed));
  EXPECT_THAT(Find("전", "😀" + decomposed), ElementsAre("\u110C\u1165\u11AB"));
  EXPECT_THAT(Find("b", "a\n&lt;b&gt;\n<b>굵게</b>"), ElementsAre("b", "b", "b"));
  EXPECT_THAT(Find("école", "E\u0301COLE, ÉCOLE"), ElementsAre("E\u0301COLE", "ÉCOLE"));
  EXPECT_THAT(Find("한화", "㈜한화"), ElementsAre("한화"));
}

TEST(HighlighterTest, HanjaAndHowItIsReadAreHighlightedForEachOther) {
  const std::string text = "대전과 大田, \uF90A씨";
  EXPECT_THAT(Find("대전", text), ElementsAre("대전", "大田"));
  EXPECT_THAT(Find("大田", text), ElementsAre("대전", "大田"));
  EXPECT_THAT(Find("김씨", text), ElementsAre("\uF90A씨"));
  EXPECT_THAT(Find("金", text), ElementsAre("\uF90A"));
  const Snippet snippet = BestPassage("대전", "😀 新大田市");
  ASSERT_EQ(snippet.highlights.size(), 1u);
  EXPECT_EQ(snippet.highlights[0].begin, 8u);  // four bytes of the emoji, a space, three of 新
  EXPECT_EQ(snippet.highlights[0].end, 14u);
}

TEST(HighlighterTest, AShortBodyIsThePassage) {
  const std::string body = "대전시는 16일 발표했다.\n시장은 “환영한다”고 말했다.";
  const Snippet snippet = BestPassage("시장", body);
  EXPECT_EQ(snippet.text, body);
  EXPECT_EQ(snippet.body_offset, 0u);
  EXPECT_THAT(Highlights(snippet), ElementsAre("시장"));
}

TEST(HighlighterTest, NoWordNoPassage) {
  const Snippet snippet = BestPassage("서울", "대전시는 16일 발표했다.");
  EXPECT_EQ(snippet.text, "");
  EXPECT_THAT(snippet.highlights, IsEmpty());
}

TEST(HighlighterTest, ThePassageHasTheMostDistinctWords) {
  const std::string body =
      Filler(100) + "대전 대전 대전 " + Filler(100) + "대전 시장 " + Filler(100) + "시장 " + Filler(100);
  const Snippet snippet = BestPassage("대전 시장", body);
  EXPECT_THAT(Highlights(snippet), ElementsAre("대전", "시장"));
  EXPECT_LE(snippet.text.size(), 360u);
  EXPECT_GE(snippet.text.size(), 300u);
  EXPECT_EQ(body.substr(snippet.body_offset, snippet.text.size()), snippet.text);
}

TEST(HighlighterTest, APassageIsCutAtWhiteSpace) {
  const std::string body = Filler(100) + "대전시장은" + " " + Filler(100);
  const Snippet snippet = BestPassage("전시", body, 100);
  EXPECT_THAT(snippet.text, HasSubstr("무난한 대전시장은 무난한"));
  EXPECT_EQ(snippet.text.substr(0, 9), "무난한");
  EXPECT_EQ(snippet.text.substr(snippet.text.size() - 9), "무난한");
  EXPECT_THAT(Highlights(snippet), ElementsAre("전시"));
}

TEST(HighlighterTest, APassageAtTheEndOfTheBodyUsesTheRoomBefore) {
  const std::string body = Filler(100) + "대전";
  const Snippet snippet = BestPassage("대전", body, 200);
  EXPECT_GE(snippet.text.size(), 180u);
  EXPECT_EQ(snippet.body_offset + snippet.text.size(), body.size());
  EXPECT_THAT(Highlights(snippet), ElementsAre("대전"));
}

TEST(HighlighterTest, TextWithoutWhiteSpaceIsCutBetweenCharacters) {
  std::string body;
  for (int i = 0; i < 200; ++i) body += "\u1100\u1161\u11A8";  // 각, decomposed
  body += "대전";
  for (int i = 0; i < 200; ++i) body += "\u1100\u1161\u11A8";
  for (size_t max_bytes = 20; max_bytes < 60; ++max_bytes) {
    const Snippet snippet = BestPassage("대전", body, max_bytes);
    EXPECT_LE(snippet.text.size(), max_bytes);
    EXPECT_EQ(snippet.text.substr(0, 3), snippet.highlights[0].begin == 0 ? "대" : "\u1100");
    EXPECT_THAT(Highlights(snippet), ElementsAre("대전"));
    const size_t after = snippet.text.size() - snippet.highlights[0].end;
    EXPECT_EQ(after % 9, 0u);
  }
}

TEST(HighlighterTest, AnOccurrenceThatDoesNotFitIsCutShort) {
  const std::string word = "가나다라마바사아자차카타파하";
  const Snippet snippet = BestPassage(word, "앞 " + word + " 뒤", 16);
  EXPECT_EQ(snippet.text, "가나다라마");
  EXPECT_THAT(Highlights(snippet), ElementsAre("가나다라마"));
  EXPECT_EQ(BestPassage(word, word, 0).text, "");
}

TEST(HighlighterTest, AHugeBodyIsRead) {
  std::string body;
  for (int i = 0; i < 300000; ++i) body += "가";
  const Snippet snippet = BestPassage("가가", body);
  EXPECT_LE(snippet.text.size(), 360u);
  ASSERT_EQ(snippet.highlights.size(), 1u);
  EXPECT_EQ(Of("가가").FindInTitle(body).size(), 1u);
}

TEST(HighlighterTest, FurtherPassagesAreApartAndTheBestComesFirst) {
  const std::string body = "대전 " + Filler(60) + "대전 시장 " + Filler(60) + "시장 시장 " + Filler(60);
  const std::vector<Snippet> snippets = Of("대전 시장").BestPassages(body, 3, 100);
  ASSERT_EQ(snippets.size(), 3u);
  EXPECT_THAT(Highlights(snippets[0]), ElementsAre("대전", "시장"));
  EXPECT_THAT(Highlights(snippets[1]), ElementsAre("시장", "시장"));
  EXPECT_THAT(Highlights(snippets[2]), ElementsAre("대전"));
  EXPECT_GT(snippets[0].body_offset, snippets[2].body_offset + snippets[2].text.size());
  EXPECT_EQ(Of("대전 시장").BestPassages(body, 2, 100).size(), 2u);
}

TEST(HighlighterTest, APlaceIsToldInCodePointsAsWell) {
  const std::string body = "😀 é " + Filler(60) + "대전";
  const Snippet snippet = BestPassage("대전", body, 40);
  const std::string before = body.substr(0, snippet.body_offset);
  EXPECT_GT(snippet.body_code_point_offset, 0u);
  EXPECT_EQ(
      snippet.body_code_point_offset,
      static_cast<size_t>(std::count_if(before.begin(), before.end(), [](char c) { return (c & 0xC0) != 0x80; })));
}

TEST(HighlighterTest, WhatIsExcludedOrOfAnotherFieldIsNotShown) {
  EXPECT_THAT(Find("대전 -시장 body:소식 title:서울", "대전 시장 소식 서울"), ElementsAre("대전", "서울"));
  EXPECT_THAT(Highlights(BestPassage("대전 -시장 body:소식 title:서울 author:서울", "대전 시장 소식 서울")),
              ElementsAre("대전", "소식"));
  EXPECT_THAT(Find("\"대전 시장\" 소*", "대전 시장, 시장 소식 새소식"), ElementsAre("대전 시장", "소"));
}

TEST(HighlighterTest, RealArticlesAreHighlightedByTheWordsOfTheirTitles) {
  const std::vector<NewsText> corpus = LoadNewsCorpus();
  if (corpus.empty()) GTEST_SKIP() << "no corpus here";
  for (const NewsText& article : corpus) {
    const Highlighter highlighter = Of(PlainQuery(article.title));
    const std::string& body = article.body;
    size_t last_end = 0;
    for (const TextRange& range : highlighter.FindInTitle(body, body.size())) {
      ASSERT_GE(range.begin, last_end);
      ASSERT_LT(range.begin, range.end);
      ASSERT_EQ(FloorCodePoint(body, range.begin), range.begin);
      ASSERT_EQ(FloorCodePoint(body, range.end), range.end);
      last_end = range.end;
    }
    const std::vector<Snippet> snippets = highlighter.BestPassages(body, 3);
    ASSERT_EQ(snippets.empty(), last_end == 0);
    for (const Snippet& snippet : snippets) {
      ASSERT_LE(snippet.text.size(), 360u);
      ASSERT_TRUE(IsValidUtf8(snippet.text));
      ASSERT_EQ(body.substr(snippet.body_offset, snippet.text.size()), snippet.text);
      ASSERT_FALSE(snippet.highlights.empty());
      for (const TextRange& range : snippet.highlights) ASSERT_LE(range.end, snippet.text.size());
    }
  }
}

}  // namespace
}  // namespace gisa
