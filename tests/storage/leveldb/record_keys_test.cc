#include "storage/leveldb/record_keys.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace gisa {
namespace {

const ArticleKey kKey{"018", "0006192082"};

TEST(RecordKeysTest, KeysDecodeToWhatTheyWereMadeOf) {
  const absl::Time time = absl::FromUnixMicros(1767020400000000);
  EXPECT_EQ(DecodeArticleKey(RecordKey::OfArticle(kKey).bytes()), kKey);
  EXPECT_EQ(DecodeHolderKey(RecordKey::OfHolder(7, kKey).bytes()), kKey);
  EXPECT_EQ(DecodeChangeKey(RecordKey::OfChange(1ull << 40).bytes()), 1ull << 40);
  const auto by_time = DecodeTimeKey(RecordKey::OfTime(time, kKey).bytes());
  ASSERT_TRUE(by_time.has_value());
  EXPECT_EQ(by_time->published_at, time);
  EXPECT_EQ(by_time->key, kKey);
  const absl::Time between = absl::FromUnixMicros(-1767020400000001);  // seconds
  EXPECT_EQ(DecodeTimeKey(RecordKey::OfTime(between, kKey).bytes())->published_at, between);
  const auto by_publisher = DecodePublisherTimeKey(RecordKey::OfPublisherTime(std::nullopt, kKey).bytes());
  ASSERT_TRUE(by_publisher.has_value());
  EXPECT_FALSE(by_publisher->published_at.has_value());
  EXPECT_EQ(by_publisher->key, kKey);
}

TEST(RecordKeysTest, ArticlesAreOrderedByOidThenAid) {
  const auto article = [](const char* oid, const char* aid) {
    return std::string(RecordKey::OfArticle({oid, aid}).bytes());
  };
  EXPECT_LT(article("01", "9"), article("018", "1"));
  EXPECT_LT(article("018", "1"), article("018", "10"));
  EXPECT_LT(article("018", "9"), article("018-a", "1"));
}

TEST(RecordKeysTest, TimesAreOrderedAndAbsentOnesComeLast) {
  const auto at = [](std::optional<absl::Time> time) { return std::string(RecordKey::OfTime(time, kKey).bytes()); };
  EXPECT_LT(at(absl::FromUnixSeconds(-62135596800)), at(absl::FromUnixSeconds(-1)));
  EXPECT_LT(at(absl::FromUnixSeconds(-1)), at(absl::UnixEpoch()));
  EXPECT_LT(at(absl::UnixEpoch()), at(absl::FromUnixMicros(1)));
  EXPECT_LT(at(absl::FromUnixMicros(1)), at(absl::FromUnixMicros(999'999)));
  EXPECT_LT(at(absl::FromUnixMicros(999'999)), at(absl::FromUnixSeconds(1)));
  EXPECT_LT(at(absl::FromUnixSeconds(1)), at(absl::FromUnixSeconds(253402300799)));
  EXPECT_LT(at(absl::FromUnixSeconds(253402300799)), at(std::nullopt));
}

TEST(RecordKeysTest, ArticlesOfOneTimeAreOrderedByKey) {
  const auto of = [](const char* oid) {
    return std::string(RecordKey::OfTime(absl::FromUnixSeconds(5), {oid, "1"}).bytes());
  };
  EXPECT_LT(of("01"), of("018"));
  EXPECT_LT(of("9"), of("z"));
  EXPECT_LT(of("z"), std::string(RecordKey::OfTime(absl::FromUnixMicros(5'000'001), {"01", "1"}).bytes()));
}

// What would stand behind the last change would keep LevelDB from moving the next ones down as they are.
TEST(RecordKeysTest, ChangesAreBehindAllElse) {
  const RecordKey others[] = {
      RecordKey::OfArticle({"zz", "zz"}),
      RecordKey::OfContent(Sha256Digest()),
      RecordKey::OfHolder(UINT64_MAX, kKey),
      RecordKey::OfPublisherTime(std::nullopt, {"zz", "zz"}),
      RecordKey::OfRevision({"zz", "zz"}, UINT32_MAX),
      RecordKey::OfTime(std::nullopt, {"zz", "zz"}),
      RecordKey::OfSchema(),
      RecordKey::OfState(),
      RecordKey::OfTextDictionary(1),
      RecordKey::OfTextDictionary(2),
  };
  for (const RecordKey& other : others) EXPECT_LT(other.bytes(), RecordKey::OfChange(1).bytes());
}

TEST(RecordKeysTest, RevisionsOfAnArticleAreNoRevisionsOfOneWithALongerKey) {
  const std::string prefix(RecordKey::RevisionsOf({"018", "1"}).bytes());
  EXPECT_EQ(std::string(RecordKey::OfRevision({"018", "1"}, 7).bytes()).compare(0, prefix.size(), prefix), 0);
  EXPECT_NE(std::string(RecordKey::OfRevision({"018", "10"}, 7).bytes()).compare(0, prefix.size(), prefix), 0);
}

TEST(RecordKeysTest, AKeyOfAnotherSpaceIsRejected) {
  EXPECT_FALSE(DecodeArticleKey(RecordKey::OfChange(1).bytes()).has_value());
  EXPECT_FALSE(DecodeChangeKey(RecordKey::OfContent(Sha256("abc")).bytes()).has_value());
  EXPECT_FALSE(DecodeTimeKey(RecordKey::OfPublisherTime(std::nullopt, kKey).bytes()).has_value());
  EXPECT_FALSE(DecodePublisherTimeKey(RecordKey::OfTime(std::nullopt, kKey).bytes()).has_value());
  for (const absl::string_view bytes : {"", "a", "a\0", "c123", "s", "h", "t1234567"}) {
    EXPECT_FALSE(DecodeArticleKey(bytes).has_value());
    EXPECT_FALSE(DecodeHolderKey(bytes).has_value());
    EXPECT_FALSE(DecodeChangeKey(bytes).has_value());
    EXPECT_FALSE(DecodeTimeKey(bytes).has_value());
  }
}

TEST(RecordKeysTest, AKeyIsDescribedForPeople) {
  EXPECT_EQ(DescribeKey(RecordKey::OfArticle(kKey).bytes()), "article 018/0006192082");
  EXPECT_EQ(DescribeKey(RecordKey::OfRevision(kKey, 3).bytes()), "revision 3 of article 018/0006192082");
  EXPECT_EQ(DescribeKey(RecordKey::OfChange(17).bytes()), "change 17");
  EXPECT_EQ(DescribeKey(RecordKey::OfContent(Sha256("abc")).bytes()), "content ba7816bf8f01");
  EXPECT_EQ(DescribeKey(RecordKey::OfState().bytes()), "meta state");
  EXPECT_EQ(DescribeKey("\x01z"), "key z");
}

}  // namespace
}  // namespace gisa
