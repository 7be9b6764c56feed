#include "storage/leveldb/text_alphabet.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace gisa {
namespace {

std::string Utf8(uint32_t code_point) {
  std::string bytes;
  if (code_point < 0x800) {
    bytes.push_back(static_cast<char>(0xC0 | code_point >> 6));
  } else {
    bytes.push_back(static_cast<char>(0xE0 | code_point >> 12));
    bytes.push_back(static_cast<char>(0x80 | (code_point >> 6 & 0x3F)));
  }
  bytes.push_back(static_cast<char>(0x80 | (code_point & 0x3F)));
  return bytes;
}

// More than there are codes: from the first syllable on.
std::string Syllables(uint32_t count) {
  std::string syllables;
  for (uint32_t i = 0; i < count; ++i) syllables += Utf8(0xAC00 + i);
  return syllables;
}

TEST(TextAlphabetTest, FrequentCharactersTakeOneByteAndTheNextTwo) {
  const TextAlphabet alphabet(Syllables(3000));
  EXPECT_EQ(alphabet.Encode(Syllables(119)).size(), 119u);
  EXPECT_EQ(alphabet.Encode(Utf8(0xAC00 + 119)).size(), 2u);
  EXPECT_EQ(alphabet.Encode(Utf8(0xAC00 + 119 + 2047)).size(), 2u);
  EXPECT_EQ(alphabet.Encode(Utf8(0xAC00 + 119 + 2048)).size(), 6u);  // has none
  EXPECT_EQ(alphabet.Encode("ASCII 0123\n"), "ASCII 0123\n");
}

TEST(TextAlphabetTest, EveryCharacterComesBack) {
  const TextAlphabet alphabet(absl::StrCat("·é", Syllables(3000)));
  for (uint32_t code_point = 0x80; code_point < 0x10000; ++code_point) {
    const std::string text = Utf8(code_point);
    ASSERT_EQ(alphabet.Decode(alphabet.Encode(text)), text) << code_point;
  }
}

TEST(TextAlphabetTest, AnyBytesComeBack) {
  const TextAlphabet alphabet(Syllables(3000));
  std::mt19937 random(20261128);
  for (int round = 0; round < 1000; ++round) {
    std::string text;
    for (unsigned i = 0; i < random() % 50; ++i) {
      // Bytes that begin and go on with characters are as frequent as others, cut ones among them.
      text += random() % 2 == 0 ? std::string(1, static_cast<char>(random())) : Syllables(2).substr(random() % 4);
    }
    ASSERT_EQ(alphabet.Decode(alphabet.Encode(text)), text);
  }
}

TEST(TextAlphabetTest, LongerFormsOfACharacterStayWhatTheyAre) {
  const TextAlphabet alphabet("·");  // U+00B7, C2 B7
  for (const std::string text :
       {"\xE0\x82\xB7", "\xC1\xB7", "\xC2"}) {  // the same in three bytes, none, the half of it
    EXPECT_EQ(alphabet.Decode(alphabet.Encode(text)), text);
  }
}

TEST(TextAlphabetTest, WhatIsCutOrHasNoCharacterIsRefused) {
  const TextAlphabet alphabet("가나");
  for (const std::string coded : {"\x82", "\xF7", "\xF7\x01", "\xFF"}) {
    EXPECT_EQ(alphabet.Decode(coded), std::nullopt);
  }
  EXPECT_EQ(alphabet.Decode("\x81\x80"), "나가");
}

TEST(TextAlphabetTest, ChoosesTheMostFrequentOfThoseThatEnoughTextsHave) {
  const std::vector<std::string> texts = {"나나나 다 abc 라라라라", "나가 다가", "가나, 바 다"};
  EXPECT_EQ(TextAlphabet::Choose(texts, 3), "나다");
  EXPECT_EQ(TextAlphabet::Choose(texts, 2), "나가다");
  EXPECT_EQ(TextAlphabet::Choose({}, 1), "");
}

}  // namespace
}  // namespace gisa
