#include "storage/index/occurrence_piece.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "storage/base/errors.h"
#include "storage/index/coding.h"

namespace gisa {
namespace {

// The blocks as the encoder joins them.
std::string Join(const std::vector<std::string>& blocks) {
  std::string bytes;
  for (const std::string& block : blocks) {
    if (&block != &blocks.back()) AppendVarint64(block.size(), &bytes);
    bytes += block;
  }
  return bytes;
}

TEST(OccurrencePieceTest, EachBlockIsFound) {
  std::mt19937 rng(1);
  for (const size_t count : {1, 2, 4, 5, 32}) {
    std::vector<std::string> blocks;
    for (size_t i = 0; i < count; ++i) blocks.emplace_back(rng() % 3 == 0 ? rng() % 40000 : rng() % 10, 'a' + i);
    const auto piece = OwnedPiece::Open(Join(blocks), count);
    ASSERT_TRUE(piece.ok());
    for (size_t i = 0; i < count; ++i) EXPECT_TRUE(absl::StartsWith((*piece)->piece().block(i), blocks[i]));
    EXPECT_EQ((*piece)->piece().block(count - 1), blocks.back());
    EXPECT_EQ((*piece)->piece().block(count), "");
    EXPECT_GE((*piece)->memory_bytes(), Join(blocks).size());
  }
}

TEST(OccurrencePieceTest, WhatIsCutShortIsRefused) {
  const std::string bytes = Join({std::string(300, 'a'), "bcd", "efg"});
  const size_t last = bytes.size() - 3;  // which may be of any size
  EXPECT_TRUE(OccurrencePiece::Open(bytes.substr(0, last), 3).ok());
  for (size_t size = 0; size < last; ++size) {
    EXPECT_EQ(ErrorReason(OccurrencePiece::Open(bytes.substr(0, size), 3).status()), "DATA_CORRUPTED") << size;
  }
}

TEST(OccurrencePieceTest, ASizeBeyondTheEndIsRefused) {
  std::string bytes;
  AppendVarint64(UINT64_MAX, &bytes);
  bytes += "abc";
  EXPECT_EQ(ErrorReason(OwnedPiece::Open(bytes, 2).status()), "DATA_CORRUPTED");
  EXPECT_EQ(ErrorReason(OwnedPiece::Open("abc", 32).status()), "DATA_CORRUPTED");
}

}  // namespace
}  // namespace gisa
