#include "storage/leveldb/text_codec.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/leveldb/text_dictionary.h"

namespace gisa {
namespace {

std::string RandomBytes(size_t size) {
  std::mt19937 random(20261124);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

std::vector<std::string> Texts() {
  std::string korean;
  for (int i = 0; i < 1000; ++i) korean += "국회는 오늘 본회의를 열었다. 😀\n";
  return {std::string(), "짧다", std::string("a\0b", 3), korean, RandomBytes(100000), std::string(10 << 20, 'x')};
}

// Texts that share sentences, so that a dictionary can be made of them.
std::string MakeTestDictionary(uint32_t id, absl::Span<const FrequentSentence> sentences = {}) {
  std::vector<std::string> texts;
  for (int i = 0; i < 64; ++i) {
    texts.push_back("시청 관계자는 이날 기자들과 만나 앞으로의 계획을 설명했다. 자세한 내용은 추후 공개될 예정이다.\n");
    for (int j = 0; j < 40; ++j) absl::StrAppend(&texts.back(), "낱말", (i * 31 + j * 17) % 50, "에 대해 물었다 ");
    texts.back() +=
        "주민들은 환영한다는 뜻을 밝혔으나 일부에서는 우려하는 목소리도 나왔다. 공사는 내년 봄에 시작될 전망이다.";
  }
  return MakeTextDictionary(texts, id, sentences);
}

TEST(TextCodecTest, EveryTextComesBack) {
  TextCodec codec;
  for (const std::string& text : Texts()) {
    const auto decoded = codec.Decode(codec.Encode(text));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, text);
  }
}

TEST(TextCodecTest, EveryTextComesBackWithADictionary) {
  TextCodec codec;
  ASSERT_TRUE(codec.AddDictionary(MakeTestDictionary(1)).ok());
  for (const std::string& text : Texts()) {
    const auto decoded = codec.Decode(codec.Encode(text));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, text);
  }
}

TEST(TextCodecTest, KnowsWhatTheNewestDictionaryWasUsedFor) {
  TextCodec codec;
  const std::string text = Texts()[3];
  const std::string with_none = codec.Encode(text);
  EXPECT_TRUE(codec.IsOfNewestDictionary(with_none));  // there is none
  ASSERT_TRUE(codec.AddDictionary(MakeTestDictionary(1)).ok());
  const std::string with_first = codec.Encode(text);
  EXPECT_FALSE(codec.IsOfNewestDictionary(with_none));
  EXPECT_TRUE(codec.IsOfNewestDictionary(with_first));
  ASSERT_TRUE(codec.AddDictionary(MakeTestDictionary(2)).ok());
  EXPECT_FALSE(codec.IsOfNewestDictionary(with_first));
  EXPECT_TRUE(codec.IsOfNewestDictionary(codec.Encode(text)));
  EXPECT_FALSE(codec.IsOfNewestDictionary(codec.Encode(RandomBytes(100))));  // stored as it is
  EXPECT_FALSE(codec.IsOfNewestDictionary(""));
}

TEST(TextCodecTest, WhatWasEncodedBeforeADictionaryCameOrWithAnOlderOneCanStillBeRead) {
  const std::string text =
      "시청 관계자는 이날 기자들과 만나 앞으로의 계획을 설명했다. 공사는 내년 봄에 시작될 전망이다.";
  TextCodec codec;
  const std::string without = codec.Encode(text);
  ASSERT_TRUE(codec.AddDictionary(MakeTestDictionary(1)).ok());
  const std::string with_first = codec.Encode(text);
  ASSERT_TRUE(codec.AddDictionary(MakeTestDictionary(2)).ok());
  for (const std::string& stored : {without, with_first, codec.Encode(text)}) {
    const auto decoded = codec.Decode(stored);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, text);
  }
}

TEST(TextCodecTest, SentencesOfALargeDictionaryTakeAFewBytes) {
  std::vector<FrequentSentence> sentences;
  for (uint32_t i = 0; i < 4000; ++i) {
    std::string sentence = "알림";
    for (uint32_t word = 0; word < 12; ++word) absl::StrAppend(&sentence, " ", (i * 2654435761u >> word) % 10007);
    sentences.push_back({sentence, 24 + i % 100});
  }
  TextCodec codec;
  ASSERT_TRUE(codec.AddDictionary(MakeTestDictionary(1)).ok());
  std::vector<std::string> texts;
  std::vector<std::string> stored;
  const auto store_all = [&] {
    for (size_t i = 0; i + 10 < sentences.size(); i += 199) {
      std::string& text = texts.emplace_back();
      for (size_t j = i; j < i + 10; ++j) absl::StrAppend(&text, sentences[j].sentence, " ");
      stored.push_back(codec.Encode(text));
    }
  };
  store_all();
  EXPECT_EQ(codec.dictionary_id(), 1u);
  ASSERT_TRUE(codec.AddDictionary(MakeTestDictionary(2, sentences)).ok());
  EXPECT_EQ(codec.dictionary_id(), 2u);
  store_all();
  EXPECT_LT(stored.back().size(), texts.back().size() / 6);
  EXPECT_LT(stored.back().size(), stored[stored.size() / 2 - 1].size() / 2);
  for (size_t i = 0; i < texts.size(); ++i) {
    const auto decoded = codec.Decode(stored[i]);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, texts[i]);
  }
}

TEST(TextCodecTest, ADictionaryMakesAShortTextSmaller) {
  const std::string text =
      "시청 관계자는 이날 기자들과 만나 앞으로의 계획을 설명했다. 공사는 내년 봄에 시작될 전망이다.";
  TextCodec codec;
  const size_t before = codec.Encode(text).size();
  ASSERT_TRUE(codec.AddDictionary(MakeTestDictionary(1)).ok());
  EXPECT_LT(codec.Encode(text).size(), before / 2);
}

TEST(TextCodecTest, ATextWhoseDictionaryIsMissingIsAnErrorThatNamesIt) {
  TextCodec with;
  ASSERT_TRUE(with.AddDictionary(MakeTestDictionary(7)).ok());
  const auto decoded = TextCodec().Decode(with.Encode("시청 관계자는 이날 기자들과 만나 앞으로의 계획을 설명했다."));
  EXPECT_EQ(ErrorReason(decoded.status()), "DATA_CORRUPTED");
  EXPECT_EQ(decoded.status().message(), "stored text: there is no dictionary 7");
}

TEST(TextCodecTest, WhatIsNoDictionaryIsRefused) {
  TextCodec codec;
  for (const std::string& bytes : {std::string(), RandomBytes(5000), std::string("시청 관계자는")}) {
    EXPECT_EQ(ErrorReason(codec.AddDictionary(bytes)), "DATA_CORRUPTED");
    EXPECT_EQ(codec.dictionary_id(), 0u);
  }
}

TEST(TextCodecTest, WhatDoesNotCompressGrowsByOneByte) {
  const std::string text = RandomBytes(5000);
  EXPECT_EQ(TextCodec().Encode(text).size(), text.size() + 1);
}

TEST(TextCodecTest, DamageIsDetected) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "같은 문장이 되풀이된다. ";
  const TextCodec codec;
  const std::string stored = codec.Encode(text);
  for (const std::string& damaged : {std::string(), std::string("\x07zzz"), stored.substr(0, stored.size() / 2),
                                     stored.substr(0, 1), stored.substr(0, 3)}) {
    const auto decoded = codec.Decode(damaged);
    ASSERT_FALSE(decoded.ok());
    EXPECT_EQ(ErrorReason(decoded.status()), "DATA_CORRUPTED");
  }
}

}  // namespace
}  // namespace gisa
