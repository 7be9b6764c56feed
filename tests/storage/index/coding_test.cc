#include "storage/index/coding.h"

#include <gtest/gtest.h>

#include <string>

namespace gisa {
namespace {

TEST(CodingTest, NumbersAreReadBackInOrder) {
  std::string bytes;
  AppendFixed32(0x01020304, &bytes);
  AppendFixed64(0xFFEEDDCCBBAA9988, &bytes);
  EXPECT_EQ(bytes, std::string("\x04\x03\x02\x01\x88\x99\xAA\xBB\xCC\xDD\xEE\xFF", 12));
  for (const uint64_t value : {uint64_t{0}, uint64_t{127}, uint64_t{128}, uint64_t{UINT32_MAX}, UINT64_MAX}) {
    AppendVarint64(value, &bytes);
  }
  bytes += "rest";

  Decoder decoder(bytes);
  EXPECT_EQ(decoder.Fixed32(), 0x01020304u);
  EXPECT_EQ(decoder.Fixed64(), 0xFFEEDDCCBBAA9988u);
  EXPECT_EQ(decoder.Varint64(), 0u);
  EXPECT_EQ(decoder.Varint32(), 127u);
  EXPECT_EQ(decoder.Varint32(), 128u);
  EXPECT_EQ(decoder.Varint32(), UINT32_MAX);
  EXPECT_EQ(decoder.Varint64(), UINT64_MAX);
  EXPECT_EQ(decoder.Bytes(2), "re");
  EXPECT_EQ(decoder.rest(), "st");
  EXPECT_TRUE(decoder.ok());
}

TEST(CodingTest, AfterANumberThatDoesNotFitNothingIsRead) {
  for (const std::string& bytes : {std::string("\x80\x80", 2), std::string(11, '\x80'), std::string()}) {
    Decoder decoder(bytes);
    EXPECT_EQ(decoder.Varint64(), 0u);
    EXPECT_FALSE(decoder.ok());
    EXPECT_TRUE(decoder.rest().empty());
  }
  Decoder too_large(absl::string_view("\x80\x80\x80\x80\x10\x01", 6));
  EXPECT_EQ(too_large.Varint32(), 0u);
  EXPECT_FALSE(too_large.ok());
  EXPECT_EQ(too_large.Varint32(), 0u);

  Decoder cut(absl::string_view("\x01\x02\x03", 3));
  EXPECT_EQ(cut.Fixed32(), 0u);
  EXPECT_FALSE(cut.ok());
  Decoder bytes(absl::string_view("ab"));
  EXPECT_EQ(bytes.Bytes(3), "");
  EXPECT_FALSE(bytes.ok());
}

}  // namespace
}  // namespace gisa
