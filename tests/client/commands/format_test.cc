// What the commands print, as text.

#include <gtest/gtest.h>

#include <cstdio>

#include "client/commands/article_view.h"
#include "client/commands/exit_code.h"
#include "client/commands/highlight.h"
#include "client/commands/progress.h"
#include "client/commands/quantity.h"
#include "client/commands/table.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

TEST(QuantityTest, CountsHaveSeparators) {
  EXPECT_EQ(CountText(0), "0");
  EXPECT_EQ(CountText(999), "999");
  EXPECT_EQ(CountText(1000), "1,000");
  EXPECT_EQ(CountText(1234567), "1,234,567");
}

TEST(QuantityTest, BytesHaveTheUnitThatFits) {
  EXPECT_EQ(BytesText(1023), "1023 B");
  EXPECT_EQ(BytesText(1536), "1.5 KiB");
  EXPECT_EQ(BytesText((1 << 20) - 1), "1.0 MiB");
  EXPECT_EQ(BytesText(uint64_t{5} << 40), "5.0 TiB");
}

TEST(QuantityTest, DurationsAreShort) {
  EXPECT_EQ(DurationText(absl::Milliseconds(400)), "0s");
  EXPECT_EQ(DurationText(absl::Seconds(59.6)), "1m00s");
  EXPECT_EQ(DurationText(absl::Seconds(125)), "2m05s");
  EXPECT_EQ(DurationText(absl::Seconds(3725)), "1h02m");
}

TEST(ProgressTextTest, ShowsShareRateAndTimeLeft) {
  const ProgressState half = {
      .articles = 1500, .failures = 2, .bytes_read = 50, .bytes_total = 100, .elapsed = absl::Seconds(10)};
  EXPECT_EQ(ProgressText(half, /*with_bar=*/true, 100),
            "[############------------]  50%  1,500 articles, 2 rejected  150/s  10s left");
  EXPECT_EQ(ProgressText(half, /*with_bar=*/false, 100), " 50%  1,500 articles, 2 rejected  150/s  10s left");
  EXPECT_EQ(ProgressText(half, /*with_bar=*/true, 10), "[########…");
}

TEST(ProgressTextTest, AnUnknownTotalHasNoShare) {
  const ProgressState state = {.articles = 1, .failures = 0, .bytes_read = 9, .bytes_total = 0, .elapsed = {}};
  EXPECT_EQ(ProgressText(state, /*with_bar=*/true, 100), "1 article");
}

TEST(TableTest, ColumnsAlignByDisplayWidthAndTheLastIsCut) {
  EXPECT_EQ(FormatTable({"A", "B"}, {{"기사", "x"}, {"n", "가나다라마바사아자차카타"}}, 26),
            "A     B\n"
            "기사  x\n"
            "n     가나다라마바사아자…\n");
}

TEST(TableTest, CellsAreOneLineAndWithoutControls) {
  EXPECT_EQ(FormatTable({"A"}, {{"a\nb\x1b"}}, 80), "A\na b\uFFFD\n");
}

class HighlightTest : public testing::Test {
 protected:
  std::string Highlight(absl::string_view text, const std::vector<std::pair<uint32_t, uint32_t>>& ranges) {
    google::protobuf::RepeatedPtrField<v1::TextRange> messages;
    for (const auto& [begin, end] : ranges) {
      v1::TextRange* const range = messages.Add();
      range->set_begin(begin);
      range->set_end(end);
    }
    return Highlighted(text, messages, console_);
  }

  const std::unique_ptr<FILE, int (*)(FILE*)> file_{std::tmpfile(), std::fclose};
  const Console console_{file_.get(), file_.get()};
};

TEST_F(HighlightTest, HitsAreInBracketsWhereThereIsNoColour) {
  EXPECT_EQ(Highlight("대전 소식", {{0, 6}}), "[대전] 소식");
  EXPECT_EQ(Highlight("a b", {{0, 1}, {2, 3}}), "[a] [b]");
  EXPECT_EQ(Highlight("없음", {}), "없음");
}

TEST_F(HighlightTest, RangesThatMakeNoSenseAreLeftOut) {
  EXPECT_EQ(Highlight("abc", {{1, 2}, {1, 3}, {2, 2}, {2, 9}}), "a[b]c");
}

TEST(ArticleViewTest, KeysAreOidSlashAid) {
  EXPECT_EQ(KeyText(ParseKey("018/0006192082").value()), "018/0006192082");
  for (const char* const bad : {"", "/", "018", "018/", "/1", "a/b/c", "한/1", "018 /1"}) {
    EXPECT_FALSE(ParseKey(bad).ok()) << bad;
  }
}

TEST(ArticleViewTest, JsonHasTheFilesFieldsThenTheOutputOnlyOnes) {
  v1::Article article;
  article.set_oid("018");
  article.set_aid("1");
  article.set_title("제목 \"따옴표\"");
  article.set_revision(3);
  article.mutable_published_at()->set_seconds(0);
  article.mutable_canonical()->set_oid("001");
  article.mutable_canonical()->set_aid("2");
  article.set_body("본문");
  const ArticleFileZones zones = {absl::FixedTimeZone(9 * 3600), absl::UTCTimeZone()};
  const nlohmann::ordered_json json = ArticleJson(article, zones, /*with_body=*/true);
  EXPECT_EQ(json["title"], article.title());
  EXPECT_EQ(json["published_at"], "1970-01-01T09:00:00+09:00");
  EXPECT_TRUE(json["crawled_at"].is_null());
  EXPECT_EQ(json["revision"], 3);
  EXPECT_EQ(json["canonical"]["aid"], "2");
  EXPECT_EQ(json["body"], "본문");
  EXPECT_FALSE(ArticleJson(article, zones, /*with_body=*/false).contains("body"));
  EXPECT_TRUE(ParseArticleJson(JsonText(json, -1), zones).ok());
}

TEST(ExitCodeTest, FollowsTheErrorsKind) {
  EXPECT_EQ(ExitCodeFor(absl::OkStatus()), ExitCode::kOk);
  EXPECT_EQ(ExitCodeFor(absl::NotFoundError("")), ExitCode::kSomeFailed);
  EXPECT_EQ(ExitCodeFor(absl::InvalidArgumentError("")), ExitCode::kUsage);
  EXPECT_EQ(ExitCodeFor(absl::UnavailableError("")), ExitCode::kUnreachable);
  EXPECT_EQ(ExitCodeFor(MakeError(absl::StatusCode::kUnavailable, "STORAGE_WRITE_FAILED", "")), ExitCode::kError);
  EXPECT_EQ(ExitCodeFor(absl::InternalError("")), ExitCode::kError);
}

}  // namespace
}  // namespace gisa
