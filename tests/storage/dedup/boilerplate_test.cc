#include "storage/dedup/boilerplate.h"

#include <gtest/gtest.h>

#include <string>

namespace gisa {
namespace {

TEST(BoilerplateTest, CopyrightLinesAreLeftOut) {
  EXPECT_TRUE(IsBoilerplateLine("ⓒ 새소식, 무단 전재 및 재배포 금지"));
  EXPECT_TRUE(IsBoilerplateLine("[저작권자(c) 새소식 무단전재-재배포 금지]"));
  EXPECT_TRUE(IsBoilerplateLine("- Copyrights © 새소식 -"));
  EXPECT_TRUE(IsBoilerplateLine("  본 기사의 무단복제를 금합니다.\r"));
}

TEST(BoilerplateTest, SignaturesAreLeftOut) {
  EXPECT_TRUE(IsBoilerplateLine("홍길동 기자 gildong@example.com"));
  EXPECT_TRUE(IsBoilerplateLine("gildong.h@news.example.kr"));
  EXPECT_TRUE(IsBoilerplateLine("도쿄 = 홍길동 특파원"));
}

TEST(BoilerplateTest, CaptionsSectionsAndLinksAreLeftOut) {
  EXPECT_TRUE(IsBoilerplateLine("사진=새소식 자료실"));
  EXPECT_TRUE(IsBoilerplateLine("봄꽃이 핀 호숫가. 가람시 제공"));
  EXPECT_TRUE(IsBoilerplateLine("[앵커]"));
  EXPECT_TRUE(IsBoilerplateLine("◀ 리포트 ▶"));
  EXPECT_TRUE(IsBoilerplateLine("▶ 새소식 구독하기"));
}

TEST(BoilerplateTest, SentencesAreKept) {
  EXPECT_FALSE(IsBoilerplateLine(""));
  EXPECT_FALSE(IsBoilerplateLine("가람시는 봄꽃 축제를 연다고 밝혔다."));
  EXPECT_FALSE(IsBoilerplateLine("기자 회견은 오후에 열린다."));
  EXPECT_FALSE(IsBoilerplateLine("무단 횡단을 줄이려는 대책이다."));
  EXPECT_FALSE(IsBoilerplateLine("입장권은 @ 표시가 있는 창구에서 판다."));
  EXPECT_FALSE(IsBoilerplateLine("[가] 문항과 [나] 문항이 바뀌었다."));
}

TEST(BoilerplateTest, ALongLineIsASentenceWhateverIsInIt) {
  std::string line = "저작권자";
  while (line.size() <= 200) line += " 표시를 둘러싼 논란이 이어졌다";
  EXPECT_FALSE(IsBoilerplateLine(line));
}

TEST(BoilerplateTest, TheDatelineIsStripped) {
  EXPECT_EQ(StripDateline("(가람=새소식) 홍길동 기자 = 가람시는"), " 가람시는");
  EXPECT_EQ(StripDateline("[새소식 홍길동 기자] 가람시는"), " 가람시는");
  EXPECT_EQ(StripDateline("[새소식=홍길동기자]가람시는"), "가람시는");
  EXPECT_EQ(StripDateline("홍길동 기자 = 가람시는"), " 가람시는");
}

TEST(BoilerplateTest, OtherBracketsInFrontStay) {
  EXPECT_EQ(StripDateline("[속보] 가람시는"), "[속보] 가람시는");
  EXPECT_EQ(StripDateline("(주)가람은"), "(주)가람은");
  EXPECT_EQ(StripDateline("[닫지 않은 괄호"), "[닫지 않은 괄호");
  EXPECT_EQ(StripDateline("점수는 3=3이다"), "점수는 3=3이다");
  EXPECT_EQ(StripDateline(""), "");
}

}  // namespace
}  // namespace gisa
