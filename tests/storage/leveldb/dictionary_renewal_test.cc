#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/text_alphabet.h"
#include "tests/storage/leveldb/leveldb_fixture.h"
#include "tests/support/unsynced_loss_env.h"

namespace gisa {
namespace {

constexpr int kTexts = 16;   // of the first dictionary
constexpr int kBodies = 64;  // of the second

class DictionaryRenewalTest : public LevelDbFilesTest {
 protected:
  DictionaryRenewalTest() {
    options_.texts_per_dictionary = kTexts;
    options_.bodies_per_dictionary = kBodies;
    options_.max_retry_interval = absl::ZeroDuration();
  }

  static std::string Body(int i) {
    return absl::StrCat(
        "시청 관계자는 이날 기자들과 만나 앞으로의 계획을 설명했다. 자세한 내용은 추후 공개될 예정이다.\n",
        "주민들은 환영한다는 뜻을 밝혔으나 일부에서는 우려하는 목소리도 나왔다.\n", i,
        "번째 소식을 전한 기자는 공사가 내년 봄에 시작되어 이듬해 가을에 마무리될 전망이라고 했다.\n",
        "이 기사의 저작권은 새소식에 있으며 허락 없이 옮겨 실을 수 없습니다.\n문의는 desk@news.example 이나 "
        "02-000-0000 번으로 해 주시면 고맙겠습니다.");
  }

  // Opens the archive; WaitForSecond then waits until it stores texts with a second dictionary.
  void Start() {
    has_second_ = std::make_shared<absl::Notification>();
    options_.on_event = [has_second = has_second_](const StorageEvent& event) {
      if (absl::StartsWith(event.detail, "number 2,")) has_second->Notify();
    };
    const absl::Status opened = Open();
    ASSERT_TRUE(opened.ok()) << opened;
  }
  void WaitForSecond() { has_second_->WaitForNotification(); }
  bool HasSecond() const { return has_second_->HasBeenNotified(); }

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

  // The dictionary's record, of an archive that is closed; empty when there is none.
  std::string Stored(uint32_t id) {
    RecordDatabase::Options options;
    options.data_dir = options_.dir;
    const auto database = RecordDatabase::Open(options);
    EXPECT_TRUE(database.ok()) << database.status();
    const auto stored = (*database)->Latest().Get(RecordKey::OfTextDictionary(id));
    EXPECT_TRUE(stored.ok()) << stored.status();
    return stored.ok() && stored->has_value() ? **stored : "";
  }

  // An archive that has the bodies for a second dictionary, and only the first.
  void FillBefore(int bodies) {
    options_.bodies_per_dictionary = 0;
    Start();
    Ingest(0, kTexts);
    Start();  // closing waits for the first
    Ingest(kTexts, bodies);
    archive_.reset();
    options_.bodies_per_dictionary = kBodies;
  }

  std::shared_ptr<absl::Notification> has_second_;
};

TEST_F(DictionaryRenewalTest, TextsOfNoneOfTheFirstAndOfTheSecondDictionaryComeBack) {
  Start();
  Ingest(0, kTexts);
  Start();
  const uint64_t without = archive_->GetStats()->stored_text_bytes / kTexts;
  Ingest(kTexts, kBodies);
  const uint64_t before = archive_->GetStats()->stored_text_bytes;
  WaitForSecond();
  Ingest(kBodies, kBodies + 1);
  const uint64_t with_second = archive_->GetStats()->stored_text_bytes - before;
  EXPECT_LT(with_second, without / 3);
  ExpectAll(kBodies + 1);
  Start();
  ExpectAll(kBodies + 1);
  Ingest(kBodies + 1, 2 * kBodies);
  ExpectAll(2 * kBodies);
  EXPECT_FALSE(HasSecond());  // and no other is made
}

TEST_F(DictionaryRenewalTest, CompactionStoresAllTextsWithTheSecond) {
  Start();
  Ingest(0, kTexts);
  Start();
  Ingest(kTexts, kBodies);
  WaitForSecond();
  // An article that is gone, and a body whose article is.
  ASSERT_TRUE(DeleteAndWait(*archive_, Key(1), "요청").ok());
  ASSERT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(1000), Body(2))).ok());
  ASSERT_TRUE(DeleteAndWait(*archive_, Key(2), "요청").ok());
  const uint64_t before = archive_->GetStats()->stored_text_bytes;
  ASSERT_TRUE(archive_->Compact().ok());
  const uint64_t after = archive_->GetStats()->stored_text_bytes;
  EXPECT_LT(after, before / 2);
  const auto expect_all = [this] {
    for (int i = 3; i < kBodies; ++i) EXPECT_EQ(archive_->Get(Key(i), 0, View::kFull)->article.body, Body(i));
    EXPECT_EQ(archive_->Get(Key(1000), 0, View::kFull)->article.body, Body(2));
    EXPECT_TRUE(absl::IsNotFound(archive_->Get(Key(1), 0, View::kFull).status()));
  };
  expect_all();
  ASSERT_TRUE(archive_->Compact().ok());
  EXPECT_EQ(archive_->GetStats()->stored_text_bytes, after);  // nothing was left to do
  Start();
  expect_all();
}

