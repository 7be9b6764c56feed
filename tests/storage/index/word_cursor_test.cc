#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "storage/index/query_compiler.h"
#include "storage/index/query_cursor.h"
#include "storage/index/query_parser.h"
#include "storage/text/word_matcher.h"
#include "tests/storage/index/text_index.h"
#include "tests/support/korean_text.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WordCursorTest : public ::testing::Test {
 protected:
  // A cursor for `text`, of one word.
  std::unique_ptr<QueryCursor> Open(absl::string_view text) {
    const absl::StatusOr<QueryNode> query = ParseQuery(text);
    EXPECT_TRUE(query.ok()) << text;
    bm25_ = Bm25(index_.corpus().document_count, index_.corpus().total_length);
    QueryCompiler compiler(&index_, {kNoDoc, kEndDoc}, bm25_, &guard_);
    compiler.OpenTerms(*query);
    return compiler.Compile(*query);
  }

  std::vector<DocId> Find(absl::string_view text) {
    std::vector<DocId> docs;
    const auto cursor = Open(text);
    for (; cursor->doc() != kEndDoc; cursor->Next()) {
      if (cursor->Matches()) docs.push_back(cursor->doc());
    }
    return docs;
  }

  double ScoreOf(absl::string_view text, DocId doc) {
    const auto cursor = Open(text);
    EXPECT_EQ(cursor->Seek(doc), doc);
    EXPECT_TRUE(cursor->Matches());
    EXPECT_GE(cursor->MaxScore(), cursor->Score());
    return cursor->Score();
  }

  SearchControl control_;
  SearchGuard guard_{control_};
  TextIndex index_;
  Bm25 bm25_{0, 0};
};

TEST_F(WordCursorTest, TheBigramsOfAWordMustStandTogether) {
  const DocId together = index_.Add("", "국립중앙박물관");
  index_.Add("", "국립 중앙 박물관");
  index_.Add("", "박물관중앙 국립중 앙박물관");
  EXPECT_THAT(Find("국립중앙박물관"), ElementsAre(together));
  EXPECT_THAT(Find("립중앙박"), ElementsAre(together));
}

TEST_F(WordCursorTest, RepeatedCharactersAreCounted) {
  index_.Add("", "가가");
  const DocId three = index_.Add("", "가가가");
  const DocId four = index_.Add("", "나 가가가가");
  EXPECT_THAT(Find("가가가"), ElementsAre(three, four));
  EXPECT_THAT(Find("가가가가"), ElementsAre(four));
}

TEST_F(WordCursorTest, ACharacterIsFoundInAnyPlaceOfARun) {
  const DocId docs[] = {index_.Add("", "물"), index_.Add("", "물가"), index_.Add("", "건물주"), index_.Add("", "나물")};
  index_.Add("", "불 火");
  EXPECT_THAT(Find("물"), ElementsAre(docs[0], docs[1], docs[2], docs[3]));
}

TEST_F(WordCursorTest, RunsOfSeveralScriptsTouchAsInTheQuery) {
  const DocId joined = index_.Add("", "제3차 K팝모델AI와 美국방부");
  index_.Add("", "제 3 차 K 팝 모델 AI 와 美 국방부");
  for (const absl::string_view word : {"제3차", "k팝", "팝모델ai", "AI와", "美국방", "美국"}) {
    EXPECT_THAT(Find(word), ElementsAre(joined)) << word;
  }
  EXPECT_THAT(Find("모델K"), IsEmpty());
}

TEST_F(WordCursorTest, ASeparatorWithinTheWordIsAnySeparatorInTheText) {
  const DocId dot = index_.Add("", "한·미 정상");
  const DocId space = index_.Add("", "한 미");
  index_.Add("", "한미");
  index_.Add("", "한국미");
  const DocId comma = index_.Add("", "남한,\n(미국");
  EXPECT_THAT(Find("한·미"), ElementsAre(dot, space, comma));
  EXPECT_THAT(Find("\"한 미\""), ElementsAre(dot, space, comma));
  EXPECT_THAT(Find("\"한 미국\""), ElementsAre(comma));
}

