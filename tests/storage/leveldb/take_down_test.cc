#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/record_database.h"
#include "tests/storage/leveldb/leveldb_fixture.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class TakeDownTest : public LevelDbFilesTest {
 protected:
  void SetUp() override { ASSERT_TRUE(Open().ok()); }

  void Ingest(const ArticleKey& key, const std::string& title, const std::string& body) {
    Article article = MakeArticle(key, body);
    article.title = title;
    const auto result = IngestAndWait(*archive_, article);
    ASSERT_TRUE(result.ok()) << result.status();
  }

  void Delete(const ArticleKey& key) {
    const auto result = DeleteAndWait(*archive_, key, "요청");
    ASSERT_TRUE(result.ok()) << result.status();
  }

  // Closes the archive, and returns the title and body of each change that has a text.
  std::vector<std::pair<std::string, std::string>> StoredTexts() {
    archive_.reset();
    RecordDatabase::Options options;
    options.data_dir = options_.dir;
    const auto database = RecordDatabase::Open(options);
    EXPECT_TRUE(database.ok()) << database.status();
    const RecordDatabase::View view = (*database)->Now();
    const auto iterator = view.NewIterator();
    const RecordKey all = RecordKey::AllChanges();
    std::vector<std::pair<std::string, std::string>> texts;
    for (iterator->Seek(all.slice()); iterator->Valid() && iterator->key().starts_with(all.slice()); iterator->Next()) {
      ChangeValue change;
      const std::optional<uint64_t> sequence = DecodeChangeKey({iterator->key().data(), iterator->key().size()});
      EXPECT_TRUE(DecodeChangeValue(*sequence, {iterator->value().data(), iterator->value().size()}, &change));
      if (change.stored_text.empty()) continue;
      const auto text = ReadText(change, (*database)->text_codec());
      EXPECT_TRUE(text.ok()) << text.status();
      texts.emplace_back(text->fields.title(), text->body);
    }
    return texts;
  }
};

TEST_F(TakeDownTest, NothingOfADeletedArticlesTextsStays) {
  Ingest(Key(1), "첫 제목", "첫 본문");
  Ingest(Key(1), "둘째 제목", "첫 본문");
  Ingest(Key(1), "셋째 제목", "다른 본문");
  Delete(Key(1));
  EXPECT_THAT(StoredTexts(), IsEmpty());
}

TEST_F(TakeDownTest, ABodyThatOthersHoldStaysWithoutTheDeletedArticlesFields) {
  Ingest(Key(1), "지울 제목", "함께 쓰는 본문");
  Ingest(Key(2), "남을 제목", "함께 쓰는 본문");
  Delete(Key(1));
  const auto article = archive_->Get(Key(2), 0, View::kFull);
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->article.body, "함께 쓰는 본문");
  EXPECT_EQ(article->canonical, Key(2));
  EXPECT_THAT(StoredTexts(), ElementsAre(Pair("", "함께 쓰는 본문"), Pair("남을 제목", "")));
}

TEST_F(TakeDownTest, ABodyGoesWithItsLastHolderWhereverItIsStored) {
  Ingest(Key(1), "하나", "함께 쓰는 본문");
  Ingest(Key(2), "둘", "함께 쓰는 본문");
  Ingest(Key(3), "셋", "또 다른 본문");
  Delete(Key(1));
  Delete(Key(2));
  const auto stats = archive_->GetStats();
  ASSERT_TRUE(stats.ok());
  EXPECT_EQ(stats->bodies, 1u);
  EXPECT_THAT(StoredTexts(), ElementsAre(Pair("셋", "또 다른 본문")));
}

TEST_F(TakeDownTest, TheStoredBytesOfAnEmptiedArchiveAreNone) {
  Ingest(Key(1), "하나", "함께 쓰는 본문");
  Ingest(Key(2), "둘", "함께 쓰는 본문");
  Ingest(Key(2), "둘", "고친 본문");
  for (const ArticleKey& key : {Key(1), Key(2)}) Delete(key);
  const auto stats = archive_->GetStats();
  ASSERT_TRUE(stats.ok());
  EXPECT_EQ(stats->stored_text_bytes, 0u);
  EXPECT_EQ(stats->text_bytes, 0u);
}

}  // namespace
}  // namespace gisa
