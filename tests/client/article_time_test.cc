#include "client/article_time.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/article_testing.h"

namespace gisa {
namespace {

using ::google::protobuf::Timestamp;
using ::testing::StartsWith;

Timestamp At(int64_t seconds, int nanos = 0) {
  Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(nanos);
  return timestamp;
}

int64_t SecondsOf(absl::string_view text, absl::string_view zone) {
  const auto time = ParseArticleTime(text, LoadZone(zone));
  EXPECT_TRUE(time.ok()) << text << ": " << time.status();
  return time.ok() ? time->seconds() : 0;
}

TEST(ArticleTimeTest, WallTimeIsInTheGivenZone) {
  EXPECT_EQ(SecondsOf("2025-12-30 00:00", "Asia/Seoul"), 1767020400);
  EXPECT_EQ(SecondsOf("2025-12-30 06:09:56", "UTC"), 1767074996);
  EXPECT_EQ(SecondsOf("2024-02-29T23:59:59", "UTC"), 1709251199);
}

TEST(ArticleTimeTest, AWrittenZoneWins) {
  EXPECT_EQ(SecondsOf("2025-12-30T00:00:00+09:00", "America/New_York"), 1767020400);
  EXPECT_EQ(SecondsOf("2025-12-29 15:00Z", "Asia/Seoul"), 1767020400);
  EXPECT_EQ(SecondsOf("2025-12-29t10:30:00.000-04:30", "Asia/Seoul"), 1767020400);
}

TEST(ArticleTimeTest, FractionsAreKeptToTheNanosecond) {
  EXPECT_EQ(ParseArticleTime("2025-12-30 00:00:00.5", absl::UTCTimeZone())->nanos(), 500'000'000);
  EXPECT_EQ(ParseArticleTime("2025-12-30 00:00:00.000000001", absl::UTCTimeZone())->nanos(), 1);
  EXPECT_EQ(ParseArticleTime("1900-01-01 00:00:00.25", absl::UTCTimeZone())->nanos(), 250'000'000);
}

TEST(ArticleTimeTest, AWallTimeThatComesTwiceIsTheEarlier) {
  EXPECT_EQ(SecondsOf("2025-11-02 01:30", "America/New_York"), SecondsOf("2025-11-02 01:30-04:00", "UTC"));
  EXPECT_EQ(SecondsOf("1988-10-09 02:30", "Asia/Seoul"), SecondsOf("1988-10-09 02:30+10:00", "UTC"));
}

TEST(ArticleTimeTest, AWallTimeThatIsSkippedIsTheMomentWhenTheClocksAreSet) {
  EXPECT_EQ(SecondsOf("2025-03-09 02:30", "America/New_York"), SecondsOf("2025-03-09 03:00", "America/New_York"));
  EXPECT_EQ(SecondsOf("1988-05-08 02:30", "Asia/Seoul"), SecondsOf("1988-05-08 03:00", "Asia/Seoul"));
}

TEST(ArticleTimeTest, ThePortalsDisplayFormIsRead) {
  const auto seoul = [](absl::string_view text) { return SecondsOf(text, "Asia/Seoul"); };
  EXPECT_EQ(seoul("기사입력2018.01.01 오후 5:51"), seoul("2018-01-01 17:51"));
  EXPECT_EQ(seoul("기사입력 2018.01.01. 오전 11:05"), seoul("2018-01-01 11:05"));
  EXPECT_EQ(seoul("2018.01.01. 오전 12:00"), seoul("2018-01-01 00:00"));
  EXPECT_EQ(seoul("2018.01.01. 오후 12:00"), seoul("2018-01-01 12:00"));
  EXPECT_FALSE(ParseArticleTime("2018.01.01. 오후 13:00", absl::UTCTimeZone()).ok());
  EXPECT_FALSE(ParseArticleTime("2018.02.30. 오후 1:00", absl::UTCTimeZone()).ok());
}

TEST(ArticleTimeTest, DatesThatDoNotExistAreRefused) {
  for (const char* text : {"2025-02-30 10:00", "2025-02-29 10:00", "2025-13-01 10:00", "2025-00-10 10:00",
                           "2025-01-00 10:00", "2025-01-01 25:61", "2025-01-01 24:00", "2025-01-01 23:59:60"}) {
    const auto time = ParseArticleTime(text, LoadZone("Asia/Seoul"));
    EXPECT_FALSE(time.ok()) << text;
    EXPECT_THAT(std::string(time.status().message()),
                StartsWith("is not a date that exists; expected YYYY-MM-DD HH:MM"))
        << text;
  }
}

TEST(ArticleTimeTest, OtherTextsAreRefused) {
  for (const char* text :
       {"", "어제", "2025-12-30", "2025-12-30 10", "2025-12-30 10:0", "25-12-30 10:00", "2025/12/30 10:00",
        "2025-12-30 10:00 ", " 2025-12-30 10:00", "2025-12-30 10:00:00.", "2025-12-30 10:00:00.1234567890",
        "2025-12-30 10:00+9", "2025-12-30 10:00+24:00", "2025-12-30 10:00KST", "12025-12-30 10:00", "2025-12-30  10:00",
        "2025-12-30 10:00:00Zz", "-025-12-30 10:00"}) {
    const auto time = ParseArticleTime(text, LoadZone("Asia/Seoul"));
    EXPECT_FALSE(time.ok()) << text;
    EXPECT_THAT(std::string(time.status().message()), StartsWith("is not a time; expected YYYY-MM-DD HH:MM")) << text;
  }
}

TEST(ArticleTimeTest, TimesOutsideYears1To9999AreRefused) {
  EXPECT_FALSE(ParseArticleTime("0000-12-31 23:59", absl::UTCTimeZone()).ok());
  EXPECT_FALSE(ParseArticleTime("9999-12-31 23:59-00:01", absl::UTCTimeZone()).ok());
  EXPECT_TRUE(ParseArticleTime("0001-01-01 00:00", absl::UTCTimeZone()).ok());
  EXPECT_TRUE(ParseArticleTime("9999-12-31 23:59:59.999999999", absl::UTCTimeZone()).ok());
}

TEST(ArticleTimeTest, TimesAreWrittenAsTheCrawledFilesHaveThem) {
  const absl::TimeZone seoul = LoadZone("Asia/Seoul");
  EXPECT_EQ(FormatArticleTime(At(1767020400), seoul, TimePrecision::kMinutes), "2025-12-30 00:00");
  EXPECT_EQ(FormatArticleTime(At(1767020401), seoul, TimePrecision::kMinutes), "2025-12-30 00:00:01");
  EXPECT_EQ(FormatArticleTime(At(1767020400, 250'000'000), seoul, TimePrecision::kMinutes), "2025-12-30 00:00:00.25");
  EXPECT_EQ(FormatArticleTime(At(1767020400), seoul, TimePrecision::kSeconds), "2025-12-30 00:00:00");
}

TEST(ArticleTimeTest, WhatWallTimeCannotTellIsWrittenInUtc) {
  const absl::TimeZone new_york = LoadZone("America/New_York");
  EXPECT_EQ(FormatArticleTime(At(1762061400), new_york, TimePrecision::kMinutes), "2025-11-02 01:30");
  EXPECT_EQ(FormatArticleTime(At(1762065000), new_york, TimePrecision::kMinutes), "2025-11-02 06:30Z");
  EXPECT_EQ(FormatArticleTime(At(253402300799), LoadZone("Asia/Seoul"), TimePrecision::kMinutes),
            "9999-12-31 23:59:59Z");
}

TEST(ArticleTimeTest, Rfc3339HasTheZonesOffset) {
  EXPECT_EQ(FormatRfc3339Time(At(1767020400), LoadZone("Asia/Seoul")), "2025-12-30T00:00:00+09:00");
  EXPECT_EQ(FormatRfc3339Time(At(1762065000, 5'000'000), LoadZone("America/New_York")),
            "2025-11-02T01:30:00.005-05:00");
  EXPECT_EQ(FormatRfc3339Time(At(1767020400), absl::UTCTimeZone()), "2025-12-29T15:00:00Z");
  EXPECT_EQ(FormatRfc3339Time(At(-3000000000), LoadZone("Asia/Seoul")), "1874-12-07T18:40:00Z");  // +08:27:52 then
}

}  // namespace
}  // namespace gisa
