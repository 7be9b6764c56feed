#include <string>

#include "absl/strings/str_cat.h"
#include "storage/leveldb/record_database.h"
#include "tests/storage/leveldb/leveldb_fixture.h"

namespace gisa {
namespace {

constexpr int kTexts = 32;

class TextDictionaryArchiveTest : public LevelDbFilesTest {
 protected:
  TextDictionaryArchiveTest() { options_.texts_per_dictionary = kTexts; }

  static std::string Body(int i) {
    return absl::StrCat(
        "시청 관계자는 이날 기자들과 만나 앞으로의 계획을 설명했다. 자세한 내용은 추후 공개될 예정이다.\n",
        "주민들은 환영한다는 뜻을 밝혔으나 일부에서는 우려하는 목소리도 나왔다.\n",
        "공사는 내년 봄에 시작되어 이듬해 가을에 마무리될 전망이다. ", i, "번째 소식이다.");
  }

  void Ingest(int begin, int end) {
    for (int i = begin; i < end; ++i) {
      const auto result = IngestAndWait(*archive_, MakeArticle(Key(i), Body(i)));
      ASSERT_TRUE(result.ok()) << result.status();
    }
  }

  void ExpectAll(int end) {
    for (int i = 0; i < end; ++i) {
      const auto article = archive_->Get(Key(i), 0, View::kFull);
      ASSERT_TRUE(article.ok()) << article.status();
      EXPECT_EQ(article->article.body, Body(i));
    }
  }

  // Closes the archive.
  bool HasDictionary() {
    archive_.reset();
    RecordDatabase::Options options;
    options.data_dir = options_.dir;
    const auto database = RecordDatabase::Open(options);
    EXPECT_TRUE(database.ok()) << database.status();
    return (*database)->text_codec().dictionary_id() > 0;
  }
};

TEST_F(TextDictionaryArchiveTest, TheFirstBodiesMakeADictionaryThatLaterOnesAreStoredWith) {
  ASSERT_TRUE(Open().ok());
  Ingest(0, kTexts);
  EXPECT_TRUE(HasDictionary());  // closing waits for it
  ASSERT_TRUE(Open().ok());
  const uint64_t before = archive_->GetStats()->stored_text_bytes;
  Ingest(kTexts, 2 * kTexts);
  EXPECT_LT(archive_->GetStats()->stored_text_bytes - before, before / 2);
  ExpectAll(2 * kTexts);
  ASSERT_TRUE(Open().ok());
  ExpectAll(2 * kTexts);
}

TEST_F(TextDictionaryArchiveTest, FewerBodiesMakeNone) {
  ASSERT_TRUE(Open().ok());
  Ingest(0, kTexts - 1);
  Ingest(0, kTexts - 1);  // again: no new bodies
  EXPECT_FALSE(HasDictionary());
}

TEST_F(TextDictionaryArchiveTest, ADeletedTextThatOthersHoldStaysReadable) {
  ASSERT_TRUE(Open().ok());
  Ingest(0, kTexts);
  ASSERT_TRUE(HasDictionary());
  ASSERT_TRUE(Open().ok());
  Ingest(kTexts, kTexts + 1);
  ASSERT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(1000), Body(kTexts))).ok());
  ASSERT_TRUE(DeleteAndWait(*archive_, Key(kTexts), "요청").ok());
  const auto article = archive_->Get(Key(1000), 0, View::kFull);
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->article.body, Body(kTexts));
}

}  // namespace
}  // namespace gisa
