#include "storage/index/word_notes.h"

#include <gtest/gtest.h>

namespace gisa {
namespace {

TEST(WordNotesTest, KeepsAWeightThatFitsAByteForEachDocument) {
  WordNotes notes(300);
  for (uint32_t rank = 0; rank < 300; ++rank) EXPECT_EQ(notes.Find(rank), std::nullopt);
  for (uint32_t rank = 0; rank < 300; ++rank) notes.Note(rank, rank);
  for (uint32_t rank = 0; rank < 300; ++rank) {
    EXPECT_EQ(notes.Find(rank), rank < UINT8_MAX ? std::optional<uint32_t>(rank) : std::nullopt);
  }
}

}  // namespace
}  // namespace gisa
