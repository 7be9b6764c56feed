#include "storage/index/rice_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace gisa {
namespace {

uint64_t BitsWith(const std::vector<uint32_t>& numbers, int low_bits) {
  uint64_t bits = 0;
  for (const uint32_t number : numbers) bits += static_cast<uint64_t>(low_bits) + 1 + (number >> low_bits);
  return bits;
}

TEST(RiceCodeTest, TheNumberOfLowBitsIsNearlyTheBest) {
  std::mt19937 rng(1);
  for (const double mean : {0.1, 0.5, 1.0, 1.7, 3.0, 10.0, 100.0, 1e5}) {
    std::geometric_distribution<uint32_t> distribution(1 / (mean + 1));
    std::vector<uint32_t> numbers(2000);
    uint64_t sum = 0;
    for (uint32_t& number : numbers) sum += number = distribution(rng);
    uint64_t best = UINT64_MAX;
    for (int low_bits = 0; low_bits < 32; ++low_bits) best = std::min(best, BitsWith(numbers, low_bits));
    EXPECT_LE(BitsWith(numbers, RiceLowBits(sum, numbers.size())), best + best / 50) << mean;
  }
  EXPECT_EQ(RiceLowBits(0, 5), 0);
  // The high parts are bounded for any numbers of this sum.
  for (const uint64_t sum : {1000u, 5000u, 4000000000u}) {
    EXPECT_LT(sum >> RiceLowBits(sum, 128), 8 * 128u);
  }
}

TEST(RiceCodeTest, GammaCodesAreReadBack) {
  BitWriter writer;
  const std::vector<uint32_t> numbers = {1, 2, 3, 4, 1000, 0x7FFF'FFFF};
  for (const uint32_t number : numbers) WriteGamma(number, &writer);
  const std::string bytes(writer.Finish());
  BitReader reader(bytes);
  for (const uint32_t number : numbers) EXPECT_EQ(ReadGamma(&reader), number);
  EXPECT_TRUE(reader.ok());
  writer.WriteUnary(31);
  BitReader too_large(writer.Finish());
  EXPECT_EQ(ReadGamma(&too_large), 0u);
}

TEST(RiceCodeTest, SparseListsAreReadBack) {
  std::mt19937 rng(2);
  BitWriter writer;
  for (int round = 0; round < 300; ++round) {
    const uint32_t size = 1 + rng() % 400;
    const int low_bits = static_cast<int>(rng() % 7);
    std::vector<uint32_t> places;
    for (uint32_t place = 0; place < size; ++place) {
      if (rng() % (1 + static_cast<uint32_t>(round) % 20) == 0) places.push_back(place);
    }
    SparseListWriter list(low_bits, &writer);
    for (const uint32_t place : places) list.Add(place);
    list.End(size);
    const std::string bytes(writer.Finish());

    std::vector<uint32_t> read;
    const auto note = [&read](uint32_t place) { read.push_back(place); };
    BitReader reader(bytes);
    ASSERT_TRUE(ReadSparseList(size, low_bits, &reader, note));
    ASSERT_EQ(read, places);
    const uint32_t end = rng() % (size + 1);
    std::vector<uint32_t> read_up_to;
    BitReader up_to(bytes);
    ASSERT_TRUE(ReadSparseListUpTo(end, size, low_bits, &up_to, [&](uint32_t place) { read_up_to.push_back(place); }));
    ASSERT_EQ(read_up_to, std::vector<uint32_t>(places.begin(), std::lower_bound(places.begin(), places.end(), end)));
    if (places.empty() || places.back() + 1 < size) {
      BitReader of_a_smaller_one(bytes);
      EXPECT_FALSE(ReadSparseList(size - 1, low_bits, &of_a_smaller_one, note));
    }
    BitReader cut_short(absl::string_view(bytes).substr(0, bytes.size() / 2));
    EXPECT_FALSE(ReadSparseList(size, low_bits, &cut_short, note));
  }
}

}  // namespace
}  // namespace gisa
