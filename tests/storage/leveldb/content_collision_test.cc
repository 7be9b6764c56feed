#include <gtest/gtest.h>

#include <string>

#include "absl/strings/string_view.h"
#include "storage/base/errors.h"
#include "storage/base/sha256.h"
#include "storage/leveldb/record_keys.h"
#include "tests/storage/leveldb/leveldb_fixture.h"

namespace gisa {
namespace {

// The hashes of these begin with the same six bytes, and so have one key; found by trying some twenty million.
constexpr absl::string_view kBody = "마을 소식 17248924호";
constexpr absl::string_view kOther = "마을 소식 32959922호";

class ContentCollisionTest : public LevelDbFilesTest {
 protected:
  ContentCollisionTest() { EXPECT_TRUE(Open().ok()); }

  IngestResult Ingest(int key, absl::string_view body) {
    const auto result = IngestAndWait(*archive_, MakeArticle(Key(key), std::string(body)));
    EXPECT_TRUE(result.ok()) << result.status();
    return *result;
  }

  void ExpectBody(int key, absl::string_view body, int canonical) {
    for (const auto& article :
         {archive_->Get(Key(key), 0, View::kFull), archive_->GetByContentHash(Sha256(body), View::kFull)}) {
      ASSERT_TRUE(article.ok()) << article.status();
      EXPECT_EQ(article->article.body, body);
      EXPECT_EQ(article->canonical, Key(canonical));
    }
  }
};

TEST_F(ContentCollisionTest, TheyHaveOneKey) {
  EXPECT_NE(Sha256(kBody), Sha256(kOther));
  EXPECT_EQ(RecordKey::OfContent(Sha256(kBody)).bytes(), RecordKey::OfContent(Sha256(kOther)).bytes());
}

TEST_F(ContentCollisionTest, BodiesWhoseHashesBeginAlikeAreTwo) {
  Ingest(1, kBody);
  EXPECT_EQ(ErrorReason(archive_->GetByContentHash(Sha256(kOther), View::kBasic).status()), "CONTENT_NOT_FOUND");
  EXPECT_EQ(archive_->FindMissing({Sha256(kBody), Sha256(kOther)}, {})->content_hashes.size(), 1u);
  EXPECT_EQ(Ingest(2, kOther).outcome, Outcome::kCreated);
  EXPECT_EQ(Ingest(3, kOther).outcome, Outcome::kDuplicate);
  EXPECT_EQ(Ingest(4, kBody).outcome, Outcome::kDuplicate);
  EXPECT_EQ(Ingest(2, kOther).outcome, Outcome::kUnchanged);
  ExpectBody(1, kBody, 1);
  ExpectBody(2, kOther, 2);
  ExpectBody(3, kOther, 2);
  ExpectBody(4, kBody, 1);
  EXPECT_EQ(archive_->GetStats()->bodies, 2u);
}

TEST_F(ContentCollisionTest, OneOfThemGoesAndTheOtherStays) {
  Ingest(1, kBody);
  Ingest(2, kOther);
  Ingest(3, kOther);
  ASSERT_TRUE(DeleteAndWait(*archive_, Key(1), "요청").ok());
  EXPECT_EQ(ErrorReason(archive_->GetByContentHash(Sha256(kBody), View::kBasic).status()), "CONTENT_NOT_FOUND");
  ASSERT_TRUE(DeleteAndWait(*archive_, Key(2), "요청").ok());
  ExpectBody(3, kOther, 3);
  ASSERT_TRUE(DeleteAndWait(*archive_, Key(3), "요청").ok());
  EXPECT_EQ(ErrorReason(archive_->GetByContentHash(Sha256(kOther), View::kBasic).status()), "CONTENT_NOT_FOUND");
  EXPECT_EQ(archive_->GetStats()->bodies, 0u);
  EXPECT_EQ(Ingest(4, kBody).outcome, Outcome::kCreated);
}

}  // namespace
}  // namespace gisa
