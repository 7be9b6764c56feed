#include "storage/leveldb/frequent_sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kNotice[] = "이 기사의 저작권은 새소식에 있습니다.";
constexpr char kForecast[] = "내일은 전국이 대체로 맑겠습니다.";
constexpr int kTexts = 320;

std::vector<std::string> SentencesOf(absl::string_view text) {
  std::vector<std::string> sentences;
  ForEachSentence(text, [&](absl::string_view sentence) { sentences.emplace_back(sentence); });
  return sentences;
}

// What is found among texts of which those whose number `has` says end with the notice.
template <typename Predicate>
std::vector<std::string> FindAmong(const Predicate& has, int texts = kTexts,
                                   const FrequentSentences::Options& options = {}) {
  FrequentSentences sentences(options, static_cast<uint64_t>(texts));
  for (int i = 0; i < texts; ++i) {
    std::string text = absl::StrCat("기사마다 다른 문장인 ", std::string(static_cast<size_t>(i) + 1, 'x'), " 이야기.");
    if (has(i)) absl::StrAppend(&text, "\n", kNotice);
    sentences.Add(text);
  }
  std::vector<std::string> found;
  for (const FrequentSentence& frequent : sentences.Take()) found.push_back(frequent.sentence);
  return found;
}

TEST(ForEachSentenceTest, LinesAndFullStopsEndASentence) {
  EXPECT_THAT(
      SentencesOf(absl::StrCat(kNotice, " ", kForecast, "\n우산은 없어도 되겠습니까? 그렇다고 모두가 말합니다!\r\n")),
      ElementsAre(kNotice, kForecast, "우산은 없어도 되겠습니까?", "그렇다고 모두가 말합니다!"));
}

TEST(ForEachSentenceTest, WhiteSpaceAroundASentenceIsNoPartOfIt) {
  EXPECT_THAT(SentencesOf(absl::StrCat("  ", kNotice, "  \n\n \t", kForecast, " ")), ElementsAre(kNotice, kForecast));
}

TEST(ForEachSentenceTest, AFullStopWithinAWordEndsNone) {
  EXPECT_THAT(SentencesOf("자세한 내용은 news.example.kr 에서 볼 수 있다."),
              ElementsAre("자세한 내용은 news.example.kr 에서 볼 수 있다."));
}

TEST(ForEachSentenceTest, WordsWithDigitsAndAddressesAreInNone) {
  EXPECT_THAT(
      SentencesOf(
          "제보를 기다리고 있습니다 전화 02-000-0000 또는 전자우편으로 desk@news.example 으로 연락해 주십시오."),
      ElementsAre("제보를 기다리고 있습니다 전화", "또는 전자우편으로", "으로 연락해 주십시오."));
}

TEST(ForEachSentenceTest, ShortAndVeryLongOnesArePassedOver) {
  std::string paragraph;
  while (paragraph.size() <= 512) paragraph += "쉼 없이 이어지는 ";
  EXPECT_THAT(SentencesOf(absl::StrCat("짧다.\n", paragraph, "\n", kNotice)), ElementsAre(kNotice));
  EXPECT_THAT(SentencesOf(""), IsEmpty());
}

TEST(FrequentSentencesTest, ASentenceAllOverTheTextsIsFoundWithItsCount) {
  FrequentSentences sentences({}, 100);
  for (int i = 0; i < 100; ++i) sentences.Add(absl::StrCat(kNotice, "\n", kForecast));
  const std::vector<FrequentSentence> found = sentences.Take();
  ASSERT_EQ(found.size(), 2u);
  for (const FrequentSentence& frequent : found) EXPECT_EQ(frequent.texts, 99u);  // the first time is not counted
  EXPECT_THAT(sentences.Take(), IsEmpty());
}

TEST(FrequentSentencesTest, OneOfFewerTextsIsNot) {
  const auto in = [](int count) { return FindAmong([count](int i) { return i % 12 == 0 && i / 12 < count; }); };
  EXPECT_THAT(in(25), ElementsAre(kNotice));
  EXPECT_THAT(in(24), IsEmpty());  // 24 times, one of them not counted
  EXPECT_THAT(in(23), IsEmpty());
}

TEST(FrequentSentencesTest, AStoryOfAFewHoursIsNotHoweverManyPrintIt) {
  EXPECT_THAT(FindAmong([](int i) { return i >= 100 && i < 200; }), IsEmpty());  // 10 or 11 of 32 parts
  EXPECT_THAT(FindAmong([](int i) { return i >= 100 && i < 230; }), ElementsAre(kNotice));
}

TEST(FrequentSentencesTest, RepeatingItInOneTextDoesNotMakeASentenceFrequent) {
  FrequentSentences sentences({}, 100);
  for (int i = 0; i < 20; ++i) {
    std::string text;
    for (int j = 0; j < 50; ++j) absl::StrAppend(&text, kNotice, "\n");
    for (int j = 0; j < 5; ++j) sentences.Add(j == 0 ? text : "");
  }
  EXPECT_THAT(sentences.Take(), IsEmpty());
}

TEST(FrequentSentencesTest, WhereThereIsNoRoomSomeAreMissed) {
  FrequentSentences::Options options;
  options.max_bytes = 10;
  EXPECT_THAT(FindAmong([](int i) { return true; }, kTexts, options), IsEmpty());
}

TEST(FrequentSentencesTest, MoreTextsThanSaidAreTheLastPart) {
  FrequentSentences sentences({}, 10);
  for (int i = 0; i < 100; ++i) sentences.Add(i >= 10 ? kNotice : kForecast);
  EXPECT_THAT(sentences.Take(), IsEmpty());
}

}  // namespace
}  // namespace gisa
