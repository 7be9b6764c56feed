// Real binaries on real files: what goes in comes out again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/article_reader.h"
#include "tests/e2e/e2e_test.h"
#include "tests/e2e/search_phrase.h"

namespace gisa {
namespace {

using testing::HasSubstr;

ArticleFileZones Zones() {
  ArticleFileZones zones;
  absl::LoadTimeZone("Asia/Seoul", &zones.published_at);
  zones.crawled_at = absl::UTCTimeZone();
  return zones;
}

std::vector<v1::Article> ReadArticles(const std::vector<std::string>& paths) {
  std::vector<v1::Article> articles;
  ArticleReader(paths, Zones()).ReadAll([&articles](ReadArticle read) {
    if (read.article.ok()) articles.push_back(*std::move(read.article));
    return true;
  });
  return articles;
}

// Searches each article by a phrase of its own body; those without words are passed over.
void ExpectEachIsFound(ArchiveClient* client, const std::vector<v1::Article>& articles) {
  for (const v1::Article& article : articles) {
    const std::string phrase = PhraseOf(article.body());
    if (phrase.empty()) continue;
    v1::ArticleKey key;
    key.set_oid(article.oid());
    key.set_aid(article.aid());
    EXPECT_TRUE(Finds(client, phrase, key)) << article.oid() << "/" << article.aid() << ": " << phrase;
  }
}

using ArchiveE2eTest = E2eTest;

TEST_F(ArchiveE2eTest, IngestOfAFolderTellsWhatBecameOfEachArticle) {
  const CommandResult result = Gisa({"ingest", TestData("articles"), "-o", "json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const nlohmann::json expected = {{"created", 37}, {"duplicate", 2}, {"unchanged", 1},
                                   {"revised", 3},  {"rejected", 0},  {"failures", nlohmann::json::array()}};
  EXPECT_EQ(result.Json(), expected);
}

TEST_F(ArchiveE2eTest, IngestingTheSameFilesAgainChangesNothing) {
  Ingest(ArticleFiles());
  const nlohmann::json again = Ingest(ArticleFiles());
  EXPECT_EQ(again["unchanged"], ArticleFiles().size());
  EXPECT_EQ(again["created"], 0);
  EXPECT_EQ(again["revised"], 0);
}

TEST_F(ArchiveE2eTest, EachArticleComesBackByKeyAndByHashAsTheFileThatItWas) {
  Ingest(ArticleFiles());
  for (const v1::Article& article : ReadArticles(ArticleFiles())) {
    SCOPED_TRACE(absl::StrCat(article.oid(), "/", article.aid()));
    const CommandResult by_key = Gisa({"get", absl::StrCat(article.oid(), "/", article.aid()), "-o", "md"});
    ASSERT_EQ(by_key.exit_code, 0) << by_key.err;
    const absl::StatusOr<v1::Article> read = ParseArticleFile(by_key.out, Zones());
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->SerializeAsString(), article.SerializeAsString());

    const CommandResult by_hash = Gisa({"get", "--hash", article.content_hash(), "-o", "json"});
    ASSERT_EQ(by_hash.exit_code, 0) << by_hash.err;
    EXPECT_EQ(by_hash.Json()["body"], article.body());
  }
}

TEST_F(ArchiveE2eTest, EachArticleIsFoundByAPhraseOfItsOwnBody) {
  Ingest(ArticleFiles());
  ExpectEachIsFound(Connect().get(), ReadArticles(ArticleFiles()));
}

TEST_F(ArchiveE2eTest, SearchMarksTheHitsInBrackets) {
  WriteFile(dir_ / "a.jsonl", R"({"oid":"1","aid":"1","title":"대전 소식","body":"어제 대전에서 열렸다."})");
  Ingest({dir_ / "a.jsonl"});
  const CommandResult result = Gisa({"search", "대전"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("[대전] 소식"));
  EXPECT_THAT(result.out, HasSubstr("어제 [대전]에서 열렸다."));
  EXPECT_THAT(result.out, HasSubstr("1 article matches"));
  EXPECT_THAT(result.out, testing::Not(HasSubstr("\x1b")));
}

TEST_F(ArchiveE2eTest, SearchFiltersCountsAndOpens) {
  Ingest(ArticleFiles());
  const CommandResult table = Gisa({"search", "두레모아", "--facets=publisher", "--limit", "1"});
  EXPECT_EQ(table.exit_code, 0) << table.err;
  EXPECT_THAT(table.out, testing::AllOf(HasSubstr("1. "), HasSubstr("\npublisher\n  "), HasSubstr("1 shown")));
  const nlohmann::json json = Gisa({"search", "두레모아 OR 달빛호", "--oid", "101", "--facets", "-o", "json"}).Json();
  EXPECT_EQ(json["total_hits"], 3);
  EXPECT_EQ(json["facets"].size(), 4u);
  EXPECT_EQ(json["facets"][0]["values"][0]["hits"], 3);
  const CommandResult opened = Gisa({"search", "달빛호", "--order", "oldest", "--open", "1"});
  EXPECT_THAT(opened.out, HasSubstr("101/0000000001"));
  EXPECT_EQ(Gisa({"search", "달빛호", "--open", "9"}).exit_code, 1);
  EXPECT_EQ(Gisa({"search", "달빛호 (태풍"}).exit_code, 2);
  EXPECT_EQ(Gisa({"search", "달빛호", "--facets=nothing"}).exit_code, 2);
  EXPECT_EQ(Gisa({"search", "--published-after", "soon"}).exit_code, 2);
}

TEST_F(ArchiveE2eTest, SearchAllPagesThroughMoreThanAPageHolds) {
  std::string lines;
  for (int i = 0; i < 250; ++i) {
    absl::StrAppend(&lines, R"({"oid":"1","aid":")", i, R"(","title":"","body":"같은 소식 )", i, "\"}\n");
  }
  ASSERT_EQ(Gisa({"ingest", "-"}, lines).exit_code, 0);
  const CommandResult result = Gisa({"search", "소식", "--all", "-o", "json"});
  EXPECT_EQ(result.Json()["total_hits"], 250);
  EXPECT_EQ(result.Json()["hits"].size(), 250u);
}

TEST_F(ArchiveE2eTest, DupsShowsTheClusters) {
  Ingest(ArticleFiles());
  const CommandResult table = Gisa({"dups", "--clusters", "--members", "3"});
  EXPECT_EQ(table.exit_code, 0) << table.err;
  EXPECT_THAT(table.out, testing::StartsWith("SIZE  BODIES  FIRST "));
  EXPECT_EQ(std::count(table.out.begin(), table.out.end(), '\n'), 4) << table.out;
  const nlohmann::json json = Gisa({"dups", "--clusters", "--all", "-o", "json"}).Json();
  EXPECT_FALSE(json["has_more"]);
  EXPECT_FALSE(json["incomplete"]);
  EXPECT_EQ(json["total_clusters"], json["clusters"].size());
  const nlohmann::json& largest = json["clusters"][0];
  EXPECT_EQ(largest["size"], largest["members"].size());
  EXPECT_EQ(largest["canonical"]["aid"], largest["members"][0]["aid"]);
  EXPECT_THAT(table.out, HasSubstr(absl::StrCat(largest["canonical"]["oid"].get<std::string>(), "/",
                                                largest["canonical"]["aid"].get<std::string>())));
  EXPECT_EQ(Gisa({"dups", "--clusters", "--min-size", "1000", "-o", "jsonl"}).out, "");
  EXPECT_EQ(Gisa({"dups", "--clusters", "--since", "2999-01-01"}).out, "no clusters\n");
}

TEST_F(ArchiveE2eTest, BadInputIsNamedFileByFileAndTheRestIsStored) {
  const CommandResult result =
      Gisa({"ingest", TestData("bad"), TestData("articles/101_0000000001.md"), dir_ / "missing", "-o", "json"});
  EXPECT_EQ(result.exit_code, 1);
  const nlohmann::json json = result.Json();
  std::map<std::string, std::string> reasons;
  for (const nlohmann::json& failure : json["failures"]) reasons[failure["source"]] = failure["reason"];
  EXPECT_EQ(reasons.size(), json["rejected"]);
  for (const auto& entry : std::filesystem::directory_iterator(TestData("bad"))) {
    const std::string file = entry.path().string();
    const auto named = std::find_if(reasons.begin(), reasons.end(),
                                    [&file](const auto& reason) { return absl::StartsWith(reason.first, file); });
    ASSERT_NE(named, reasons.end()) << file;
    EXPECT_FALSE(named->second.empty()) << file;
    EXPECT_THAT(result.err, HasSubstr(named->first));
  }
  EXPECT_TRUE(reasons.contains(dir_ / "missing"));
  EXPECT_EQ(Gisa({"get", "101/0000000001"}).exit_code, 0);
}

TEST_F(ArchiveE2eTest, WhatIsTooLargeIsRejectedAloneAndSaysWhichField) {
  const auto line = [](absl::string_view aid, size_t title_bytes, size_t body_bytes) {
    return absl::StrCat(R"({"oid":"1","aid":")", aid, R"(","title":")", std::string(title_bytes, 't'), R"(","body":")",
                        std::string(body_bytes, 'b'), "\"}\n");
  };
  WriteFile(dir_ / "huge.jsonl",
            line("title", 1 << 20, 1) + line("body", 1, 10 << 20) + line("message", 1, 40 << 20) + line("good", 1, 1));
  const CommandResult result = Gisa({"ingest", dir_ / "huge.jsonl", "-o", "json"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  const nlohmann::json json = result.Json();
  EXPECT_EQ(json["created"], 1);
  ASSERT_EQ(json["failures"].size(), 3u);
  EXPECT_THAT(json["failures"][0]["reason"], HasSubstr("title"));
  EXPECT_THAT(json["failures"][1]["reason"], HasSubstr("body"));
  EXPECT_EQ(json["failures"][2]["source"], dir_ / "huge.jsonl:3");
}

TEST_F(ArchiveE2eTest, ListShowsArticlesAndTheRevisionsOfOne) {
  Ingest(ArticleFiles());
  Ingest({TestData("articles/recrawl")});
  EXPECT_EQ(Gisa({"list", "--limit", "1000", "-o", "json"}).Json()["articles"].size(), ArticleFiles().size());
  EXPECT_EQ(Gisa({"list", "--limit", "7", "-o", "json"}).Json()["articles"].size(), 7u);
  const nlohmann::json of_one_publisher = Gisa({"list", "--oid", "105", "-o", "json"}).Json()["articles"];
  ASSERT_EQ(of_one_publisher.size(), 3u);
  for (const nlohmann::json& article : of_one_publisher) EXPECT_EQ(article["oid"], "105");
  const nlohmann::json revisions = Gisa({"list", "101/0000000001", "-o", "json"}).Json()["revisions"];
  ASSERT_EQ(revisions.size(), 2u);
  EXPECT_EQ(revisions[0]["revision"], 2);
  EXPECT_EQ(revisions[1]["revision"], 1);
  const CommandResult first = Gisa({"get", "101/0000000001", "--revision", "1", "-o", "json"});
  EXPECT_EQ(first.Json()["content_hash"], revisions[1]["content_hash"]);
}

TEST_F(ArchiveE2eTest, AnExportMakesAnEqualArchive) {
  Ingest({TestData("articles"), TestData("feed.jsonl")});
  ASSERT_EQ(Gisa({"export", "-O", dir_ / "first.jsonl"}).exit_code, 0);
  Gisad copy;
  ASSERT_EQ(RunGisa(copy.address(), {"ingest", dir_ / "first.jsonl"}).exit_code, 0);
  ASSERT_EQ(RunGisa(copy.address(), {"export", "-O", dir_ / "second.jsonl"}).exit_code, 0);

  const auto content = [](const std::string& path) {
    std::vector<nlohmann::json> articles;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      nlohmann::json article = nlohmann::json::parse(line);
      for (const char* const own : {"revision", "ingested_at", "last_crawled_at", "sequence", "canonical"}) {
        article.erase(own);
      }
      articles.push_back(std::move(article));
    }
    return articles;
  };
  const std::vector<nlohmann::json> first = content(dir_ / "first.jsonl");
  EXPECT_GE(first.size(), ArticleFiles().size());
  EXPECT_EQ(content(dir_ / "second.jsonl"), first);
}

TEST_F(ArchiveE2eTest, ADeletedArticleStaysDeletedUntilUndeleteIsSaid) {
  Ingest(ArticleFiles());
  const std::string file = TestData("articles/101_0000000001.md");
  EXPECT_EQ(Gisa({"delete", "101/0000000001", "--reason", "요청"}).exit_code, 0);
  EXPECT_EQ(Gisa({"get", "101/0000000001"}).exit_code, 1);
  const CommandResult refused = Gisa({"ingest", file, "-o", "json"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.Json()["failures"][0]["reason"], HasSubstr("deleted"));
  EXPECT_EQ(Gisa({"ingest", file, "--undelete"}).exit_code, 0);
  EXPECT_EQ(Gisa({"get", "101/0000000001"}).exit_code, 0);
}

TEST_F(ArchiveE2eTest, StatsCountWhatIsStored) {
  Ingest(ArticleFiles());
  const nlohmann::json stats = Gisa({"stats", "-o", "json"}).Json();
  EXPECT_EQ(stats["articles"], ArticleFiles().size());
  EXPECT_EQ(stats["bodies"], ArticleFiles().size() - 2);
}

TEST_F(ArchiveE2eTest, TheSeedHasItsHash) {
  const std::string file = Shared("seed/018_0006192082.md");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no seed here";
  EXPECT_EQ(Ingest({file})["created"], 1);
  EXPECT_EQ(Ingest({file})["unchanged"], 1);
  constexpr char kHash[] = "48a378e5ab5e3dcade63c3869d1756816f217dd61d3d17d12b17b7337f4d431f";
  EXPECT_EQ(Gisa({"get", "018/0006192082", "-o", "json"}).Json()["content_hash"], kHash);
  EXPECT_EQ(Gisa({"get", "--hash", kHash, "-o", "json"}).Json()["id"], "018_0006192082");
}

TEST_F(ArchiveE2eTest, RealNewsIsStoredAndEachArticleFoundByAPhraseOfItsOwn) {
  const std::string file = Shared("corpus/news.jsonl");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no corpus here";
  const std::vector<v1::Article> articles = ReadArticles({file});
  const nlohmann::json counts = Ingest({file});
  EXPECT_EQ(counts["created"].get<size_t>() + counts["duplicate"].get<size_t>(), articles.size());
  EXPECT_EQ(counts["rejected"], 0);
  ExpectEachIsFound(Connect().get(), articles);
}

}  // namespace
}  // namespace gisa
