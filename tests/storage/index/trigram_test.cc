#include "storage/index/trigram.h"

#include <gtest/gtest.h>

#include <string>

namespace gisa {
namespace {

TEST(TrigramTest, TextIsReadAsItIsWritten) {
  for (const std::string text : {"가나다", "힣힣힣", "大田시", "カナ가", "ࠀ가￿"}) {
    const std::optional<Trigram> trigram = ParseTrigram(text);
    ASSERT_TRUE(trigram.has_value()) << text;
    EXPECT_EQ(TextOf(*trigram), text);
    EXPECT_TRUE(IsTrigram(trigram->first, trigram->second));
  }
}

TEST(TrigramTest, OrdersAsTextsDo) {
  EXPECT_LT(*ParseTrigram("가나다"), *ParseTrigram("가나라"));
  EXPECT_LT(*ParseTrigram("가나힣"), *ParseTrigram("가다가"));
  EXPECT_LT(*ParseTrigram("大田市"), *ParseTrigram("가가가"));
  EXPECT_FALSE(*ParseTrigram("가나다") < *ParseTrigram("가나다"));
}

TEST(TrigramTest, OtherTextsAreNone) {
  for (const char* const text : {"", "가", "가나", "가나다라", "abcdefghi", "가나a", "𠮷野가", "жжж"}) {
    EXPECT_FALSE(ParseTrigram(text).has_value()) << text;
  }
}

TEST(TrigramTest, BigramsMakeOneWhereTheyShareACharacter) {
  EXPECT_TRUE(IsTrigram(CodeOfCharacters(U'가', U'나'), CodeOfCharacters(U'나', U'다')));
  EXPECT_FALSE(IsTrigram(CodeOfCharacters(U'가', U'나'), CodeOfCharacters(U'다', U'라')));
  EXPECT_TRUE(IsBigram(CodeOfCharacters(U'가', U'나')));
  EXPECT_FALSE(IsBigram(CodeOfCharacters(U'가')));
  EXPECT_FALSE(IsBigram(kFirstListedTerm + 5));
}

}  // namespace
}  // namespace gisa
