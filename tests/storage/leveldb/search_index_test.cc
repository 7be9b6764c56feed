#include "storage/leveldb/search_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/errors.h"
#include "tests/storage/leveldb/index_fixture.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST_F(SearchIndexTest, ANewIndexIsEmpty) {
  EXPECT_EQ(index_->indexed_up_to(), 0u);
  EXPECT_EQ(index_->Stats().documents, 0u);
  EXPECT_THAT(Find("대전"), IsEmpty());
  EXPECT_TRUE(index_->Flush().ok());
}

TEST_F(SearchIndexTest, ADocumentIsFoundAsSoonAsItIsApplied) {
  const DocId doc = Add("제목", "대전에서 열린 회의");
  EXPECT_THAT(Find("대전"), ElementsAre(doc));
  EXPECT_EQ(index_->Stats().unflushed_documents, 1u);
}

TEST_F(SearchIndexTest, AWordFindsExactlyTheTextsThatContainIt) {
  const DocId one = Add("", "국립중앙박물관 개관");
  const DocId other = Add("", "중앙 박물관");
  EXPECT_THAT(Find("중앙박"), ElementsAre(one));
  EXPECT_THAT(Find("박물관"), UnorderedElementsAre(one, other));
  EXPECT_THAT(Find("립중앙박물"), ElementsAre(one));
  EXPECT_THAT(Find("앙물"), IsEmpty());
}

TEST_F(SearchIndexTest, AWordOfOneCharacterIsFoundAnywhereInARun) {
  const DocId alone = Add("", "물");
  const DocId first = Add("", "물가");
  const DocId middle = Add("", "건물주");
  const DocId last = Add("", "나물");
  Add("", "불가");
  EXPECT_THAT(Find("물"), UnorderedElementsAre(alone, first, middle, last));
  ASSERT_TRUE(index_->Flush().ok());
  EXPECT_THAT(Find("물"), UnorderedElementsAre(alone, first, middle, last));
}

TEST_F(SearchIndexTest, AWordOfSeveralScriptsIsFoundAsAWhole) {
  const DocId one = Add("", "새 AI모델 공개");
  const DocId other = Add("", "AI 모델");
  const DocId reversed = Add("", "모델AI와 칩");
  EXPECT_THAT(Find("ai모델"), ElementsAre(one));
  EXPECT_THAT(Find("모델AI"), ElementsAre(reversed));
  EXPECT_THAT(Find("AI와"), ElementsAre(reversed));
  EXPECT_THAT(Find("AI 모델"), UnorderedElementsAre(one, other, reversed));
}

TEST_F(SearchIndexTest, NoPhraseRunsFromTheTitleIntoTheBody) {
  Add("서울", "대전");
  EXPECT_THAT(Find("서울대전"), IsEmpty());
  EXPECT_THAT(Find("서울.대전"), IsEmpty());
}

TEST_F(SearchIndexTest, AllWordsMustOccur) {
  const DocId both = Add("서울", "부산");
  Add("", "서울");
  Add("", "부산");
  EXPECT_THAT(Find("서울 부산"), ElementsAre(both));
  EXPECT_THAT(Find(" 서울\u3000!! 부산\t"), ElementsAre(both));
}

