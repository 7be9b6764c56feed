#include "storage/index/bit_stream.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace gisa {
namespace {

// A copy of just this size lets AddressSanitizer see a read that goes too far.
std::vector<char> Copy(absl::string_view bytes) { return {bytes.begin(), bytes.end()}; }
absl::string_view View(const std::vector<char>& bytes) { return {bytes.data(), bytes.size()}; }

uint32_t Mask(int bits) { return bits == 0 ? 0 : UINT32_MAX >> (32 - bits); }

TEST(BitStreamTest, NumbersStandOneAfterAnotherFromTheLowestBitUp) {
  BitWriter writer;
  for (const uint32_t value : {1, 2, 3}) writer.Write(value, 2);
  EXPECT_EQ(writer.Finish(), std::string("\x39", 1));
  writer.Write(0x1FF, 9);
  writer.WriteUnary(2);
  EXPECT_EQ(writer.Finish(), std::string("\xFF\x09", 2));
  EXPECT_EQ(writer.Finish(), "");
}

TEST(BitStreamTest, WhatIsWrittenIsReadBack) {
  std::mt19937 rng(1);
  BitWriter writer;
  for (int round = 0; round < 200; ++round) {
    struct Step {
      int bits;  // -1: unary
      uint32_t value;
    };
    std::vector<Step> steps(rng() % 100);
    for (Step& step : steps) {
      step.bits = static_cast<int>(rng() % 34) - 1;
      step.value = step.bits < 0 ? rng() % (1 + rng() % 300) : static_cast<uint32_t>(rng()) & Mask(step.bits);
      step.bits < 0 ? writer.WriteUnary(step.value) : writer.Write(step.value, step.bits);
    }
    const std::vector<char> bytes = Copy(writer.Finish());
    BitReader reader(View(bytes));
    for (const Step& step : steps) {
      ASSERT_EQ(step.bits < 0 ? reader.ReadUnary() : reader.Read(step.bits), step.value);
    }
    EXPECT_TRUE(reader.ok());
    EXPECT_EQ(reader.rest(), "");
  }
}

TEST(BitStreamTest, NumbersAreWrittenInUpTo56Bits) {
  BitWriter writer;
  const uint64_t wide = 0xFEDCBA98765432;
  for (int before = 0; before < 8; ++before) {
    writer.Write(0, before);
    writer.Write(wide, BitWriter::kMaxBits);
    BitReader reader(writer.Finish());
    reader.Read(before);
    EXPECT_EQ(reader.Read(32), wide & UINT32_MAX);
    EXPECT_EQ(reader.Read(24), wide >> 32);
  }
}

TEST(BitStreamTest, ManyNumbersOfAWidthAreReadAtOnce) {
  std::mt19937 rng(2);
  BitWriter writer;
  for (int bits = 0; bits <= 32; ++bits) {
    for (const size_t count : {0, 1, 7, 128, 300}) {
      std::vector<uint32_t> values(count);
      for (uint32_t& value : values) value = static_cast<uint32_t>(rng()) & Mask(bits);
      writer.Write(1, 3);
      for (const uint32_t value : values) writer.Write(value, bits);
      const std::vector<char> bytes = Copy(writer.Finish());
      BitReader reader(View(bytes));
      reader.Read(3);
      std::vector<uint32_t> read(count);
      reader.ReadAll(bits, absl::MakeSpan(read));
      ASSERT_TRUE(reader.ok());
      ASSERT_EQ(read, values);
      std::vector<uint32_t> too_many(9);
      reader.ReadAll(32, absl::MakeSpan(too_many));
      EXPECT_FALSE(reader.ok());
    }
  }
}

TEST(BitStreamTest, NumbersInUnaryAreReadAsTheirSums) {
  std::mt19937 rng(3);
  BitWriter writer;
  for (const uint32_t often : {1u, 2u, 30u, 1000u}) {
    for (const size_t count : {0, 1, 2, 64, 128, 129}) {
      writer.Write(1, 5);
      std::vector<uint32_t> sums;
      uint32_t zeros = 0;
      for (size_t i = 0; i < count; ++i) {
        const uint32_t number = rng() % often == 0 ? rng() % 200 : 0;
        writer.WriteUnary(number);
        sums.push_back(zeros += number);
      }
      writer.Write(5, 3);
      const std::vector<char> bytes = Copy(writer.Finish());

      BitReader reader(View(bytes));
      reader.Read(5);
      std::vector<uint32_t> read(count);
      reader.ReadUnarySums(zeros, absl::MakeSpan(read));
      ASSERT_TRUE(reader.ok());
      ASSERT_EQ(read, sums);
      EXPECT_EQ(reader.Read(3), 5u);
      if (zeros == 0) continue;
      BitReader strict(View(bytes));
      strict.Read(5);
      strict.ReadUnarySums(zeros - 1, absl::MakeSpan(read));
      EXPECT_FALSE(strict.ok());
    }
  }
}

TEST(BitStreamTest, NumbersPartlyInUnaryAreReadBack) {
  std::mt19937 rng(8);
  for (const int low_bits : {0, 1, 6, 31}) {
    BitWriter writer;
    std::vector<uint64_t> numbers;
    for (const uint32_t zeros : {0u, 1u, 24u, 25u, 26u, 49u, 50u, 51u, 56u, 57u, 58u, 64u, 300u}) {
      const uint32_t low = rng() & ((uint32_t{1} << low_bits) - 1);
      writer.WriteUnary(zeros);
      writer.Write(low, low_bits);
      numbers.push_back(uint64_t{zeros} << low_bits | low);
      if (numbers.back() > UINT32_MAX) continue;
      writer.WriteRice(static_cast<uint32_t>(numbers.back()), low_bits);
      numbers.push_back(numbers.back());
    }
    const std::string bytes(writer.Finish());
    BitReader reader(bytes);
    for (const uint64_t number : numbers) ASSERT_EQ(reader.ReadRice(low_bits), number);
    EXPECT_TRUE(reader.ok());
    reader.ReadRice(low_bits);
    EXPECT_FALSE(reader.ok());
  }
}

TEST(BitStreamTest, ManyNumbersAreWrittenAsOneByOne) {
  std::mt19937 rng(9);
  BitWriter together;
  BitWriter one_by_one;
  for (int bits = 0; bits <= 32; ++bits) {
    for (const size_t count : {0, 1, 3, 8, 13, 300}) {
      std::vector<uint32_t> numbers(count);
      for (uint32_t& number : numbers) number = static_cast<uint32_t>(rng());
      together.Write(1, 3);
      one_by_one.Write(1, 3);
      together.WriteAll(bits, numbers);
      for (const uint32_t number : numbers) one_by_one.Write(number & Mask(bits), bits);
      ASSERT_EQ(together.Finish(), one_by_one.Finish()) << count << " of " << bits << " bits";
    }
  }
}

// AddressSanitizer watches the end of the buffer, wherever that is.
TEST(BitStreamTest, ThereIsRoomForManyNumbersBehindAnyOthers) {
  const std::vector<uint32_t> numbers(13, 1);
  for (int before = 0; before < 2000; ++before) {
    for (const size_t count : {1, 2, 9, 13}) {
      BitWriter writer;
      for (int i = 0; i < before; ++i) writer.Write(1, 1);
      writer.WriteAll(1, absl::MakeConstSpan(numbers).first(count));
      ASSERT_EQ(writer.Finish().size(), (static_cast<size_t>(before) + count + 7) / 8);
    }
  }
}

TEST(BitStreamTest, ManyNumbersInUnaryAreWrittenAsOneByOne) {
  std::mt19937 rng(10);
  BitWriter together;
  BitWriter one_by_one;
  for (const int low_bits : {0, 1, 5, 31}) {
    for (const uint32_t most : {1u, 4u, 16u, 70u, 300u}) {
      for (const size_t count : {0, 1, 4, 7, 130}) {
        std::vector<uint32_t> numbers(count);
        for (uint32_t& number : numbers) {
          number =
              (low_bits == 31 ? rng() % 2 : rng() % most) << low_bits | (static_cast<uint32_t>(rng()) & Mask(low_bits));
        }
        together.Write(1, 3);
        one_by_one.Write(1, 3);
        together.WriteAllUnary(low_bits, numbers);
        for (const uint32_t number : numbers) one_by_one.WriteUnary(number >> low_bits);
        ASSERT_EQ(together.Finish(), one_by_one.Finish()) << count << " up to " << most << " above " << low_bits;
      }
    }
  }
}

TEST(BitStreamTest, NumbersInUnaryBehindTheEndAreRefused) {
  const std::vector<char> bytes(40, 0);
  std::vector<uint32_t> read(3);
  BitReader reader(View(bytes));
  reader.ReadUnarySums(100'000, absl::MakeSpan(read));
  EXPECT_FALSE(reader.ok());
}

TEST(BitStreamTest, BitsAreGivenToThoseThatTakeThem) {
  std::mt19937 rng(4);
  BitWriter writer;
  std::vector<uint32_t> takes(500);
  std::vector<uint32_t> expected;
  for (uint32_t& take : takes) {
    take = rng() % 2;
    expected.push_back(take == 0 ? 7 : rng() % 2);
    if (take != 0) writer.Write(expected.back(), 1);
  }
  const std::vector<char> bytes = Copy(writer.Finish());
  const auto take = [](uint32_t& value, uint32_t bit) {
    const bool takes = value != 0;
    value = takes ? bit : 7;
    return takes;
  };
  std::vector<uint32_t> read = takes;
  BitReader reader(View(bytes));
  reader.ReadBitsFor(absl::MakeSpan(read), take);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(read, expected);
  BitReader cut_short(View(bytes).substr(1));
  cut_short.ReadBitsFor(absl::MakeSpan(takes), take);
  EXPECT_FALSE(cut_short.ok());
}

TEST(BitStreamTest, BehindTheEndIsNothing) {
  for (const size_t size : {0, 1, 7, 8, 9}) {
    const std::vector<char> zeros(size);
    BitReader unary(View(zeros));
    EXPECT_EQ(unary.ReadUnary(), 0u);
    EXPECT_FALSE(unary.ok());
    BitReader reader(View(zeros));
    for (size_t i = 0; i < size; ++i) EXPECT_EQ(reader.Read(8), 0u);
    EXPECT_TRUE(reader.ok());
    EXPECT_EQ(reader.Read(1), 0u);
    EXPECT_FALSE(reader.ok());
    EXPECT_EQ(reader.rest(), "");
  }
}

}  // namespace
}  // namespace gisa
