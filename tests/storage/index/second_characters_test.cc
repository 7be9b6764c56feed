#include "storage/index/second_characters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "storage/base/errors.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::vector<std::pair<std::string, std::vector<std::string>>> Read(SecondCharacters* characters) {
  std::vector<std::pair<std::string, std::vector<std::string>>> read;
  const absl::Status status = characters->ForEach([&read](absl::string_view character, absl::string_view before) {
    const absl::StatusOr<std::vector<std::string>> decoded = DecodeCharactersBefore(before);
    EXPECT_TRUE(decoded.ok()) << decoded.status();
    read.emplace_back(std::string(character), decoded.value_or(std::vector<std::string>()));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
  return read;
}

TEST(SecondCharactersTest, TellWhichCharactersStandBeforeEach) {
  SecondCharacters characters;
  for (const char* const term : {"t가나", "t가라", "t나나", "t나가", "t美国", "t美나"}) characters.Add(term);
  EXPECT_THAT(Read(&characters), ElementsAre(Pair("国", ElementsAre("美")), Pair("가", ElementsAre("나")),
                                             Pair("나", ElementsAre("美", "가", "나")), Pair("라", ElementsAre("가"))));
}

TEST(SecondCharactersTest, TermsMayComeInAnyOrderAndBeBeyondTheBasicPlane) {
  SecondCharacters characters;
  for (const char* const term : {"t힣野", "t𠮷野", "t가野", "t가𠮷"}) characters.Add(term);
  EXPECT_THAT(Read(&characters), ElementsAre(Pair("野", ElementsAre("가", "힣", "𠮷")), Pair("𠮷", ElementsAre("가"))));
}

TEST(SecondCharactersTest, TermsThatAreNotOfTwoSuchCharactersAreLeftOut) {
  SecondCharacters characters;
  for (const char* const term : {"t가", "tab", "tabcdef", "tжжж", "t가a", "ta가나", "t가나다", "t\xEA", "t가\xEA"}) {
    characters.Add(term);
  }
  EXPECT_THAT(Read(&characters), ElementsAre());
}

TEST(SecondCharactersTest, BytesThatNobodyWroteAreAnError) {
  // Cut short, a surrogate, beyond Unicode.
  for (const char* const bytes : {"\x80", "\x80\xB0\x03", "\xFF\xFF\xFF\x7F"}) {
    EXPECT_EQ(ErrorReason(DecodeCharactersBefore(bytes).status()), "DATA_CORRUPTED");
  }
}

}  // namespace
}  // namespace gisa