TEST_F(SearchIndexTest, AQueryWithoutASearchableWordIsInvalid) {
  for (const absl::string_view text : {"", "  ", "!?", "\xff"}) {
    const absl::Status status = index_->Search(Query(text), SearchControl()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_EQ(ErrorReason(status), "INVALID_REQUEST");
    ASSERT_EQ(ErrorViolations(status).size(), 1u);
    EXPECT_EQ(ErrorViolations(status)[0].field, "query");
  }
}

TEST_F(SearchIndexTest, ATitleCountsMoreThanABody) {
  const DocId title = Add("반도체 수출", "지난달 실적이 나왔다");
  Add("지난달 수출", "반도체 실적이 나왔다");
  EXPECT_EQ(Find("반도체").front(), title);
}

TEST_F(SearchIndexTest, AWordByItselfRanksAboveOneInsideAnother) {
  const DocId inside = Add("", "에너지 대전환 시대");
  const DocId itself = Add("", "에너지 대전에서 시대");
  EXPECT_THAT(Find("대전"), ElementsAre(itself, inside));
}

TEST_F(SearchIndexTest, OrdersByPublicationWithTheAbsentLast) {
  const DocId absent = Add("", "서울");
  const DocId early = Add("", "서울", 1000);
  const DocId late = Add("", "서울", 3000);
  const DocId before_the_epoch = Add("", "서울", -5);
  const DocId tie = Add("", "서울", 1000);
  EXPECT_THAT(Find("서울", SearchOrder::kNewest), ElementsAre(late, tie, early, before_the_epoch, absent));
  EXPECT_THAT(Find("서울", SearchOrder::kOldest), ElementsAre(before_the_epoch, tie, early, late, absent));
}

TEST_F(SearchIndexTest, FlushedDocumentsAreFoundAgainAfterReopening) {
  const DocId doc = Add("속보", "대전 AI 물", 7);
  ASSERT_TRUE(index_->Flush().ok());
  EXPECT_EQ(index_->indexed_up_to(), 1u);
  EXPECT_EQ(index_->Stats().unflushed_documents, 0u);
  Reopen();
  EXPECT_EQ(index_->indexed_up_to(), 1u);
  EXPECT_EQ(index_->Stats().documents, 1u);
  for (const absl::string_view word : {"대전", "ai", "물", "속보"}) EXPECT_THAT(Find(word), ElementsAre(doc)) << word;
}

TEST_F(SearchIndexTest, ARemovedDocumentIsNotFound) {
  const DocId flushed = Add("", "대전");
  ASSERT_TRUE(index_->Flush().ok());
  const DocId recent = Add("", "대전");
  const DocId kept = Add("", "대전");
  Remove(flushed);
  Remove(recent);
  EXPECT_THAT(Find("대전"), ElementsAre(kept));
  EXPECT_EQ(index_->Stats().documents, 1u);
  EXPECT_EQ(index_->Stats().unflushed_documents, 1u);
  ASSERT_TRUE(index_->Flush().ok());
  Reopen();
  EXPECT_THAT(Find("대전"), ElementsAre(kept));
  EXPECT_EQ(index_->Stats().documents, 1u);
}

TEST_F(SearchIndexTest, AChangeThatWasAppliedBeforeIsPassedOver) {
  Add("", "대전");
  Article article;
  article.body = "대전";
  index_->Apply({Added(1, 1, article)});
  EXPECT_EQ(index_->Stats().documents, 1u);
  Remove(1);
  IndexChange again;
  again.sequence = ++sequence_;
  again.removed = 1;
  index_->Apply({again});
  EXPECT_EQ(index_->Stats().documents, 0u);
}

TEST_F(SearchIndexTest, DocumentIdsMayHaveGapsAndBeLarge) {
  Article article;
  article.body = "대전 물";
  index_->Apply({Added(1, 7, article), Added(2, 1000000, article)});
  ASSERT_TRUE(index_->Flush().ok());
  index_->Apply({Added(3, 2000000, article), Added(4, 2000001, article)});
  EXPECT_THAT(Find("대전"), UnorderedElementsAre(7, 1000000, 2000000, 2000001));
  ASSERT_TRUE(index_->Flush().ok());
  Reopen();
  EXPECT_THAT(Find("물"), UnorderedElementsAre(7, 1000000, 2000000, 2000001));
}

TEST_F(SearchIndexTest, ALongWordIsFoundAsAWholeOnly) {
  const std::string word(1000, 'x');
  const DocId doc = Add("", word);
  EXPECT_THAT(Find(word), ElementsAre(doc));
  EXPECT_THAT(Find(word + "x"), IsEmpty());
}

TEST_F(SearchIndexTest, ASearchIsGivenUpWhenCancelledOrLate) {
  Add("", "대전");
  SearchControl cancelled;
  cancelled.cancelled = [] { return true; };
  EXPECT_EQ(index_->Search(Query("대전"), cancelled).status().code(), absl::StatusCode::kCancelled);
  SearchControl late;
  late.deadline = absl::InfinitePast();
  EXPECT_EQ(index_->Search(Query("대전"), late).status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(SearchIndexTest, AFullSegmentIsFlushedInTheBackground) {
  options_.documents_per_flush = 4;
  Reopen();
  for (int i = 0; i < 40; ++i) Add("", absl::StrCat("대전 ", i));
  EXPECT_EQ(FindSet("대전").size(), 40u);
  EXPECT_LE(index_->Stats().unflushed_documents, 8u);
}

}  // namespace
}  // namespace gisa
