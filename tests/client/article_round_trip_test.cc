#include <random>

#include "client/article_file.h"
#include "gtest/gtest.h"
#include "storage/base/utf8.h"
#include "tests/client/article_testing.h"

namespace gisa {
namespace {

constexpr int kArticles = 3000;

class ArticleRoundTripTest : public testing::TestWithParam<const char*> {
 protected:
  const ArticleFileZones zones_{LoadZone(GetParam()), LoadZone(GetParam())};
  std::mt19937 random_{20250302};
};

TEST_P(ArticleRoundTripTest, AFormattedFileReadsAsTheSameArticle) {
  for (int i = 0; i < kArticles; ++i) {
    const v1::Article article = RandomNastyArticle(random_);
    const std::string file = FormatArticleFile(article, zones_);
    ASSERT_TRUE(IsValidUtf8(file));
    const auto read = ParseArticleFile(file, zones_);
    ASSERT_TRUE(read.ok()) << read.status() << "\n" << file;
    ExpectSameArticle(*read, article);
    if (HasFailure()) FAIL() << file;
  }
}

TEST_P(ArticleRoundTripTest, AFormattedFileSurvivesWindowsLineEnds) {
  for (int i = 0; i < kArticles / 10; ++i) {
    const v1::Article article = RandomNastyArticle(random_);
    std::string file;
    for (const char c : FormatArticleFile(article, zones_)) {
      if (c == '\n') file.push_back('\r');
      file.push_back(c);
    }
    const auto read = ParseArticleFile(file, zones_);
    ASSERT_TRUE(read.ok()) << read.status() << "\n" << file;
    ExpectSameArticle(*read, article);
  }
}

TEST_P(ArticleRoundTripTest, AFormattedJsonLineReadsAsTheSameArticle) {
  for (int i = 0; i < kArticles; ++i) {
    const v1::Article article = RandomNastyArticle(random_);
    const std::string line = FormatArticleJson(article, zones_);
    ASSERT_EQ(line.find('\n'), line.npos);
    const auto read = ParseArticleJson(line, zones_);
    ASSERT_TRUE(read.ok()) << read.status() << "\n" << line;
    ExpectSameArticle(*read, article);
    if (HasFailure()) FAIL() << line;
  }
}

INSTANTIATE_TEST_SUITE_P(Zones, ArticleRoundTripTest,
                         testing::Values("Asia/Seoul", "UTC", "America/New_York", "Australia/Lord_Howe"));

}  // namespace
}  // namespace gisa
