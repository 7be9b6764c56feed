#include "storage/leveldb/packed_key.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace gisa {
namespace {

constexpr absl::string_view kAllowed = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

// Short, and of few characters, so that many begin alike.
ArticleKey RandomKey(std::mt19937& random) {
  const auto name = [&random] {
    std::string text;
    const size_t first = random() % 2 == 0 ? 0 : random() % kAllowed.size();
    for (size_t i = 0; i < 1 + random() % 5; ++i) text += kAllowed[(first + random() % 4) % kAllowed.size()];
    return text;
  };
  std::string oid = name();
  return {std::move(oid), name()};
}

TEST(PackedKeyTest, AKeyOfDigitsTakesHalfOfItsCharacters) {
  EXPECT_EQ(PackKey({"018", "0006192082"}).size(), 7u);
  EXPECT_EQ(PackKey({"0018", "0006192082"}).size(), 8u);
}

TEST(PackedKeyTest, EveryKeyComesBackAndTheirOrderStays) {
  std::mt19937 random(20261128);
  std::vector<ArticleKey> keys = {{"018", "0006192082"}, {std::string(kAllowed), std::string(kAllowed)}};
  for (int i = 0; i < 3000; ++i) keys.push_back(RandomKey(random));
  std::sort(keys.begin(), keys.end());
  for (size_t i = 0; i < keys.size(); ++i) {
    EXPECT_EQ(UnpackKey(PackKey(keys[i])), keys[i]);
    if (i == 0) continue;
    EXPECT_EQ(keys[i - 1] < keys[i], PackKey(keys[i - 1]) < PackKey(keys[i])) << keys[i].ToString();
  }
}

TEST(PackedKeyTest, BytesThatNoValidKeyHasComeBackToo) {
  for (int byte = 0; byte < 256; ++byte) {
    const ArticleKey key{std::string(1, static_cast<char>(byte)), "가" + std::string(2, static_cast<char>(byte))};
    EXPECT_EQ(UnpackKey(PackKey(key)), key) << byte;
  }
}

TEST(PackedKeyTest, NoTextHasAByteOfZeroOrBeginsWithTheLargest) {
  for (int byte = 0; byte < 256; ++byte) {
    std::string packed;
    AppendPackedAid(std::string(3, static_cast<char>(byte)), &packed);
    EXPECT_EQ(packed.find('\0'), std::string::npos) << byte;
    EXPECT_NE(packed.front(), '\xFF') << byte;
  }
}

TEST(PackedKeyTest, WhatIsCutOrHasNoCharacterIsRefused) {
  const std::string packed = PackKey({"018", "aid-1"});
  EXPECT_EQ(UnpackKey(packed.substr(0, 2)), std::nullopt);  // the oid alone
  EXPECT_EQ(UnpackKey(packed.substr(0, 1)), std::nullopt);
  for (const absl::string_view bytes : {"", "\x10", "\x1E", "\x1F\x11", "\xC0", "\xFE", "\x20\x20"}) {
    EXPECT_EQ(ParsePackedAid(bytes), std::nullopt);
  }
}

}  // namespace
}  // namespace gisa
