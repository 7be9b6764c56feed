#include "storage/leveldb/text_dictionary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gisa/storage/v1/records.pb.h"
#include "storage/leveldb/text_alphabet.h"

namespace gisa {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

// 40 texts with words of their own, and each of `shared` in the first `count` of them.
std::vector<std::string> TextsThatShare(const std::vector<std::string>& shared, int count) {
  std::vector<std::string> texts;
  for (int i = 0; i < 40; ++i) {
    std::string& text = texts.emplace_back();
    for (int j = 0; j < 60; ++j) {
      for (const int letter : {i % 26, i / 26, j % 26, j / 26}) text += static_cast<char>('a' + letter);
      text += ' ';
    }
    for (const std::string& phrase : shared) {
      if (i < count) text += phrase + "\n";
    }
  }
  return texts;
}

std::vector<std::string> Sentences() {
  return {"시청 관계자는 이날 기자들과 만나 앞으로의 계획을 설명했다.",
          "자세한 내용은 추후 공개될 예정이라고 덧붙였다.",
          "주민들은 환영한다는 뜻을 밝혔으나 일부에서는 우려하는 목소리도 나왔다.",
          "공사는 내년 봄에 시작되어 이듬해 가을에 마무리될 전망이다."};
}

// The phrase is in the Zstandard dictionary, in codes of the alphabet: those of a part are a part of those of the
// whole.
MATCHER_P(HasPhrase, phrase, "") {
  storage::v1::TextDictionary dictionary;
  if (!dictionary.ParseFromString(arg)) return false;
  return dictionary.zstandard().find(TextAlphabet(dictionary.characters()).Encode(phrase)) != std::string::npos;
}

TEST(TextDictionaryTest, HoldsWhatEightTextsShare) {
  const std::string dictionary = MakeTextDictionary(TextsThatShare(Sentences(), 8), 1);
  EXPECT_THAT(dictionary, HasPhrase("앞으로의 계획을 설명했다."));
  EXPECT_THAT(dictionary, HasPhrase("우려하는 목소리도 나왔다."));
}

TEST(TextDictionaryTest, HoldsNothingThatFewerTextsSay) {
  std::vector<std::string> texts = TextsThatShare(Sentences(), 20);
  for (int i = 0; i < 7; ++i) texts[static_cast<size_t>(i)] += "홍보실의 숨은 사정 ";
  const std::string dictionary = MakeTextDictionary(texts, 1);
  EXPECT_THAT(dictionary, HasPhrase("앞으로의 계획을 설명했다."));
  EXPECT_THAT(dictionary, Not(HasPhrase("숨은")));
  EXPECT_THAT(dictionary, Not(HasPhrase("aaaa")));
}

TEST(TextDictionaryTest, APhraseThatOneTextRepeatsIsNotShared) {
  std::vector<std::string> texts = TextsThatShare(Sentences(), 20);
  for (int i = 0; i < 50; ++i) texts.front() += "되풀이되는 말 ";
  EXPECT_THAT(MakeTextDictionary(texts, 1), Not(HasPhrase("되풀이되는")));
}

TEST(TextDictionaryTest, LeavesNumbersAndAddressesOut) {
  std::vector<std::string> shared = Sentences();
  shared.push_back("제보는 desk@news.example 전화 02-000-0000 담당");
  const std::string dictionary = MakeTextDictionary(TextsThatShare(shared, 40), 1);
  EXPECT_THAT(dictionary, Not(HasPhrase("desk@")));
  EXPECT_THAT(dictionary, Not(HasPhrase("02-000")));
}

TEST(TextDictionaryTest, HoldsTheSentencesThatItIsGivenBeforeThePhrases) {
  const std::string rare = "드문 낱말로 이루어진 긴 문장도 그대로 들어간다.";
  const std::string frequent = "이 기사의 저작권은 새소식에 있습니다.";
  const std::string dictionary = MakeTextDictionary(TextsThatShare(Sentences(), 20), 2, {{rare, 30}, {frequent, 3000}});
  EXPECT_THAT(dictionary, HasPhrase(rare));
  storage::v1::TextDictionary parsed;
  ASSERT_TRUE(parsed.ParseFromString(dictionary));
  const TextAlphabet alphabet(parsed.characters());
  const auto place_of = [&](const std::string& text) { return parsed.zstandard().find(alphabet.Encode(text)); };
  EXPECT_LT(place_of(rare), place_of(frequent));
  EXPECT_LT(place_of(frequent), place_of("앞으로의 계획을 설명했다."));
}

TEST(TextDictionaryTest, OfTooManySentencesThoseThatSaveMostAreTaken) {
  std::vector<FrequentSentence> sentences;
  for (uint32_t i = 0; i < 5000; ++i) {
    std::string& sentence = sentences.emplace_back(FrequentSentence{"", i + 24}).sentence;
    for (const uint32_t letter : {i / 676, i / 26 % 26, i % 26}) sentence += static_cast<char>('a' + letter);
    sentence = "<" + sentence + ">" + std::string(400, 'x');
  }
  const std::string dictionary = MakeTextDictionary(TextsThatShare(Sentences(), 20), 2, sentences);
  EXPECT_LT(dictionary.size(), size_t{1100} << 10);
  EXPECT_THAT(dictionary, HasPhrase(sentences.back().sentence));
  EXPECT_THAT(dictionary, Not(HasPhrase(sentences.front().sentence)));
}

TEST(TextDictionaryTest, TextsWithTooLittleInCommonGiveNone) {
  EXPECT_THAT(MakeTextDictionary({}, 1), IsEmpty());
  EXPECT_THAT(MakeTextDictionary(TextsThatShare({}, 0), 1), IsEmpty());
  EXPECT_THAT(MakeTextDictionary(TextsThatShare({"짧은 말"}, 40), 1), IsEmpty());
}

}  // namespace
}  // namespace gisa
