#include "storage/base/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace gisa {
namespace {

// Test vectors of FIPS 180-4.
TEST(Sha256Test, MatchesThePublishedVectors) {
  EXPECT_EQ(ToHex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(ToHex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ToHex(Sha256(std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256Test, HexGoesBothWays) {
  const Sha256Digest digest = Sha256("기사");
  EXPECT_EQ(Sha256FromHex(ToHex(digest)), digest);
  EXPECT_EQ(Sha256FromBytes(AsBytes(digest)), digest);
}

TEST(Sha256Test, OnlySixtyFourLowerCaseHexDigitsAreAHash) {
  const std::string hex(64, 'a');
  EXPECT_TRUE(Sha256FromHex(hex).has_value());
  EXPECT_FALSE(Sha256FromHex(hex.substr(1)).has_value());
  EXPECT_FALSE(Sha256FromHex(hex + "a").has_value());
  EXPECT_FALSE(Sha256FromHex(std::string(64, 'A')).has_value());
  EXPECT_FALSE(Sha256FromHex(std::string(64, 'g')).has_value());
  EXPECT_FALSE(Sha256FromBytes("short").has_value());
}

}  // namespace
}  // namespace gisa
