// Hanja and Hangul find each other, in memory and on disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/storage/leveldb/index_fixture.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// Each query runs twice: before documents go to disk and after.
class SearchHanjaTest : public SearchIndexTest, public ::testing::WithParamInterface<bool> {
 protected:
  void DocumentsAreAdded() {
    if (!GetParam()) return;
    ASSERT_TRUE(index_->Flush().ok());
    Reopen();
  }
};

INSTANTIATE_TEST_SUITE_P(Places, SearchHanjaTest, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "OnDisk" : "InMemory"; });

TEST_P(SearchHanjaTest, HangulFindsHanjaAndHanjaHangul) {
  const DocId hanja = Add("", "大田에서 열린 회의");
  const DocId hangul = Add("", "대전에서 열린 회의");
  Add("", "대구에서 열린 회의, 大邱");
  DocumentsAreAdded();
  EXPECT_THAT(Find("대전"), UnorderedElementsAre(hanja, hangul));
  EXPECT_THAT(Find("大田"), UnorderedElementsAre(hanja, hangul));
  EXPECT_THAT(Find("大전"), UnorderedElementsAre(hanja, hangul));
  EXPECT_THAT(Find("대전에서"), UnorderedElementsAre(hanja, hangul));
  EXPECT_THAT(Find("전에서"), UnorderedElementsAre(hanja, hangul));
}

TEST_P(SearchHanjaTest, TheTextThatHasTheWordAsItIsTypedComesFirst) {
  const DocId hangul = Add("", "한일 정상이 만난다");
  const DocId hanja = Add("", "韓日 정상이 만난다");
  const DocId hangul_again = Add("", "한일 정상이 만난다");
  DocumentsAreAdded();
  EXPECT_THAT(Find("韓日"), ElementsAre(hanja, hangul_again, hangul));
}

TEST_P(SearchHanjaTest, AWordMayHaveBoth) {
  const DocId mixed = Add("", "美대통령의 방한");
  const DocId hangul = Add("", "미대통령의 방한");
  const DocId middle = Add("", "新北方정책");
  DocumentsAreAdded();
  EXPECT_THAT(Find("미대통령"), UnorderedElementsAre(mixed, hangul));
  EXPECT_THAT(Find("美대통령"), UnorderedElementsAre(mixed, hangul));
  EXPECT_THAT(Find("미大통령"), UnorderedElementsAre(mixed, hangul));
  EXPECT_THAT(Find("대통령"), UnorderedElementsAre(mixed, hangul));
  EXPECT_THAT(Find("북방정책"), ElementsAre(middle));
  EXPECT_THAT(Find("신북"), ElementsAre(middle));
}

TEST_P(SearchHanjaTest, EveryReadingIsFound) {
  const DocId gold = Add("", "金메달과 金씨");
  const DocId women = Add("", "女性의 날");
  const DocId many = Add("", "樂山樂水라는 말");
  DocumentsAreAdded();
  EXPECT_THAT(Find("금메달"), ElementsAre(gold));
  EXPECT_THAT(Find("김씨"), ElementsAre(gold));
  EXPECT_THAT(Find("여성"), ElementsAre(women));
  EXPECT_THAT(Find("녀성"), ElementsAre(women));
  EXPECT_THAT(Find("요산요수"), ElementsAre(many));
  EXPECT_THAT(Find("낙산악수"), ElementsAre(many));
}

TEST_P(SearchHanjaTest, AHanjaOfSeveralReadingsFindsThemAll) {
  const DocId kim = Add("", "김씨 집안");
  const DocId gold = Add("", "금씨 집안");
  Add("", "박씨 집안");
  const DocId women = Add("", "여성의 날");
  const DocId north = Add("", "녀성의 날");
  DocumentsAreAdded();
  EXPECT_THAT(Find("金씨"), UnorderedElementsAre(kim, gold));
  EXPECT_THAT(Find("女性"), UnorderedElementsAre(women, north));
}

TEST_P(SearchHanjaTest, ASingleHanjaIsFoundAsItStands) {
  const DocId alone = Add("", "美 국방부");
  const DocId within = Add("", "駐美대사");
  const DocId hangul = Add("", "미 국방부와 미국");
  DocumentsAreAdded();
  EXPECT_THAT(Find("美"), UnorderedElementsAre(alone, within));
  EXPECT_THAT(Find("\"美\""), UnorderedElementsAre(alone, within));
  EXPECT_THAT(Find("美*"), ElementsAre(alone));
  EXPECT_THAT(Find("미"), UnorderedElementsAre(alone, within, hangul));
}

