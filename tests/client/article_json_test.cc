#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/article_file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/errors.h"
#include "storage/base/sha256.h"
#include "tests/client/article_testing.h"

namespace gisa {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

absl::StatusOr<v1::Article> ParseLine(absl::string_view line) { return ParseArticleJson(line, KoreanZones()); }

std::string ErrorOfLine(absl::string_view line) {
  const absl::StatusOr<v1::Article> article = ParseLine(line);
  EXPECT_FALSE(article.ok()) << line;
  if (article.ok()) return "";
  EXPECT_EQ(article.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(article.status()), "INVALID_ARTICLE_FILE");
  return std::string(article.status().message());
}

TEST(ArticleJsonTest, TextsAreTakenAsTheyAre) {
  const auto article = ParseLine(
      R"({"oid":"101","aid":"0001","id":"101_0001","title":"&amp; \"말\"","author":" 한 \t누리 ","category":null,)"
      R"("publisher":"한빛일보","url":"https://news.example.kr/1","published_at":"2025-03-02 09:30",)"
      R"("crawled_at":"2025-03-02T01:02:03.5Z","body":" 본문\n\ud83d\ude00 ","extra":{"oid":[1,{"aid":2}]}})");
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->oid(), "101");
  EXPECT_EQ(article->title(), "&amp; \"말\"");
  EXPECT_EQ(article->author(), " 한 \t누리 ");
  EXPECT_EQ(article->category(), "");
  EXPECT_EQ(article->body(), " 본문\n😀 ");
  EXPECT_EQ(article->content_hash(), ToHex(Sha256(" 본문\n😀 ")));
  EXPECT_EQ(article->published_at().seconds(), 1740875400);
  EXPECT_EQ(article->crawled_at().seconds(), 1740877323);
  EXPECT_EQ(article->crawled_at().nanos(), 500'000'000);
}

TEST(ArticleJsonTest, ALineHasTheFilesNamesAndTimesWithTheirOffset) {
  v1::Article article;
  article.set_oid("101");
  article.set_aid("0001");
  article.set_title("\"말\"");
  article.mutable_published_at()->set_seconds(1740875400);
  article.set_body("본문\n");
  EXPECT_EQ(FormatArticleJson(article, KoreanZones()),
            absl::StrCat(R"({"id":"101_0001","title":"\"말\"","category":"","publisher":"","author":"",)"
                         R"("published_at":"2025-03-02T09:30:00+09:00","crawled_at":null,"url":"","oid":"101",)"
                         R"("aid":"0001","content_hash":")",
                         ToHex(Sha256("본문\n")), R"(","body":"본문\n"})"));
}

TEST(ArticleJsonTest, AnyLineCutAnywhereIsAnErrorThatNamesAByte) {
  const std::string line = R"({"oid":"101","aid":"0001","body":"가\u1234","x":[1.5,{"y":true}]})";
  ASSERT_TRUE(ParseLine(line).ok()) << ParseLine(line).status();
  for (size_t size = 0; size < line.size(); ++size) {
    EXPECT_THAT(ErrorOfLine(line.substr(0, size)), StartsWith("byte "));
  }
  EXPECT_THAT(ErrorOfLine(R"({"oid":"101","aid":"00)"),
              AllOf(StartsWith("byte 22: not JSON: syntax error"), HasSubstr("missing closing quote")));
  EXPECT_THAT(ErrorOfLine(R"({"oid":"101")"),
              AllOf(StartsWith("byte 12: "), HasSubstr("unexpected end of input; expected '}'")));
}

TEST(ArticleJsonTest, OtherTypesThanStringsAreNamed) {
  EXPECT_EQ(ErrorOfLine(R"({"oid":101,"aid":"1","title":["a"],"url":{},"body":true})"),
            "oid: a number; expected a string; title: an array; expected a string; url: an object; expected a string; "
            "body: true or false; expected a string");
}

TEST(ArticleJsonTest, WhatIsNoObjectIsAnError) {
  for (const char* line : {"[]", "\"a\"", "1", "null", "true", "-1.5"}) {
    EXPECT_EQ(ErrorOfLine(line), "byte 0: not a JSON object; expected {") << line;
  }
  EXPECT_THAT(ErrorOfLine(""), HasSubstr("unexpected end of input"));
  EXPECT_THAT(ErrorOfLine(R"({"oid":"1","aid":"1"} {})"), HasSubstr("expected end of input"));
}

