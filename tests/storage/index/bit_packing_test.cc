#include "storage/index/bit_packing.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace gisa {
namespace {

std::string Pack(const std::vector<uint32_t>& values, int bits) {
  std::string packed;
  PackBits(values, bits, &packed);
  return packed;
}

TEST(BitPackingTest, TheWidthIsThatOfTheLargestValue) {
  EXPECT_EQ(BitWidth({}), 0);
  EXPECT_EQ(BitWidth({0, 0}), 0);
  EXPECT_EQ(BitWidth({0, 1}), 1);
  EXPECT_EQ(BitWidth({4, 3}), 3);
  EXPECT_EQ(BitWidth({UINT32_MAX, 0}), 32);
}

TEST(BitPackingTest, ValuesStandOneAfterAnotherFromTheLowestBitUp) {
  EXPECT_EQ(Pack({1, 2, 3}, 2), std::string("\x39", 1));
  EXPECT_EQ(Pack({0x1FF, 0}, 9), std::string("\xFF\x01\x00", 3));
  EXPECT_EQ(Pack({UINT32_MAX}, 32), std::string("\xFF\xFF\xFF\xFF", 4));
  EXPECT_EQ(Pack({0, 0, 0}, 0), "");
}

TEST(BitPackingTest, AnyStretchOfAnyWidthIsReadBack) {
  std::mt19937 rng(1);
  for (int bits = 0; bits <= 32; ++bits) {
    for (const size_t count : {1, 2, 7, 8, 9, 127, 128, 300}) {
      std::vector<uint32_t> values(count);
      const uint32_t mask = bits == 0 ? 0 : UINT32_MAX >> (32 - bits);
      for (uint32_t& value : values) value = static_cast<uint32_t>(rng()) & mask;
      values[rng() % count] = mask;
      ASSERT_EQ(BitWidth(values), bits);

      std::string packed = Pack(values, bits);
      ASSERT_EQ(packed.size(), PackedBytes(count, bits));
      // A buffer of just this size lets AddressSanitizer see a read that goes too far.
      const std::vector<char> buffer = [&packed] {
        packed.append(kBitPackingPadding, '\xAA');
        return std::vector<char>(packed.begin(), packed.end());
      }();
      for (int i = 0; i < 5; ++i) {
        const size_t first = rng() % count;
        const size_t size = 1 + rng() % (count - first);
        std::vector<uint32_t> unpacked(size);
        UnpackBits(buffer.data(), first, size, bits, unpacked.data());
        ASSERT_EQ(unpacked, std::vector<uint32_t>(values.begin() + static_cast<std::ptrdiff_t>(first),
                                                  values.begin() + static_cast<std::ptrdiff_t>(first + size)));
      }
    }
  }
}

TEST(BitPackingTest, SizesBeyond32BitsDoNotWrap) { EXPECT_EQ(PackedBytes(uint64_t{1} << 32, 32), uint64_t{1} << 34); }

}  // namespace
}  // namespace gisa
