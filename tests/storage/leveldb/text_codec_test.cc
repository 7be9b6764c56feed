#include "storage/leveldb/text_codec.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "storage/base/errors.h"

namespace gisa {
namespace {

std::string RandomBytes(size_t size) {
  std::mt19937 random(20261124);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

TEST(TextCodecTest, EveryTextComesBack) {
  std::string korean;
  for (int i = 0; i < 1000; ++i) korean += "국회는 오늘 본회의를 열었다. 😀\n";
  for (const std::string& text : {std::string(), std::string("짧다"), std::string("a\0b", 3), korean,
                                  RandomBytes(100000), std::string(10 << 20, 'x')}) {
    const auto decoded = DecodeText(EncodeText(text));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, text);
  }
}

TEST(TextCodecTest, WhatDoesNotCompressGrowsByOneByte) {
  const std::string text = RandomBytes(5000);
  EXPECT_EQ(EncodeText(text).size(), text.size() + 1);
}

TEST(TextCodecTest, DamageIsDetected) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "같은 문장이 되풀이된다. ";
  const std::string stored = EncodeText(text);
  for (const std::string& damaged : {std::string(), std::string("\x07zzz"), stored.substr(0, stored.size() / 2),
                                     stored.substr(0, 1), stored.substr(0, 3)}) {
    const auto decoded = DecodeText(damaged);
    ASSERT_FALSE(decoded.ok());
    EXPECT_EQ(ErrorReason(decoded.status()), "DATA_CORRUPTED");
  }
}

}  // namespace
}  // namespace gisa
