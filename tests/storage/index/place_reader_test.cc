#include "storage/index/place_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "storage/index/document.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The trigrams that begin at places with one at most, and at the crowded ones.
struct Trigrams {
  std::vector<std::string> single;
  std::vector<std::string> crowded;
};

Trigrams Read(const AnalyzedDocument& document) {
  Trigrams trigrams;
  for (PlaceReader places(document.places); !places.at_end(); places.Next()) {
    const TermCode code = places.place().code;
    if (!IsBigram(code)) continue;
    const auto text = [code](char16_t third) { return TextOf({code, CodeOfCharacters(code & 0xFFFF, third)}); };
    if (places.is_crowded()) {
      places.ForEachThird([&](char16_t third) { trigrams.crowded.push_back(text(third)); });
      continue;
    }
    std::vector<char16_t> thirds;
    places.ForEachThird([&thirds](char16_t third) { thirds.push_back(third); });
    if (places.third() == 0) {
      EXPECT_THAT(thirds, IsEmpty());
    } else {
      EXPECT_THAT(thirds, ElementsAre(places.third()));
      trigrams.single.push_back(text(places.third()));
    }
  }
  return trigrams;
}

Trigrams TrigramsOf(const std::string& title, const std::string& body) {
  Article article;
  article.title = title;
  article.body = body;
  return Read(*AnalyzeDocument(article));
}

TEST(PlaceReaderTest, ATrigramIsTwoBigramsOfARun) {
  EXPECT_THAT(TrigramsOf("", "가나다라 마바 사아자").single, ElementsAre("가나다", "나다라", "사아자"));
  EXPECT_THAT(TrigramsOf("가나", "나다 가").single, IsEmpty());
  EXPECT_THAT(TrigramsOf("가나다", "다라마").single, ElementsAre("가나다", "다라마"));
  EXPECT_THAT(TrigramsOf("", "가나ab나다.다라").single, IsEmpty());
  EXPECT_THAT(TrigramsOf("", "").single, IsEmpty());
}

TEST(PlaceReaderTest, OneThatHoldsACharacterBeyondTheBasicPlaneIsNone) {
  EXPECT_THAT(TrigramsOf("", "가나𠮷다라마").single, ElementsAre("다라마"));
}

TEST(PlaceReaderTest, WhereAHanjaHasReadingsPlacesAreCrowded) {
  const Trigrams trigrams = TrigramsOf("", "가나다國라마바");
  EXPECT_THAT(trigrams.single, ElementsAre("가나다", "국라마", "라마바"));
  EXPECT_THAT(trigrams.crowded, ElementsAre("나다國", "나다국", "다國라", "다국라", "國라마"));
}

TEST(PlaceReaderTest, AHanjaAtTheEndOfTheTextHasReadingsThatEndIt) {
  const Trigrams trigrams = TrigramsOf("", "나다國");
  EXPECT_THAT(trigrams.single, IsEmpty());
  EXPECT_THAT(trigrams.crowded, ElementsAre("나다國", "나다국"));
}

}  // namespace
}  // namespace gisa