TEST_F(DictionaryRenewalTest, OneThatIsDueIsMadeAfterARestart) {
  FillBefore(kBodies);
  EXPECT_EQ(Stored(2), "");
  Start();
  WaitForSecond();
  ExpectAll(kBodies);
  archive_.reset();
  EXPECT_NE(Stored(2), "");
}

TEST_F(DictionaryRenewalTest, AnArchiveOfFewerBodiesMakesNone) {
  FillBefore(kBodies - 1);
  Start();
  Ingest(0, kBodies - 1);                                                             // again: no new bodies
  ASSERT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(1000), Body(0))).ok());        // a known body
  ASSERT_TRUE(DeleteAndWait(*archive_, Key(1), "요청").ok());                         // and one fewer
  ASSERT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(1001), Body(kBodies))).ok());  // as many as before
  archive_.reset();
  EXPECT_EQ(Stored(2), "");
}

TEST_F(DictionaryRenewalTest, NothingOfADeletedTextIsInIt) {
  FillBefore(kBodies);
  options_.bodies_per_dictionary = 0;
  Start();
  const std::string taken_down = "지워진 기사에만 있던 문장은 어디에도 남지 않아야 한다.";
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(IngestAndWait(*archive_, MakeArticle(Key(1000 + i), absl::StrCat(taken_down, "\n", i))).ok());
  }
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(DeleteAndWait(*archive_, Key(1000 + i), "요청").ok());
  options_.bodies_per_dictionary = kBodies;
  Start();
  WaitForSecond();
  archive_.reset();
  storage::v1::TextDictionary dictionary;
  ASSERT_TRUE(dictionary.ParseFromString(Stored(2)));
  const TextAlphabet alphabet(dictionary.characters());
  const auto has = [&](const std::string& text) {
    return absl::StrContains(dictionary.zstandard(), alphabet.Encode(text));
  };
  EXPECT_TRUE(has("이 기사의 저작권은 새소식에 있으며 허락 없이 옮겨 실을 수 없습니다."));
  EXPECT_FALSE(has("문장은 어디에도"));
  EXPECT_FALSE(has("desk@"));
  EXPECT_FALSE(has("02-000"));
}

TEST_F(DictionaryRenewalTest, ClosingDoesNotWaitForItNorLoseAnything) {
  FillBefore(kBodies);
  for (int i = 0; i < 20; ++i) Start();  // each closes the one before, wherever that is
  ExpectAll(kBodies);
  archive_.reset();
  const bool is_made = !Stored(2).empty();
  Start();
  if (!is_made) WaitForSecond();
  ExpectAll(kBodies);
}

TEST_F(DictionaryRenewalTest, OneThatIsInUseSurvivesThePower) {
  FillBefore(kBodies);
  UnsyncedLossEnv env;
  options_.env = &env;
  Start();
  WaitForSecond();
  Ingest(kBodies, kBodies + 8);
  env.CutPower();
  archive_.reset();
  env.RestorePower();
  Start();
  ExpectAll(kBodies + 8);
  EXPECT_FALSE(HasSecond());
  archive_.reset();
}