TEST_P(SearchHanjaTest, PhrasesReadWhatTheyHold) {
  const DocId hanja = Add("", "韓·美 정상, 2026年 봄");
  const DocId hangul = Add("", "한 미 정상, 2026년 봄");
  Add("", "한미 정상, 2026 년 봄");
  DocumentsAreAdded();
  for (const absl::string_view query : {"한·미", "韓·美", "\"한 美\"", "2026年", "2026년"}) {
    EXPECT_THAT(Find(query), UnorderedElementsAre(hanja, hangul)) << query;
  }
}

TEST_P(SearchHanjaTest, PrefixesReadWhatTheyHold) {
  const DocId hanja = Add("", "大田市民");
  const DocId hangul = Add("", "대전시민");
  Add("", "新大田 서대전");
  DocumentsAreAdded();
  EXPECT_THAT(Find("대전*"), UnorderedElementsAre(hanja, hangul));
  EXPECT_THAT(Find("大田*"), UnorderedElementsAre(hanja, hangul));
}

TEST_P(SearchHanjaTest, FieldsReadWhatTheyHold) {
  const DocId title = Add("大田 축제", "대구");
  const DocId body = Add("대구", "대전 축제");
  DocumentsAreAdded();
  EXPECT_THAT(Find("title:대전"), ElementsAre(title));
  EXPECT_THAT(Find("title:大田"), ElementsAre(title));
  EXPECT_THAT(Find("body:大田"), ElementsAre(body));
}

TEST_P(SearchHanjaTest, ExclusionsReadWhatTheyHold) {
  Add("", "축제, 大田");
  Add("", "축제, 대전");
  const DocId other = Add("", "축제, 부산");
  DocumentsAreAdded();
  EXPECT_THAT(Find("축제 -대전"), ElementsAre(other));
  EXPECT_THAT(Find("축제 -大田"), ElementsAre(other));
}

TEST_P(SearchHanjaTest, NamesAreReadToo) {
  Article article;
  article.title = "제목";
  article.author = "洪吉童 기자";
  index_->Apply({Added(++sequence_, ++last_doc_, article)});
  DocumentsAreAdded();
  EXPECT_THAT(Find("제목 author:홍길동"), ElementsAre(last_doc_));
  EXPECT_THAT(Find("제목 author:洪길동"), ElementsAre(last_doc_));
  EXPECT_THAT(Find("제목 author:홍길순"), IsEmpty());
}

TEST_P(SearchHanjaTest, OneFormOfAHanjaIsAnother) {
  // A compatibility ideograph (U+F90A), and Hangul in pieces.
  const DocId compatibility = Add("", "\uF90A씨 집안");
  const DocId decomposed = Add("", "\u1100\u1175\u11B7\u110A\u1175 집안");
  DocumentsAreAdded();
  EXPECT_THAT(Find("김씨"), UnorderedElementsAre(compatibility, decomposed));
  EXPECT_THAT(Find("金씨"), UnorderedElementsAre(compatibility, decomposed));
  EXPECT_THAT(Find("\uF90A씨"), UnorderedElementsAre(compatibility, decomposed));
}

TEST_P(SearchHanjaTest, AHanjaWithoutReadingsIsFoundBesideOneThatHasSome) {
  const DocId doc = Add("", "𠮷野家");
  DocumentsAreAdded();
  EXPECT_THAT(Find("𠮷야가"), ElementsAre(doc));
  EXPECT_THAT(Find("𠮷野"), ElementsAre(doc));
  EXPECT_THAT(Find("길야가"), IsEmpty());
}

TEST_P(SearchHanjaTest, AParticleBehindHanjaEndsTheWord) {
  const DocId longer = Add("", "大田環이 무엇인지 알아본다");
  const DocId particle = Add("", "大田에서 무엇인지 알아본다");
  DocumentsAreAdded();
  EXPECT_THAT(Find("대전"), ElementsAre(particle, longer));
}

TEST_P(SearchHanjaTest, AnyOfTheWordsFindsTheOtherFormToo) {
  const DocId hanja = Add("", "大韓民國 만세");
  const DocId hangul = Add("", "대한민국 만세");
  const DocId pairs = Add("", "대한 독립 만세");
  DocumentsAreAdded();
  SearchQuery query = Query("大韓民國 만세");
  query.match = SearchMatch::kAny;
  EXPECT_THAT(DocsOf(Search(query)), ElementsAre(hanja, hangul, pairs));
}

}  // namespace
}  // namespace gisa
