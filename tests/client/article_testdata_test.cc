// The articles in tests/testdata, whose README says what each of them shows.
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "client/article_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/errors.h"
#include "tests/client/article_testing.h"

namespace gisa {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Reads `path` in tests/testdata. Sources are relative to it.
std::vector<ReadArticle> Read(const std::string& path) {
  std::vector<ReadArticle> items;
  ArticleReader reader({TestDataPath(path)}, KoreanZones());
  reader.ReadAll([&](ReadArticle item) {
    item.source = std::string(absl::StripPrefix(item.source, TestDataPath(path)));
    items.push_back(std::move(item));
    return true;
  });
  return items;
}

std::map<std::string, v1::Article> ReadArticles() {
  std::map<std::string, v1::Article> articles;
  for (const ReadArticle& item : Read("articles/")) {
    EXPECT_TRUE(item.article.ok()) << item.source << ": " << item.article.status();
    if (item.article.ok()) articles[item.source] = *item.article;
  }
  return articles;
}

// The only item of `path`, which is an error.
absl::Status ErrorOfFile(const std::string& path) {
  const std::vector<ReadArticle> items = Read(path);
  EXPECT_EQ(items.size(), 1) << path;
  return items.empty() ? absl::OkStatus() : items[0].article.status();
}

// What is wrong with `bad/name`: `REASON field`, and then the message.
void ExpectBad(const std::string& name, const std::string& reason_and_field, const std::string& in_message) {
  const absl::Status status = ErrorOfFile("bad/" + name);
  std::string actual = ErrorReason(status);
  for (const FieldViolation& violation : ErrorViolations(status)) actual += " " + violation.field;
  EXPECT_EQ(actual, reason_and_field) << name;
  EXPECT_THAT(std::string(status.message()), HasSubstr(in_message)) << name;
}

TEST(ArticleTestDataTest, EveryArticleIsReadAndSurvivesARoundTrip) {
  const auto articles = ReadArticles();
  EXPECT_EQ(articles.size(), 43);
  for (const auto& [source, article] : articles) {
    SCOPED_TRACE(source);
    const auto file = ParseArticleFile(FormatArticleFile(article, KoreanZones()), KoreanZones());
    ASSERT_TRUE(file.ok()) << file.status();
    ExpectSameArticle(*file, article);
    const auto json = ParseArticleJson(FormatArticleJson(article, KoreanZones()), KoreanZones());
    ASSERT_TRUE(json.ok()) << json.status();
    ExpectSameArticle(*json, article);
  }
}

TEST(ArticleTestDataTest, CopiesAreCopiesAndNearCopiesAreNot) {
  auto articles = ReadArticles();
  const std::string wire = articles["104_0000000001.md"].content_hash();
  EXPECT_EQ(articles["102_0000000002.md"].content_hash(), wire);
  EXPECT_EQ(articles["103_0000000002.md"].content_hash(), wire);
  std::map<std::string, int> holders;
  for (const auto& [source, article] : articles) {
    if (!absl::StartsWith(source, "recrawl/")) ++holders[article.content_hash()];
  }
  EXPECT_EQ(holders.size(), 37);  // the wire copy has three holders, every other body one
  EXPECT_EQ(holders[wire], 3);
}

TEST(ArticleTestDataTest, RecrawlsDifferAsTheyShould) {
  auto articles = ReadArticles();
  EXPECT_NE(articles["recrawl/101_0000000001.md"].content_hash(), articles["101_0000000001.md"].content_hash());
  v1::Article unchanged = articles["recrawl/101_0000000002.md"];
  EXPECT_GT(unchanged.crawled_at().seconds(), articles["101_0000000002.md"].crawled_at().seconds());
  *unchanged.mutable_crawled_at() = articles["101_0000000002.md"].crawled_at();
  ExpectSameArticle(unchanged, articles["101_0000000002.md"]);
  EXPECT_NE(articles["recrawl/107_0000000001.md"].title(), articles["107_0000000001.md"].title());
  EXPECT_EQ(articles["recrawl/107_0000000001.md"].body(), articles["107_0000000001.md"].body());
}

TEST(ArticleTestDataTest, TheirPeculiaritiesAreReadAsMeant) {
  auto articles = ReadArticles();
  EXPECT_THAT(articles["101_0000000004.md"].body(),
              AllOf(HasSubstr("\n\n---\n\n*Crawled at: 어제 저녁*\n"), testing::EndsWith("밝혔다.\n\n---")));
  EXPECT_EQ(articles["101_0000000005.md"].body(), "");
  EXPECT_EQ(articles["101_0000000006.md"].author(),
            "한누리(hannuri@news.example.kr) 진솔아(sola@news.example.kr) 도하늘(sky@news.example.kr) (영상) 표다온 "
            "(그래픽) 미르");
  EXPECT_EQ(articles["101_0000000006.md"].category(), "");
  EXPECT_EQ(articles["101_0000000009.md"].crawled_at().nanos(), 250'000'000);
  EXPECT_THAT(articles["102_0000000005.md"].url(), testing::EndsWith("?from=rss&lang=ko"));
  EXPECT_THAT(articles["103_0000000004.md"].body(), HasSubstr("👨‍👩‍👧‍👦"));
  EXPECT_EQ(articles["103_0000000005.md"].title(), "[쉬운 코딩] 웹 문서에서 따옴표를 적는 법, &quot;와 &amp;");
  EXPECT_THAT(articles["103_0000000005.md"].body(), AllOf(HasSubstr("&amp;amp;quot;"), HasSubstr("<script>")));
  EXPECT_FALSE(articles["103_0000000006.md"].has_published_at());
  EXPECT_THAT(articles["106_0000000002.md"].body(), HasSubstr("\u1112\u1168\u1109\u1165\u11bc"));  // 혜성
  EXPECT_EQ(articles["106_0000000003.md"].title(), "'0.1 + 0.2'는 왜 0.3이 아닐까…컴퓨터 속 소수 이야기");
  EXPECT_THAT(articles["107_0000000001.md"].title(), testing::EndsWith("첫 우승"));
}

TEST(ArticleTestDataTest, TheFeedIsRead) {
  const std::vector<ReadArticle> items = Read("feed.jsonl");
  ASSERT_EQ(items.size(), 3);
  for (const ReadArticle& item : items) ASSERT_TRUE(item.article.ok()) << item.source << ": " << item.article.status();
  EXPECT_EQ(items[0].article->published_at().seconds(), items[0].article->crawled_at().seconds() - 1800);
  EXPECT_EQ(items[1].article->published_at().seconds(), 1760331600);
  EXPECT_EQ(items[2].article->title(), "속보");
}

TEST(ArticleTestDataTest, EveryBadFileSaysWhatIsWrong) {
  ExpectBad("bad_oid.md", "INVALID_ARTICLE_FILE oid", "\"신문/109\" has a character that is not allowed");
  ExpectBad("binary.md", "INVALID_ARTICLE_FILE", "binary file");
  ExpectBad("cut_in_body.md", "INVALID_ARTICLE_FILE body", "the file ends in the body; expected ---");
  ExpectBad("duplicate_key.md", "INVALID_ARTICLE_FILE category", "line 5: given twice, first on line 4");
  ExpectBad("id_mismatch.md", "INVALID_ARTICLE_FILE id", "expected \"109_0000000001\"");
  ExpectBad("invalid_utf8.md", "INVALID_ARTICLE_FILE", "(line 25): 0xeb is not UTF-8");
  ExpectBad("missing_aid.md", "INVALID_ARTICLE_FILE aid", "missing");
  ExpectBad("missing_oid.md", "INVALID_ARTICLE_FILE oid", "missing");
  ExpectBad("no_body.md", "INVALID_ARTICLE_FILE body", "the file ends before the body");
  ExpectBad("no_such_date.md", "INVALID_ARTICLE_FILE published_at", "\"2025-02-30 10:00\" is not a date that exists");
  ExpectBad("unclosed_front_matter.md", "INVALID_ARTICLE_FILE", "expected a closing ---");
  ExpectBad("wrong_hash.md", "CONTENT_HASH_MISMATCH content_hash", "0123456789abcdef");
}

TEST(ArticleTestDataTest, AJsonLineCutInHalfLeavesTheOthersReadable) {
  const std::vector<ReadArticle> items = Read("bad/truncated.jsonl");
  ASSERT_EQ(items.size(), 3);
  EXPECT_TRUE(items[0].article.ok());
  EXPECT_TRUE(items[2].article.ok());
  EXPECT_EQ(items[1].source, ":2");
  EXPECT_EQ(ErrorReason(items[1].article.status()), "INVALID_ARTICLE_FILE");
  EXPECT_THAT(std::string(items[1].article.status().message()),
              AllOf(testing::StartsWith("byte "), HasSubstr("missing closing quote")));
}

TEST(ArticleTestDataTest, ABadFileNeverStopsTheOthers) {
  std::vector<std::string> good;
  for (const ReadArticle& item : Read("bad/")) {
    if (item.article.ok()) good.push_back(item.source);
  }
  EXPECT_THAT(good, ElementsAre("truncated.jsonl:1", "truncated.jsonl:3"));
}

}  // namespace
}  // namespace gisa