TEST(ArticleJsonTest, AFieldGivenTwiceIsAnError) {
  EXPECT_EQ(ErrorOfLine(R"({"oid":"1","aid":"1","oid":"2"})"), "oid: given twice; expected once");
  EXPECT_TRUE(ParseLine(R"({"oid":"1","aid":"1","x":"2","x":"3"})").ok());
}

TEST(ArticleJsonTest, MissingAndInconsistentKeysAreErrors) {
  EXPECT_THAT(ErrorOfLine("{}"), AllOf(HasSubstr("oid: missing"), HasSubstr("aid: missing")));
  EXPECT_THAT(ErrorOfLine(R"({"oid":"1","aid":"2","id":"2_1"})"), StartsWith("id: \"2_1\" is not oid_aid"));
  EXPECT_THAT(ErrorOfLine(R"({"oid":"1\u0000","aid":"2"})"), HasSubstr("character that is not allowed"));
}

TEST(ArticleJsonTest, BadBytesAndEscapesAreErrors) {
  EXPECT_THAT(ErrorOfLine("{\"oid\":\"1\xff\"}"), StartsWith("byte 9 (line 1): 0xff is not UTF-8"));
  EXPECT_THAT(ErrorOfLine(R"({"oid":"1","aid":"1","body":"\ud800"})"),
              AllOf(StartsWith("byte "), HasSubstr("surrogate")));
  EXPECT_THAT(ErrorOfLine(R"({"oid":"1","aid":"1","body":"\udc00"})"),
              AllOf(StartsWith("byte "), HasSubstr("surrogate")));
  EXPECT_THAT(ErrorOfLine(absl::string_view("{\"oid\":\"1\0\"}", 12)), StartsWith("byte 9: not JSON"));
}

TEST(ArticleJsonTest, AnEscapedNulInABodyIsKept) {
  const auto article = ParseLine(R"({"oid":"1","aid":"1","body":"a\u0000b"})");
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->body(), std::string("a\0b", 3));
}

TEST(ArticleJsonTest, DeepNestingIsRefused) {
  const std::string deep(1'000'000, '[');
  EXPECT_THAT(ErrorOfLine(deep), HasSubstr("not a JSON object"));
  EXPECT_THAT(ErrorOfLine("{\"x\":" + deep), HasSubstr("nested more than 100 deep"));
}

TEST(ArticleJsonTest, AMessageDoesNotRepeatALongLine) {
  EXPECT_LT(ErrorOfLine("{\"oid\":\"" + std::string(1'000'000, 'x')).size(), 300);
  EXPECT_LT(ErrorOfLine("{\"aid\":\"1\",\"oid\":\"" + std::string(1'000'000, 'x') + "\"}").size(), 300);
}

TEST(ArticleJsonTest, TheStatedHashIsChecked) {
  const std::string hash = ToHex(Sha256("본문"));
  EXPECT_TRUE(ParseLine(absl::StrCat(R"({"oid":"1","aid":"1","body":"본문","content_hash":")", hash, "\"}")).ok());
  const auto other = ParseLine(absl::StrCat(R"({"oid":"1","aid":"1","body":"본문 ","content_hash":")", hash, "\"}"));
  EXPECT_EQ(ErrorReason(other.status()), "CONTENT_HASH_MISMATCH");
  const auto none = ParseLine(absl::StrCat(R"({"oid":"1","aid":"1","content_hash":")", hash, "\"}"));
  EXPECT_EQ(ErrorReason(none.status()), "CONTENT_HASH_MISMATCH");
  EXPECT_THAT(std::string(none.status().message()), HasSubstr("body, which is missing"));
}

TEST(ArticleJsonTest, EveryLineOfTheCorpusIsRead) {
  std::ifstream stream(SharedPath("corpus/news.jsonl"), std::ios::binary);
  if (!stream) GTEST_SKIP() << "no corpus here";
  int count = 0;
  for (std::string line; std::getline(stream, line); ++count) {
    const auto article = ParseLine(line);
    ASSERT_TRUE(article.ok()) << count << ": " << article.status();
    ExpectSameArticle(*ParseLine(FormatArticleJson(*article, KoreanZones())), *article);
    ExpectSameArticle(*ParseArticleFile(FormatArticleFile(*article, KoreanZones()), KoreanZones()), *article);
  }
  EXPECT_EQ(count, 932);
}

}  // namespace
}  // namespace gisa