TEST_F(WordCursorTest, AFieldIsSearchedByItself) {
  const DocId title = index_.Add("대전 소식", "서울");
  const DocId body = index_.Add("서울 소식", "대전");
  EXPECT_THAT(Find("title:대전"), ElementsAre(title));
  EXPECT_THAT(Find("body:대전"), ElementsAre(body));
  EXPECT_THAT(Find("대전"), ElementsAre(title, body));
  EXPECT_THAT(Find("title:\"서울 소식\""), ElementsAre(body));
  EXPECT_THAT(Find("body:소식"), IsEmpty());
}

TEST_F(WordCursorTest, APrefixIsTheStartOfAnEojeol) {
  const DocId start = index_.Add("", "어제 대전환이");
  index_.Add("", "서대전에서");
  const DocId mixed = index_.Add("", "(대전KBS가");
  const DocId latin = index_.Add("", "samsung과 KBS");
  index_.Add("", "갤럭시samsung을");
  const DocId itself = index_.Add("", "SAM 대");
  EXPECT_THAT(Find("대전*"), ElementsAre(start, mixed));
  EXPECT_THAT(Find("sam*"), ElementsAre(latin, itself));
  EXPECT_THAT(Find("대전k*"), ElementsAre(mixed));
  EXPECT_THAT(Find("대*"), ElementsAre(start, mixed, itself));
  EXPECT_THAT(Find("samsungs*"), IsEmpty());
}

TEST_F(WordCursorTest, TheTitleAndWholeWordsCountMore) {
  const DocId inside = index_.Add("소식", "에너지 대전환 시대가 온다");
  const DocId itself = index_.Add("소식", "에너지 대전에서 시대가 온");
  const DocId title = index_.Add("대전", "에너지 소식에서 시대가 온");
  EXPECT_LT(ScoreOf("대전", inside), ScoreOf("대전", itself));
  EXPECT_LT(ScoreOf("대전", itself), ScoreOf("대전", title));
  EXPECT_GT(ScoreOf("대전", inside), 0);
}

TEST_F(WordCursorTest, TheWordWithAParticleComesBeforeItsLongerForms) {
  const DocId within = index_.Add("", "오늘 한국대전망 이야기");
  const DocId beginning = index_.Add("", "오늘 대전환과 이야기");
  const DocId particle = index_.Add("", "오늘 대전에서 이야기");
  const DocId itself = index_.Add("", "오늘 대전 이야기 하나");
  EXPECT_EQ(ScoreOf("대전", itself), ScoreOf("대전", particle));
  EXPECT_GT(ScoreOf("대전", particle), ScoreOf("대전", beginning));
  EXPECT_GT(ScoreOf("대전", beginning), ScoreOf("대전", within));
}

TEST_F(WordCursorTest, ARareWordCountsMoreThanACommonOne) {
  for (int i = 0; i < 50; ++i) index_.Add("", "흔한 단어");
  const DocId doc = index_.Add("", "흔한 말과 드문 말");
  EXPECT_LT(ScoreOf("흔한", doc), ScoreOf("드문", doc));
}

// The definition of a match is the matcher's; the cursor is held to it.
TEST_F(WordCursorTest, FindsExactlyTheTextsThatTheMatcherFinds) {
  std::mt19937 rng(14);
  KoreanText korean(&rng);
  std::vector<std::pair<std::string, std::string>> texts;
  for (int i = 0; i < 300; ++i) {
    texts.emplace_back(korean.Text(4), korean.Text(40));
    index_.Add(texts.back().first, texts.back().second);
  }
  for (int i = 0; i < 600; ++i) {
    std::string word = korean.QueryWord();
    const bool is_prefix = i % 4 == 0;
    const WordMatcher matcher(word, is_prefix ? WordMatcher::Kind::kPrefix : WordMatcher::Kind::kWord);
    if (is_prefix) word += "*";
    std::vector<DocId> expected;
    for (size_t doc = 0; doc < texts.size(); ++doc) {
      if (matcher.Matches(texts[doc].first) || matcher.Matches(texts[doc].second)) {
        expected.push_back(static_cast<DocId>(doc + 1));
      }
    }
    ASSERT_EQ(Find(word), expected) << word;
  }
}

}  // namespace
}  // namespace gisa
