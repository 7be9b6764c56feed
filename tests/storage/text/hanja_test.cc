#include "storage/text/hanja.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "storage/text/initial_sound.h"

namespace gisa {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<char32_t> ReadingsOf(char32_t hanja) {
  const absl::Span<const char16_t> readings = HanjaReadings(hanja);
  return {readings.begin(), readings.end()};
}

TEST(InitialSoundTest, NieunBeforeIAndItsGlidesFallsSilent) {
  EXPECT_EQ(ByInitialSoundRule(U'녀'), U'여');
  EXPECT_EQ(ByInitialSoundRule(U'년'), U'연');
  EXPECT_EQ(ByInitialSoundRule(U'뇨'), U'요');
  EXPECT_EQ(ByInitialSoundRule(U'뉴'), U'유');
  EXPECT_EQ(ByInitialSoundRule(U'닉'), U'익');
  EXPECT_EQ(ByInitialSoundRule(U'나'), U'나');
  EXPECT_EQ(ByInitialSoundRule(U'농'), U'농');
}

TEST(InitialSoundTest, RieulFallsSilentOrBecomesNieun) {
  EXPECT_EQ(ByInitialSoundRule(U'량'), U'양');
  EXPECT_EQ(ByInitialSoundRule(U'례'), U'예');
  EXPECT_EQ(ByInitialSoundRule(U'룡'), U'용');
  EXPECT_EQ(ByInitialSoundRule(U'률'), U'율');
  EXPECT_EQ(ByInitialSoundRule(U'림'), U'임');
  EXPECT_EQ(ByInitialSoundRule(U'락'), U'낙');
  EXPECT_EQ(ByInitialSoundRule(U'래'), U'내');
  EXPECT_EQ(ByInitialSoundRule(U'로'), U'노');
  EXPECT_EQ(ByInitialSoundRule(U'뢰'), U'뇌');
  EXPECT_EQ(ByInitialSoundRule(U'루'), U'누');
  EXPECT_EQ(ByInitialSoundRule(U'릉'), U'능');
}

TEST(InitialSoundTest, OtherSyllablesAndCharactersStayAsTheyAre) {
  for (const char32_t c : {U'가', U'여', U'대', U'힣', U'女', U'a'}) EXPECT_EQ(ByInitialSoundRule(c), c);
}

TEST(HanjaTest, AHanjaHasItsReadings) {
  EXPECT_THAT(ReadingsOf(U'大'), UnorderedElementsAre(U'대'));
  EXPECT_THAT(ReadingsOf(U'金'), UnorderedElementsAre(U'금', U'김'));
  EXPECT_THAT(ReadingsOf(U'不'), UnorderedElementsAre(U'부', U'불'));
  EXPECT_THAT(ReadingsOf(U'樂'), UnorderedElementsAre(U'낙', U'락', U'악', U'요'));
}

TEST(HanjaTest, TheReadingAtAWordsStartIsOneOfThem) {
  EXPECT_THAT(ReadingsOf(U'女'), UnorderedElementsAre(U'녀', U'여'));
  EXPECT_THAT(ReadingsOf(U'李'), UnorderedElementsAre(U'리', U'이'));
  // Unihan has 란 alone beside 단.
  EXPECT_THAT(ReadingsOf(U'丹'), UnorderedElementsAre(U'단', U'란', U'난'));
}

TEST(HanjaTest, ReadingsOfNamesAreTakenOnlyWhereThereIsNoOther) {
  EXPECT_THAT(ReadingsOf(U'實'), UnorderedElementsAre(U'실'));
  EXPECT_THAT(ReadingsOf(U'炫'), UnorderedElementsAre(U'현'));
  EXPECT_THAT(ReadingsOf(U'㚀'), IsEmpty());
  EXPECT_THAT(ReadingsOf(U'\u349A'), UnorderedElementsAre(U'온', U'은'));
}

TEST(HanjaTest, WhatIsNoHanjaOfKoreanHasNoReadings) {
  for (const char32_t c : {U'가', U'a', U'あ', U'々', U'𠮷', U'\U0010FFFF', U'\0'}) {
    EXPECT_THAT(ReadingsOf(c), IsEmpty());
    EXPECT_FALSE(SpokenForms(c).has_readings());
    ASSERT_EQ(SpokenForms(c).size(), 1u);
    EXPECT_EQ(SpokenForms(c)[0], c);
  }
}

TEST(HanjaTest, CharactersSoundAlikeThatHaveASpokenFormInCommon) {
  EXPECT_TRUE(SoundAlike(U'가', U'가'));
  EXPECT_TRUE(SoundAlike(U'大', U'대'));
  EXPECT_TRUE(SoundAlike(U'김', U'金'));
  EXPECT_TRUE(SoundAlike(U'田', U'戰'));
  EXPECT_TRUE(SoundAlike(U'𠮷', U'𠮷'));
  EXPECT_FALSE(SoundAlike(U'대', U'전'));
  EXPECT_FALSE(SoundAlike(U'大', U'전'));
  EXPECT_FALSE(SoundAlike(U'大', U'田'));
  EXPECT_FALSE(SoundAlike(U'𠮷', U'길'));
  EXPECT_FALSE(SoundAlike(U'大', 0));
}

}  // namespace
}  // namespace gisa
