#include "storage/index/trigram_scope.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "storage/base/errors.h"

namespace gisa {
namespace {

TermCode Bigram(char32_t first, char32_t second) { return CodeOfCharacters(first, second); }

TrigramScope Example() {
  return TrigramScope({Bigram(U'가', U'나'), Bigram(U'나', U'나'), Bigram(U'나', U'다'), Bigram(U'힣', U'가')},
                      {*ParseTrigram("가나나"), *ParseTrigram("힣가나")});
}

void ExpectIsExample(const TrigramScope& scope) {
  EXPECT_TRUE(scope.Contains(*ParseTrigram("가나다")));
  EXPECT_TRUE(scope.Contains(*ParseTrigram("나나나")));
  EXPECT_FALSE(scope.Contains(*ParseTrigram("가나나"))) << "an exception";
  EXPECT_FALSE(scope.Contains(*ParseTrigram("힣가나"))) << "an exception";
  EXPECT_FALSE(scope.Contains(*ParseTrigram("가나라"))) << "a bigram that is not frequent";
  EXPECT_FALSE(scope.Contains(*ParseTrigram("라가나"))) << "a bigram that is not frequent";
  EXPECT_TRUE(scope.HasBigram(Bigram(U'힣', U'가')));
  EXPECT_FALSE(scope.HasBigram(Bigram(U'다', U'가')));
}

TEST(TrigramScopeTest, HasTheTrigramsOfItsBigramsButForExceptions) { ExpectIsExample(Example()); }

TEST(TrigramScopeTest, IsReadAsItIsWritten) {
  const absl::StatusOr<TrigramScope> read = TrigramScope::Decode(Example().Encode());
  ASSERT_TRUE(read.ok()) << read.status();
  ExpectIsExample(*read);
  EXPECT_EQ(read->exceptions(), Example().exceptions());
}

TEST(TrigramScopeTest, OfNothingHasNone) {
  const absl::StatusOr<TrigramScope> read = TrigramScope::Decode(TrigramScope().Encode());
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->Contains(*ParseTrigram("가나다")));
}

TEST(TrigramScopeTest, BytesThatNobodyWroteAreAnError) {
  const std::string bytes = Example().Encode();
  for (size_t size = 0; size < bytes.size(); ++size) {
    const absl::StatusOr<TrigramScope> read = TrigramScope::Decode(bytes.substr(0, size));
    // Cut between two exceptions it is a scope.
    EXPECT_TRUE(read.ok() || ErrorReason(read.status()) == "DATA_CORRUPTED");
  }
  for (const std::string wrong : {"", "\x01", "\xFF\xFF\xFF\xFF\x7F", "\x02\xFF\xFF\xFF\xFF\x0F\x01"}) {
    EXPECT_EQ(ErrorReason(TrigramScope::Decode(wrong).status()), "DATA_CORRUPTED");
  }
}

}  // namespace
}  // namespace gisa
