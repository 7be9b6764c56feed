#include "storage/text/unihan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<char32_t> ReadingsOf(absl::string_view line) {
  const absl::StatusOr<std::optional<HanjaEntry>> entry = ParseUnihanLine(line);
  EXPECT_TRUE(entry.ok() && entry->has_value()) << line << ": " << entry.status();
  return entry.ok() && entry->has_value() ? (*entry)->readings : std::vector<char32_t>();
}

TEST(UnihanTest, ALineGivesAHanjaAndItsReadings) {
  const absl::StatusOr<std::optional<HanjaEntry>> entry = ParseUnihanLine("U+91D1\tkHangul\t금:0E 김:0N");
  ASSERT_TRUE(entry.ok() && entry->has_value());
  EXPECT_EQ((*entry)->hanja, U'金');
  EXPECT_THAT((*entry)->readings, ElementsAre(U'금', U'김'));
}

TEST(UnihanTest, ReadingsOfStandardsStandBeforeThoseOfNames) {
  EXPECT_THAT(ReadingsOf("U+5BE6\tkHangul\t실:0E 지:N"), ElementsAre(U'실'));
  EXPECT_THAT(ReadingsOf("U+71E0\tkHangul\t오:N 우:N 욱:1N"), ElementsAre(U'욱'));
  EXPECT_THAT(ReadingsOf("U+349A\tkHangul\t온:N 은:N"), ElementsAre(U'온', U'은'));
  EXPECT_THAT(ReadingsOf("U+8C6C\tkHangul\t저:X"), ElementsAre(U'저'));
}

TEST(UnihanTest, WhatTheInitialSoundRuleMakesIsAddedOnce) {
  EXPECT_THAT(ReadingsOf("U+5973\tkHangul\t녀:0E 여:0"), ElementsAre(U'녀', U'여'));
  EXPECT_THAT(ReadingsOf("U+8041\tkHangul\t랑:N"), ElementsAre(U'랑', U'낭'));
}

TEST(UnihanTest, OtherLinesAreNoEntries) {
  for (const absl::string_view line : {"", "# kHangul", "U+3400\tkCantonese\tjau1"}) {
    const absl::StatusOr<std::optional<HanjaEntry>> entry = ParseUnihanLine(line);
    ASSERT_TRUE(entry.ok()) << line;
    EXPECT_FALSE(entry->has_value()) << line;
  }
}

TEST(UnihanTest, ALineThatIsNotOfTheFileIsRefused) {
  for (const absl::string_view line :
       {"U+91D1 kHangul 금", "91D1\tkHangul\t금:0E", "U+D800\tkHangul\t금:0E", "U+XYZ\tkHangul\t금:0E",
        "U+91D1\tkHangul\t", "U+91D1\tkHangul\t금", "U+91D1\tkHangul\t금:", "U+91D1\tkHangul\tab:0E",
        "U+91D1\tkHangul\t金:0E", "U+91D1\tkHangul\t금:0E  김:0N"}) {
    const absl::Status status = ParseUnihanLine(line).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << line;
    EXPECT_THAT(std::string(status.message()), HasSubstr("kHangul")) << line;
  }
  EXPECT_EQ(ParseUnihanLine("U+91D1\tkHangul\t\xff").status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace gisa