TEST_F(DictionaryRenewalTest, WhereverThePowerIsCutEveryTextComesBack) {
  for (uint64_t operations = 0; operations < 40; operations += 5) {
    UnsyncedLossEnv env;
    options_.dir = dir_ / absl::StrCat("data", operations);
    options_.env = leveldb::Env::Default();
    FillBefore(kBodies);
    options_.env = &env;
    Start();
    env.CutPowerAfter(operations);
    int stored = kBodies;
    while (IngestAndWait(*archive_, MakeArticle(Key(stored), Body(stored))).ok()) ++stored;
    archive_.reset();
    env.RestorePower(0.5);
    Start();
    ExpectAll(stored);
    archive_.reset();
    options_.env = leveldb::Env::Default();
  }
}

// Fails what is written of the second dictionary, until mended.
class RefusingEnv : public leveldb::EnvWrapper {
 public:
  explicit RefusingEnv(bool after_writing)
      : leveldb::EnvWrapper(leveldb::Env::Default()), after_writing_(after_writing) {}

  void WaitForRefusal() { refused_.WaitForNotification(); }

  leveldb::Status NewWritableFile(const std::string& path, leveldb::WritableFile** result) override {
    return Wrap(target()->NewWritableFile(path, result), result);
  }
  leveldb::Status NewAppendableFile(const std::string& path, leveldb::WritableFile** result) override {
    return Wrap(target()->NewAppendableFile(path, result), result);
  }

 private:
  class File : public leveldb::WritableFile {
   public:
    File(RefusingEnv& env, leveldb::WritableFile* file) : env_(env), file_(file) {}
    leveldb::Status Append(const leveldb::Slice& data) override {
      const bool refuse =
          absl::StrContains({data.data(), data.size()}, "mdictionary2") && env_.refuses_.exchange(false);
      if (refuse && env_.after_writing_) fails_sync_ = true;
      if (!refuse || env_.after_writing_) return file_->Append(data);
      env_.refused_.Notify();
      return leveldb::Status::IOError("refused");
    }
    leveldb::Status Close() override { return file_->Close(); }
    leveldb::Status Flush() override { return file_->Flush(); }
    leveldb::Status Sync() override {
      const leveldb::Status synced = file_->Sync();
      if (!std::exchange(fails_sync_, false)) return synced;
      env_.refused_.Notify();
      return leveldb::Status::IOError("refused");
    }

   private:
    RefusingEnv& env_;
    const std::unique_ptr<leveldb::WritableFile> file_;
    bool fails_sync_ = false;
  };

  leveldb::Status Wrap(const leveldb::Status& status, leveldb::WritableFile** result) {
    if (status.ok()) *result = new File(*this, *result);
    return status;
  }

  const bool after_writing_;
  std::atomic<bool> refuses_ = true;
  absl::Notification refused_;
};

class RefusedDictionaryTest : public DictionaryRenewalTest, public ::testing::WithParamInterface<bool> {};

TEST_P(RefusedDictionaryTest, IsStoredWhenThereAreTwiceAsManyBodies) {
  FillBefore(kBodies);
  RefusingEnv env(GetParam());
  options_.env = &env;
  Start();
  env.WaitForRefusal();
  EXPECT_FALSE(HasSecond());
  Ingest(kBodies, 2 * kBodies);
  ExpectAll(2 * kBodies);
  WaitForSecond();
  Ingest(2 * kBodies, 2 * kBodies + 8);
  ExpectAll(2 * kBodies + 8);
  Start();
  ExpectAll(2 * kBodies + 8);
  archive_.reset();
}

// Also when it is there after all, as a log that could not be synced may have it: then that one is used.
INSTANTIATE_TEST_SUITE_P(WrittenOrNot, RefusedDictionaryTest, ::testing::Bool());

}  // namespace
}  // namespace gisa
