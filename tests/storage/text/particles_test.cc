#include "storage/text/particles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gisa {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// The ends of `eojeol` that can be cut off.
std::vector<std::u32string> Particles(const std::u32string& eojeol) {
  const uint32_t found = FindParticles(eojeol);
  EXPECT_TRUE(found & 1);
  std::vector<std::u32string> particles;
  for (size_t length = 1; length < 32; ++length) {
    if (found >> length & 1) particles.push_back(eojeol.substr(eojeol.size() - length));
  }
  return particles;
}

TEST(ParticlesTest, ParticlesAndTheirStacksAreFound) {
  EXPECT_THAT(Particles(U"대전에서"), ElementsAre(U"에서"));
  EXPECT_THAT(Particles(U"대전에서는"), ElementsAre(U"는", U"에서는"));
  EXPECT_THAT(Particles(U"시장으로부터"), AllOf(Contains(U"부터"), Contains(U"으로부터")));
  EXPECT_THAT(Particles(U"학교까지만"), AllOf(Contains(U"만"), Contains(U"까지만")));
  EXPECT_THAT(Particles(U"국회의원들에게"), Contains(U"들에게"));
}

TEST(ParticlesTest, EndingsOfVerbsAndTheCopulaAreFound) {
  EXPECT_THAT(Particles(U"발표했다"), Contains(U"했다"));
  EXPECT_THAT(Particles(U"발표하는"), Contains(U"하는"));
  EXPECT_THAT(Particles(U"시작됐습니다"), Contains(U"됐습니다"));
  EXPECT_THAT(Particles(U"사실이라고"), Contains(U"이라고"));
  EXPECT_THAT(Particles(U"문제다"), Contains(U"다"));
}

TEST(ParticlesTest, FormsFitTheSoundBeforeThem) {
  EXPECT_THAT(Particles(U"서울과"), ElementsAre(U"과"));
  EXPECT_THAT(Particles(U"효과"), IsEmpty());
  EXPECT_THAT(Particles(U"나라를"), ElementsAre(U"를"));
  EXPECT_THAT(Particles(U"대전를"), IsEmpty());
  // 로 follows a vowel and ㄹ.
  EXPECT_THAT(Particles(U"학교로"), ElementsAre(U"로"));
  EXPECT_THAT(Particles(U"서울로"), ElementsAre(U"로"));
  EXPECT_THAT(Particles(U"대전로"), IsEmpty());
  EXPECT_THAT(Particles(U"대전으로"), Contains(U"으로"));
  EXPECT_THAT(Particles(U"서울으로"), Not(Contains(U"으로")));
}

TEST(ParticlesTest, WhateverStandsBeforeAForeignCharacterFits) {
  EXPECT_THAT(Particles(U"金과"), ElementsAre(U"과"));
  EXPECT_THAT(Particles(U"金와"), ElementsAre(U"와"));
  EXPECT_THAT(Particles(U"은"), ElementsAre(U"은"));
}

TEST(ParticlesTest, OtherTextHasNone) {
  EXPECT_THAT(Particles(U""), IsEmpty());
  EXPECT_THAT(Particles(U"대전환"), IsEmpty());
  EXPECT_THAT(Particles(U"漢字"), IsEmpty());
  EXPECT_THAT(Particles(U"\u1100\u1161"), IsEmpty());
}

}  // namespace
}  // namespace gisa
