#include "storage/leveldb/transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;

// A transaction over a database that holds the articles 018/1 to 018/3, with their aids as values.
class TransactionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    RecordDatabase::Options options;
    options.data_dir = dir_.path();
    absl::StatusOr<std::unique_ptr<RecordDatabase>> opened = RecordDatabase::Open(options);
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    leveldb::WriteBatch batch;
    for (const char* aid : {"1", "2", "3"}) batch.Put(Key(aid).slice(), aid);
    ASSERT_TRUE(database_->Write(&batch, /*sync=*/false).ok());
    transaction_ = std::make_unique<Transaction>(*database_, storage::v1::StateRecord());
  }

  static RecordKey Key(const std::string& aid) { return RecordKey::OfArticle({"018", aid}); }

  std::string ValueOf(const std::string& aid) {
    const auto value = transaction_->Get(Key(aid));
    EXPECT_TRUE(value.ok()) << value.status();
    return value->value_or("none");
  }

  std::vector<std::string> Scanned() {
    std::vector<std::string> values;
    const absl::Status status =
        transaction_->Scan(RecordKey::ArticlesOf("018"), [&values](absl::string_view key, absl::string_view value) {
          values.push_back(absl::StrCat(DecodeArticleKey(key)->aid, "=", value));
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
    return values;
  }

  const TempDir dir_;
  std::unique_ptr<RecordDatabase> database_;
  std::unique_ptr<Transaction> transaction_;
};

TEST_F(TransactionTest, WhatIsStagedHidesWhatIsStored) {
  transaction_->Put(Key("2"), "two");
  transaction_->Delete(Key("3"));
  transaction_->Put(Key("4"), "four");
  transaction_->Put(Key("0"), "zero");
  EXPECT_EQ(ValueOf("1"), "1");
  EXPECT_EQ(ValueOf("2"), "two");
  EXPECT_EQ(ValueOf("3"), "none");
  EXPECT_THAT(Scanned(), ElementsAre("0=zero", "1=1", "2=two", "4=four"));
}

TEST_F(TransactionTest, AScanEndsWhereItsPrefixEnds) {
  transaction_->Put(RecordKey::OfArticle({"0181", "0"}), "another publisher's");
  transaction_->Put(RecordKey::OfArticle({"017", "9"}), "another publisher's");
  EXPECT_THAT(Scanned(), ElementsAre("1=1", "2=2", "3=3"));
}

TEST_F(TransactionTest, AFailedMutationLeavesNothingBehind) {
  const absl::Status good = transaction_->Run([](Transaction& transaction) {
    transaction.Put(Key("1"), "one");
    transaction.Delete(Key("2"));
    transaction.state().set_articles(7);
    transaction.AddIndexChange({1, std::nullopt, 1});
    return absl::OkStatus();
  });
  ASSERT_TRUE(good.ok());
  const absl::Status failed = transaction_->Run([](Transaction& transaction) {
    transaction.Put(Key("1"), "another");
    transaction.Delete(Key("1"));
    transaction.Put(Key("2"), "another");
    transaction.Delete(Key("3"));
    transaction.Put(Key("4"), "another");
    transaction.Put(Key("4"), "still another");
    transaction.state().set_articles(8);
    transaction.AddIndexChange({2, std::nullopt, 2});
    return absl::InternalError("a record cannot be read");
  });
  EXPECT_EQ(failed.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(Scanned(), ElementsAre("1=one", "3=3"));
  EXPECT_EQ(ValueOf("4"), "none");
  EXPECT_EQ(transaction_->state().articles(), 7u);
  const std::vector<IndexChange> changes = transaction_->TakeIndexChanges();
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].sequence, 1u);
}

TEST_F(TransactionTest, ATransactionOfFailedMutationsAloneIsEmpty) {
  const absl::Status failed = transaction_->Run([](Transaction& transaction) {
    transaction.Put(Key("1"), "another");
    return absl::InternalError("a record cannot be read");
  });
  EXPECT_FALSE(failed.ok());
  EXPECT_TRUE(transaction_->empty());
}

TEST_F(TransactionTest, ItsBatchWritesWhatIsStagedAndTheState) {
  transaction_->Put(Key("1"), "one");
  transaction_->Delete(Key("2"));
  transaction_->state().set_articles(2);
  leveldb::WriteBatch batch = transaction_->MakeBatch();
  ASSERT_TRUE(database_->Write(&batch, /*sync=*/false).ok());
  const RecordDatabase::View view = database_->Now();
  EXPECT_EQ(view.Get(Key("1"))->value_or("none"), "one");
  EXPECT_FALSE(view.Get(Key("2"))->has_value());
  const auto state = view.GetRecord<storage::v1::StateRecord>(RecordKey::OfState());
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ((*state)->articles(), 2u);
}

TEST_F(TransactionTest, WhatWasAbsentIsFoundOnceItIsWritten) {
  const uint64_t absent_as_of = database_->Now().writes_seen();
  const auto value_of = [&](const std::string& aid) {
    const auto value = transaction_->Get(Key(aid), absent_as_of);
    EXPECT_TRUE(value.ok()) << value.status();
    return value->value_or("none");
  };
  EXPECT_EQ(value_of("4"), "none");

  leveldb::WriteBatch batch;
  batch.Put(Key("4").slice(), "by another commit");
  ASSERT_TRUE(database_->Write(&batch, /*sync=*/false).ok());
  EXPECT_EQ(value_of("4"), "by another commit");
  EXPECT_EQ(value_of("5"), "none");

  transaction_->Put(Key("5"), "staged");
  EXPECT_EQ(value_of("5"), "staged");
}

}  // namespace
}  // namespace gisa
