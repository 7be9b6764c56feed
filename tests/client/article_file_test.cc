#include "client/article_file.h"

#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/errors.h"
#include "storage/base/sha256.h"
#include "tests/client/article_testing.h"

namespace gisa {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

absl::StatusOr<v1::Article> Parse(absl::string_view file) { return ParseArticleFile(file, KoreanZones()); }

std::string ErrorOf(absl::string_view file) {
  const absl::StatusOr<v1::Article> article = Parse(file);
  EXPECT_FALSE(article.ok()) << file;
  if (article.ok()) return "";
  EXPECT_EQ(article.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(article.status()), "INVALID_ARTICLE_FILE");
  return std::string(article.status().message());
}

// Which fields the error is about.
std::vector<std::string> BadFields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : ErrorViolations(status)) fields.push_back(violation.field);
  return fields;
}

// A file that has everything, with `from` made `to`.
std::string Sample(absl::string_view from = "", absl::string_view to = "") {
  const std::string file =
      "---\n"
      "id: 101_0000000001\n"
      "title: \"&#x27;달빛호&#x27; 첫 출항\"\n"
      "category: 지역\n"
      "publisher: 한빛일보\n"
      "author: \n\t\t\n\t\t\t한누리(hannuri@news.example.kr)\n\t\t\n\t\n"
      "published_at: 2025-03-02 09:30\n"
      "crawled_at: 2025-03-02 01:02:03\n"
      "url: https://news.example.kr/article/101/0000000001\n"
      "oid: 101\n"
      "aid: 0000000001\n"
      "---\n"
      "\n"
      "# &#x27;달빛호&#x27; 첫 출항\\\n"
      "\n"
      "**한빛일보** | 2025-03-02 09:30 | 지역\n"
      "\n"
      "---\n"
      "\n"
      "연안 여객선 &#x27;달빛호&#x27;가 떠났다.\n"
      "\n"
      "---\n"
      "\n"
      "*Crawled at: 2025-03-02 01:02:03*\n"
      "*Source: [원문 보기](https://news.example.kr/article/101/0000000001)*\n";
  if (from.empty()) return file;
  EXPECT_TRUE(absl::StrContains(file, from)) << from;
  return absl::StrReplaceAll(file, {{from, to}});
}

TEST(ArticleFileTest, EveryFieldOfACrawledFileIsRead) {
  const auto article = Parse(Sample());
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->oid(), "101");
  EXPECT_EQ(article->aid(), "0000000001");
  EXPECT_EQ(article->title(), "'달빛호' 첫 출항");
  EXPECT_EQ(article->category(), "지역");
  EXPECT_EQ(article->publisher(), "한빛일보");
  EXPECT_EQ(article->author(), "한누리(hannuri@news.example.kr)");
  EXPECT_EQ(article->published_at().seconds(), 1740875400);  // 00:30 UTC
  EXPECT_EQ(article->crawled_at().seconds(), 1740877323);
  EXPECT_EQ(article->url(), "https://news.example.kr/article/101/0000000001");
  EXPECT_EQ(article->body(), "연안 여객선 '달빛호'가 떠났다.");
  EXPECT_EQ(article->content_hash(), ToHex(Sha256(article->body())));
}

TEST(ArticleFileTest, TheSeedHasItsPublishedHash) {
  std::ifstream stream(SharedPath("seed/018_0006192082.md"), std::ios::binary);
  if (!stream) GTEST_SKIP() << "no seed here";
  const std::string file{std::istreambuf_iterator<char>(stream), {}};
  const auto article = Parse(file);
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->content_hash(), "48a378e5ab5e3dcade63c3869d1756816f217dd61d3d17d12b17b7337f4d431f");
  EXPECT_EQ(article->category(), "");
  EXPECT_THAT(article->title(), AllOf(StartsWith("'"), testing::EndsWith("공개")));
  EXPECT_FALSE(absl::StrContains(article->author(), "\t"));
  EXPECT_EQ(article->published_at().seconds(), 1767020400);
  EXPECT_EQ(article->crawled_at().seconds(), 1767074996);
  ExpectSameArticle(*Parse(FormatArticleFile(*article, KoreanZones())), *article);
}

TEST(ArticleFileTest, EntitiesAreUndoneOnce) {
  const auto article = Parse(Sample("떠났다.", "&amp;quot;&lt;b&gt;&#39;&#x2F;&#44032;&apos;&nbsp;&"));
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->body(), "연안 여객선 '달빛호'가 &quot;<b>'/가'&nbsp;&");
}

