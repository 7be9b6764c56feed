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
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Describe(const std::vector<QueryNode::Term>& terms) {
  std::string text;
  for (const QueryNode::Term& term : terms) {
    const absl::string_view kind = term.kind == QueryNode::Term::Kind::kExact       ? ""
                                   : term.kind == QueryNode::Term::Kind::kCharacter ? "?"
                                                                                    : "*";
    absl::StrAppend(&text, text.empty() ? "" : " ", term.starts_eojeol ? "^" : "");
    for (const std::string& alternative : term.alternatives) absl::StrAppend(&text, alternative.substr(1), "/");
    absl::StrAppend(&text, term.term.substr(1), kind, "@", term.offset);
  }
  return text;
}

// The tree: a word as its terms with their offsets, in its field; ? is any term with this character, * any word that
// begins so, ^ what must start an eojeol, / stands between terms that do as well as each other. What only ranks is in
// [].
std::string Describe(const QueryNode& node) {
  static constexpr absl::string_view kFields[] = {"", "title:", "body:", "author:", "publisher:"};
  const absl::string_view field = kFields[static_cast<int>(node.field)];
  if (node.kind == QueryNode::Kind::kWord) {
    if (IsNameField(node.field)) return absl::StrCat(field, "<", node.text, node.is_prefix ? "*" : "", ">");
    const std::string literal = node.literal_terms.empty() ? "" : absl::StrCat(" [", Describe(node.literal_terms), "]");
    return absl::StrCat(field, "<", Describe(node.terms), literal, ">");
  }
  if (node.kind == QueryNode::Kind::kNot) return absl::StrCat("-", Describe(node.children.front()));
  std::string text = node.kind == QueryNode::Kind::kAnd ? "and(" : "or(";
  for (size_t i = 0; i < node.children.size(); ++i) {
    absl::StrAppend(&text, i > 0 ? " " : "", Describe(node.children[i]));
  }
  return text + ")";
}

std::string Parse(absl::string_view text, SearchMatch match = SearchMatch::kAll, bool may_be_open = false) {
  const absl::StatusOr<QueryNode> query = ParseQuery(text, match, may_be_open);
  EXPECT_TRUE(query.ok()) << text << ": " << query.status();
  return query.ok() ? Describe(*query) : "";
}

// What the error says about the query.
std::string Error(absl::string_view text) {
  const absl::Status status = ParseQuery(text).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
  EXPECT_EQ(ErrorReason(status), "INVALID_REQUEST") << text;
  const std::vector<FieldViolation> violations = ErrorViolations(status);
  EXPECT_EQ(violations.size(), 1u) << text;
  if (violations.empty()) return "";
  EXPECT_EQ(violations.front().field, "query");
  return violations.front().description;
}

TEST(QueryParserTest, WordsSideBySideMustAllMatch) {
  EXPECT_EQ(Parse("서울"), "and(<서울@0>)");
  EXPECT_EQ(Parse("서울 부산"), "and(<서울@0> <부산@0>)");
  EXPECT_EQ(Parse(" \t서울\n\u3000부산\u00a0 KBS\u2028"), "and(<서울@0> <부산@0> <kbs@0>)");
  EXPECT_EQ(Parse("서울 서울"), "and(<서울@0> <서울@0>)");
}

TEST(QueryParserTest, MatchAnyTakesOneOfThem) {
  EXPECT_EQ(Parse("서울", SearchMatch::kAny), "and(<서울@0>)");
  EXPECT_EQ(Parse("서울 부산 -대구", SearchMatch::kAny), "and(or(<서울@0> <부산@0>) -<대구@0>)");
  EXPECT_EQ(Parse("(서울 부산) 대구 OR 광주", SearchMatch::kAny),
            "and(or(or(or(<서울@0> <부산@0>) <대구@0>) <광주@0>))");
}

TEST(QueryParserTest, MatchAnyRanksByThePairsOfLongerWords) {
  const absl::StatusOr<QueryNode> query =
      ParseQuery("대전시장 서울 title:국제공항 KBS 시장의 -부산시장", SearchMatch::kAny);
  ASSERT_TRUE(query.ok());
  EXPECT_THAT(query->children.front().rank_terms, ElementsAre("t대전", "t시장", "t장의", "t전시"));
  EXPECT_THAT(ParseQuery("新大田 서울", SearchMatch::kAny)->children.front().rank_terms, ElementsAre("t大田", "t新大"));
  EXPECT_THAT(ParseQuery("대전시장 OR 서울")->children.front().rank_terms, IsEmpty());
}

