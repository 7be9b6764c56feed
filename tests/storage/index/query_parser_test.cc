#include "storage/index/query_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;

// Each word as its terms with their offsets; a prefix has a star.
std::vector<std::string> Parse(absl::string_view text) {
  const absl::StatusOr<QueryNode> query = ParseQuery(text);
  EXPECT_TRUE(query.ok()) << query.status();
  std::vector<std::string> words;
  if (!query.ok()) return words;
  EXPECT_EQ(query->kind, QueryNode::Kind::kAnd);
  for (const QueryNode& word : query->children) {
    EXPECT_EQ(word.kind, QueryNode::Kind::kWord);
    std::string terms;
    for (const QueryNode::Term& term : word.terms) {
      absl::StrAppend(&terms, terms.empty() ? "" : " ", term.term.substr(1), term.is_character ? "*" : "", "@",
                      term.offset);
    }
    words.push_back(terms);
  }
  return words;
}

TEST(QueryParserTest, EachWordIsAChild) {
  EXPECT_THAT(Parse("서울 부산"), ElementsAre("서울@0", "부산@0"));
  EXPECT_THAT(Parse(" \t서울\n\u3000부산\u00a0 KBS\u2028"), ElementsAre("서울@0", "부산@0", "kbs@0"));
  EXPECT_THAT(Parse("서울 서울"), ElementsAre("서울@0", "서울@0"));
}

TEST(QueryParserTest, ARunIsCoveredByEverySecondBigramAndTheLast) {
  EXPECT_THAT(Parse("대전"), ElementsAre("대전@0"));
  EXPECT_THAT(Parse("대전시"), ElementsAre("대전@0 전시@1"));
  EXPECT_THAT(Parse("대전시장"), ElementsAre("대전@0 시장@2"));
  EXPECT_THAT(Parse("국립중앙박물관"), ElementsAre("국립@0 중앙@2 박물@4 물관@5"));
}

TEST(QueryParserTest, ACharacterByItselfIsAPrefix) {
  EXPECT_THAT(Parse("물"), ElementsAre("물*@0"));
  EXPECT_THAT(Parse("제3차"), ElementsAre("제*@0 3@1 차*@2"));
}

TEST(QueryParserTest, OtherWordsAreFoldedAndWhole) {
  EXPECT_THAT(Parse("KBS Ｇ20 2024"), ElementsAre("kbs@0", "g20@0", "2024@0"));
  EXPECT_THAT(Parse("AI모델은"), ElementsAre("ai@0 모델@1 델은@2"));
}

TEST(QueryParserTest, SeparatorsWithinAWordSkipAPosition) {
  EXPECT_THAT(Parse("한미·중일"), ElementsAre("한미@0 중일@3"));
  EXPECT_THAT(Parse("\"대전\","), ElementsAre("대전@0"));
  EXPECT_THAT(Parse("U.S."), ElementsAre("u@0 s@2"));
}

TEST(QueryParserTest, ALongWordIsReplacedByPiecesOrDigests) {
  const std::vector<std::string> words = Parse(std::string(1000, 'x'));
  ASSERT_EQ(words.size(), 1u);
  EXPECT_LT(words.front().size(), 2000u);
}

TEST(QueryParserTest, WordsWithoutALetterOrDigitArePassedOver) {
  EXPECT_THAT(Parse("서울 - !! 😀 부산"), ElementsAre("서울@0", "부산@0"));
}

TEST(QueryParserTest, AQueryWithoutAWordOrOfBadBytesIsInvalid) {
  for (const absl::string_view text : {"", " \u3000", "!?", "서울 \xff"}) {
    const absl::Status status = ParseQuery(text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_EQ(ErrorReason(status), "INVALID_REQUEST");
    ASSERT_EQ(ErrorViolations(status).size(), 1u);
    EXPECT_EQ(ErrorViolations(status).front().field, "query");
  }
}

}  // namespace
}  // namespace gisa