TEST(ArticleFileTest, AnAuthorOfSeveralLinesIsCollapsed) {
  const auto article = Parse(Sample("한누리(", "강산들\t \n\n\t 한누리\u3000\u00a0 ("));
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->author(), "강산들 한누리 (hannuri@news.example.kr)");
}

TEST(ArticleFileTest, LinesThatOnlyLookLikeKeysBelongToTheValue) {
  const auto article = Parse(Sample("한누리(hannuri@news.example.kr)", "email: a\n\toid: 5\nbody: x"));
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->author(), "email: a oid: 5 body: x");
}

TEST(ArticleFileTest, OnlyThePairOfQuotesAroundATitleIsDropped) {
  EXPECT_EQ(Parse(Sample("\"&#x27;달빛호&#x27; 첫 출항\"", "달빛호"))->title(), "달빛호");
  EXPECT_EQ(Parse(Sample("\"&#x27;달빛호&#x27; 첫 출항\"", "\""))->title(), "\"");
  EXPECT_EQ(Parse(Sample("\"&#x27;달빛호&#x27; 첫 출항\"", "\"&quot;달빛호&quot;\""))->title(), "\"달빛호\"");
}

TEST(ArticleFileTest, TheBodyMayHoldDividersAndFooters) {
  const auto article = Parse(Sample("떠났다.", "\n---\n\n떠났다.\n---\n\n*Crawled at: 어제*\n그리고\n---"));
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->body(), "연안 여객선 '달빛호'가 \n---\n\n떠났다.\n---\n\n*Crawled at: 어제*\n그리고\n---");
}

TEST(ArticleFileTest, AnEmptyBodyIsABody) {
  const auto article = Parse(Sample("연안 여객선 &#x27;달빛호&#x27;가 떠났다.", ""));
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->body(), "");
  EXPECT_EQ(article->content_hash(), ToHex(Sha256("")));
}

TEST(ArticleFileTest, AbsentTimesAndTextsAreEmpty) {
  const auto article =
      Parse("---\noid: a.b-C_1\naid: 9\npublished_at:\ncrawled_at: \n---\n**** |  | \n---\n---\n*Crawled at: *\n");
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_FALSE(article->has_published_at());
  EXPECT_FALSE(article->has_crawled_at());
  EXPECT_EQ(article->title(), "");
  EXPECT_EQ(article->oid(), "a.b-C_1");
}

TEST(ArticleFileTest, AByteOrderMarkAndWindowsLineEndsChangeNothing) {
  const std::string file = Sample("떠났다.", "떠났다.\n\n모두 41명이다.");
  const std::string windows = "\ufeff" + absl::StrReplaceAll(file, {{"\n", "\r\n"}});
  ASSERT_TRUE(Parse(windows).ok()) << Parse(windows).status();
  ExpectSameArticle(*Parse(windows), *Parse(file));
}

TEST(ArticleFileTest, TheStatedHashDecidesWhetherWhiteSpaceWrittenAsReferencesBelongsToTheBody) {
  const auto with_hash = [](absl::string_view body) {
    return absl::StrReplaceAll(
        Sample("떠났다.", "떠났다.&#10;"),
        {{"aid: 0000000001\n", absl::StrCat("aid: 0000000001\ncontent_hash: ", ToHex(Sha256(body)), "\n")}});
  };
  const std::string stripped = "연안 여객선 '달빛호'가 떠났다.";
  EXPECT_EQ(Parse(with_hash(stripped))->body(), stripped);
  EXPECT_EQ(Parse(with_hash(stripped + "\n"))->body(), stripped + "\n");
  EXPECT_EQ(Parse(Sample("떠났다.", "떠났다.&#10;"))->body(), stripped);
}

TEST(ArticleFileTest, AHashThatIsNotTheBodysNamesBoth) {
  const std::string stated(64, 'a');
  const auto article = Parse(Sample("aid: 0000000001\n", "aid: 0000000001\ncontent_hash: " + stated + "\n"));
  EXPECT_EQ(article.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(article.status()), "CONTENT_HASH_MISMATCH");
  EXPECT_THAT(BadFields(article.status()), ElementsAre("content_hash"));
  EXPECT_THAT(std::string(article.status().message()),
              AllOf(HasSubstr("line 16"), HasSubstr(stated), HasSubstr(Parse(Sample())->content_hash())));
}