TEST(QueryParserTest, OrBindsLessThanStandingSideBySide) {
  EXPECT_EQ(Parse("서울 부산 OR 대구"), "and(or(and(<서울@0> <부산@0>) <대구@0>))");
  EXPECT_EQ(Parse("서울 (부산 OR 대구)"), "and(<서울@0> or(<부산@0> <대구@0>))");
  EXPECT_EQ(Parse("서울(부산OR)대구"), "and(<서울@0> <부산@0 or@2> <대구@0>)");
  EXPECT_EQ(Parse("\"OR\" or"), "and(<or@0> <or@0>)");
}

TEST(QueryParserTest, AMinusExcludesWhatFollows) {
  EXPECT_EQ(Parse("서울 -부산"), "and(<서울@0> -<부산@0>)");
  EXPECT_EQ(Parse("-부산 서울"), "and(<서울@0> -<부산@0>)");
  EXPECT_EQ(Parse("서울 -(부산 대구) -\"광주 시\" -title:인천"),
            "and(<서울@0> -and(<부산@0> <대구@0>) -<광주@0 ^시?@3> -title:<인천@0>)");
  EXPECT_EQ(Parse("(서울 -부산) OR 대구"), "and(or(and(<서울@0> -<부산@0>) <대구@0>))");
  EXPECT_EQ(Parse("코로나-19"), "and(<코로@0 로나@1 ^19@4>)");
}

TEST(QueryParserTest, PhrasesKeepTheirWordsTogether) {
  EXPECT_EQ(Parse("\"달빛 축제\""), "and(<달빛@0 ^축제@3>)");
  EXPECT_EQ(Parse("봄\"달빛 축제\"밤"), "and(<봄?@0> <달빛@0 ^축제@3> <밤?@0>)");
  EXPECT_EQ(Parse("\"(달빛 -OR*)\""), "and(<달빛@0 ^or@3>)");
}

TEST(QueryParserTest, FieldsAreForTheWordOrTheParenthesesBehindThem) {
  EXPECT_EQ(Parse("title:서울 부산"), "and(title:<서울@0> <부산@0>)");
  EXPECT_EQ(Parse("body:(서울 OR 부산) 대구"), "and(or(body:<서울@0> body:<부산@0>) <대구@0>)");
  EXPECT_EQ(Parse("author:\"김 하늘\" publisher:한빛*"), "and(author:<김 하늘> publisher:<한빛*>)");
  EXPECT_EQ(Parse("10:30 Title:서울 제목:서울"), "and(<10@0 ^30@2> <title@0 ^서울@2> <제목@0 ^서울@3>)")
      << "only these four names are fields";
}

TEST(QueryParserTest, AStarBehindAWordMakesAPrefix) {
  EXPECT_EQ(Parse("서울*"), "and(<^서울@0>)");
  EXPECT_EQ(Parse("kb* 서*"), "and(<^kb*@0> <^서?@0>)");
  EXPECT_EQ(Parse("서울kb*"), "and(<^서울@0 kb*@2>)");
  EXPECT_EQ(Parse("2*3 *"), "and(<2@0 ^3@2>)");
}

TEST(QueryParserTest, ARunIsCoveredByEverySecondBigramAndTheLast) {
  EXPECT_EQ(Parse("대전시"), "and(<대전@0 전시@1>)");
  EXPECT_EQ(Parse("대전시장"), "and(<대전@0 시장@2>)");
  EXPECT_EQ(Parse("국립중앙박물관"), "and(<국립@0 중앙@2 박물@4 물관@5>)");
}

TEST(QueryParserTest, ACharacterByItselfIsAnyTermThatBeginsWithIt) {
  EXPECT_EQ(Parse("물"), "and(<물?@0>)");
  EXPECT_EQ(Parse("제3차"), "and(<제?@0 3@1 차?@2>)");
}

TEST(QueryParserTest, HanjaAreLookedForAsTheyAreRead) {
  EXPECT_EQ(Parse("大田"), "and(<대전@0 [大田@0]>)");
  EXPECT_EQ(Parse("美대통령"), "and(<미대@0 통령@2 [美대@0 통령@2]>)");
  EXPECT_EQ(Parse("金씨"), "and(<금씨/김씨@0 [金씨@0]>)");
  EXPECT_EQ(Parse("金女*"), "and(<^금녀/금여/김녀/김여@0 [^金女@0]>)");
  EXPECT_EQ(Parse("2026年"), "and(<2026@0 년/연?@1 [2026@0 年?@1]>)");
  EXPECT_EQ(Parse("\"한 美\""), "and(<한?@0 ^미?@2 [한?@0 ^美?@2]>)");
  EXPECT_EQ(Parse("-大田 서울"), "and(<서울@0> -<대전@0 [大田@0]>)");
  EXPECT_EQ(Parse("author:大田"), "and(author:<大田>)");
}

TEST(QueryParserTest, ASingleHanjaStandsForItself) {
  EXPECT_EQ(Parse("美"), "and(<美?@0>)");
  EXPECT_EQ(Parse("·美!"), "and(<美?@0>)");
  EXPECT_EQ(Parse("美*"), "and(<^美?@0>)");
  EXPECT_EQ(Parse("𠮷𠮷"), "and(<𠮷𠮷@0>)") << "no reading is known";
}

TEST(QueryParserTest, OtherWordsAreFoldedAndWhole) {
  EXPECT_EQ(Parse("KBS Ｇ20 2024"), "and(<kbs@0> <g20@0> <2024@0>)");
  EXPECT_EQ(Parse("AI모델은"), "and(<ai@0 모델@1 델은@2>)");
  EXPECT_EQ(Parse("U.S."), "and(<u@0 ^s@2>)");
}

TEST(QueryParserTest, WordsWithoutALetterOrDigitArePassedOver) {
  EXPECT_EQ(Parse("서울 - !! 😀 부산 -… \"?\""), "and(<서울@0> <부산@0>)");
}

TEST(QueryParserTest, BesideAFilterNothingNeedsToBeWanted) {
  EXPECT_EQ(Parse("", SearchMatch::kAll, true), "and()");
  EXPECT_EQ(Parse("-서울", SearchMatch::kAny, true), "and(-<서울@0>)");
  EXPECT_THAT(Error(""), HasSubstr("or come with a filter"));
  EXPECT_THAT(Error("-서울"), HasSubstr("must have a word that is not excluded"));
}

TEST(QueryParserTest, ErrorsSayAtWhichCharacterWhatWasExpected) {
  EXPECT_EQ(Error("가나 \"다라"), "at character offset 6: expected a closing quotation mark");
  EXPECT_EQ(Error("가나 (다라"), "at character offset 6: expected a closing )");
  EXPECT_EQ(Error("가나) 다라"), "at character offset 2: expected a ( before this )");
  EXPECT_EQ(Error("가나 OR"), "at character offset 5: expected a word with a letter or a digit");
  EXPECT_EQ(Error("OR 가나"), "at character offset 0: expected a word with a letter or a digit");
  EXPECT_EQ(Error("가나 OR OR 다라"), "at character offset 6: expected a word with a letter or a digit");
  EXPECT_EQ(Error("가나 ()"), "at character offset 4: expected a word with a letter or a digit");
  EXPECT_EQ(Error("😀 OR 가나"), "at character offset 0: expected a word with a letter or a digit");
  EXPECT_EQ(Error("가나 OR -다라"), "at character offset 6: expected a word that is not excluded");
  EXPECT_EQ(Error("가나 (-다라)"), "at character offset 4: expected a word that is not excluded");
  EXPECT_EQ(Error("title: 가나"), "at character offset 6: expected a word, a phrase or ( right after title:");
  EXPECT_EQ(Error("title:-가나"), "at character offset 6: expected a word, a phrase or (");
  EXPECT_EQ(Error("title:(body:가나)"), "at character offset 7: expected no field, for one is given before");
  EXPECT_EQ(Error("가나 -)"), "at character offset 4: expected a word, a phrase or (");
  EXPECT_EQ(Error("가나 -OR"), "at character offset 4: expected a word, a phrase or (");
}

TEST(QueryParserTest, LimitsAreEnforced) {
  std::string words;
  for (size_t i = 0; i < kMaxQueryWords; ++i) words += "가 ";
  EXPECT_TRUE(ParseQuery(words).ok());
  EXPECT_EQ(Error(words + "나"), "at character offset 128: expected no more than 64 words and phrases");
  const std::string open(kMaxQueryDepth, '(');
  const std::string close(kMaxQueryDepth, ')');
  EXPECT_TRUE(ParseQuery(open + "가" + close).ok());
  EXPECT_EQ(Error(open + "(가)" + close),
            "at character offset 16: expected no more than 16 parentheses within each other");
  EXPECT_TRUE(ParseQuery(std::string(kMaxQueryBytes, 'x')).ok());
  EXPECT_THAT(Error(std::string(kMaxQueryBytes + 1, 'x')), HasSubstr("at most 1024"));
}

TEST(QueryParserTest, BytesThatAreNotUtf8AreRefused) { EXPECT_EQ(Error("서울 \xff"), "must be valid UTF-8"); }

}  // namespace
}  // namespace gisa