TEST(ArticleFileTest, EveryBadFieldIsNamedWithItsLine) {
  const auto article = Parse(absl::StrReplaceAll(
      Sample(), {{"\noid: 101", "\noid: 1/1"},
                 {"aid: 0000000001\n", absl::StrCat("aid: ", std::string(65, '7'), "\ncontent_hash: 12\n")},
                 {"published_at: 2025-03-02 09:30", "published_at: 2025-02-30 10:00"},
                 {"category: 지역", absl::StrCat("category: ", std::string(1025, 'x'))},
                 {"crawled_at: 2025-03-02 01:02:03", "crawled_at: yesterday"}}));
  EXPECT_THAT(BadFields(article.status()),
              ElementsAre("oid", "aid", "category", "published_at", "crawled_at", "content_hash"));
  EXPECT_THAT(std::string(article.status().message()),
              AllOf(HasSubstr("oid: line 14: \"1/1\" has a character that is not allowed; expected 1 to 64 of "),
                    HasSubstr("aid: line 15: \"77777"), HasSubstr("has 65 bytes"),
                    HasSubstr("category: line 4: has 1025 bytes; at most 1024 are allowed"),
                    HasSubstr("published_at: line 11: \"2025-02-30 10:00\" is not a date that exists; expected "
                              "YYYY-MM-DD HH:MM"),
                    HasSubstr("crawled_at: line 12: \"yesterday\" is not a time"),
                    HasSubstr("content_hash: line 16: \"12\" is not a SHA-256; expected 64 hex digits")));
}

TEST(ArticleFileTest, AMissingKeyIsNamed) {
  EXPECT_THAT(ErrorOf(Sample("\noid: 101", "")), StartsWith("oid: missing; expected"));
  EXPECT_THAT(ErrorOf(Sample("\naid: 0000000001", "\naid: ")), StartsWith("aid: line 15: missing; expected"));
}

TEST(ArticleFileTest, AnIdThatIsNotTheKeyIsAnError) {
  EXPECT_THAT(ErrorOf(Sample("id: 101_0000000001", "id: 101_0000000002")),
              StartsWith("id: line 2: \"101_0000000002\" is not oid_aid; expected \"101_0000000001\""));
}

TEST(ArticleFileTest, AKeyGivenTwiceIsAnError) {
  EXPECT_EQ(ErrorOf(Sample("oid: 101", "oid: 101\noid: 102")),
            "oid: line 15: given twice, first on line 14; expected once");
}

TEST(ArticleFileTest, AnOverlongTitleIsAnErrorWithItsSize) {
  EXPECT_EQ(ErrorOf(Sample("달빛호", std::string(1'000'000, 'x'))),
            "title: line 3: has 1000013 bytes; at most 8192 are allowed");
}

TEST(ArticleFileTest, WhatIsNoCrawledFileSaysWhatWasExpected) {
  EXPECT_EQ(ErrorOf(""), "line 1: the file is empty; expected --- and a front matter");
  EXPECT_EQ(ErrorOf("# title\n"), "line 1: not a crawled article file; expected --- and a front matter");
  EXPECT_EQ(ErrorOf("---\nabc\n---\n"), "line 2: not a key; expected one such as `id:`");
  EXPECT_EQ(ErrorOf("---\nid: 1_2\noid: 1"), "line 3: the file ends in its front matter; expected a closing ---");
  EXPECT_THAT(ErrorOf("---\n---\n# a\n---\nb\n"),
              StartsWith("body: line 5: the file ends before the body; expected the"));
  EXPECT_THAT(ErrorOf("---\n---\n**a** | b\n"),
              StartsWith("body: line 3: the file ends before the body; expected ---"));
  EXPECT_THAT(ErrorOf(Sample("\n---\n\n*Crawled", "\n*Crawled")),
              StartsWith("body: line 27: the file ends in the body; expected ---"));
}

TEST(ArticleFileTest, BytesThatAreNotTextAreNamedByOffset) {
  EXPECT_EQ(ErrorOf("---\nid: 1\xff"), "byte 9 (line 2): 0xff is not UTF-8 here; expected UTF-8 text");
  EXPECT_THAT(ErrorOf(Sample("떠났다.", "떠\xeb\x82")), HasSubstr("0xeb is not UTF-8 here"));
  EXPECT_THAT(ErrorOf(absl::string_view("\x7f"
                                        "ELF\0\0",
                                        6)),
              StartsWith("byte 4: a NUL, so this is a binary file"));
}

}  // namespace
}  // namespace gisa
