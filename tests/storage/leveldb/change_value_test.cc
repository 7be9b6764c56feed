#include "storage/leveldb/change_value.h"

#include <gtest/gtest.h>

#include <string>

namespace gisa {
namespace {

const ArticleKey kLongKey{"018", std::string(200, '7')};  // so that the size takes two bytes

storage::v1::ChangeRecord MakeRecord() {
  storage::v1::ChangeRecord record;
  record.set_type(storage::v1::CHANGE_TYPE_CREATED);
  record.set_revision(3);
  record.set_content_hash(std::string(32, 'h'));
  record.set_body_id(17);
  return record;
}

TEST(ChangeValueTest, RecordAndTextComeBack) {
  for (const std::string& text : {std::string(), std::string("a\0b", 3), std::string(100000, 'x')}) {
    for (const uint64_t sequence : {17, 18}) {  // of the change that has the body, and of one that has not
      ChangeValue value;
      ASSERT_TRUE(DecodeChangeValue(sequence, EncodeChangeValue(sequence, kLongKey, MakeRecord(), text), &value));
      EXPECT_EQ(value.key, kLongKey);
      EXPECT_EQ(value.record.SerializeAsString(), MakeRecord().SerializeAsString());
      EXPECT_EQ(value.stored_text, text);
    }
  }
}

TEST(ChangeValueTest, AChangeWithoutAHashHasNoBody) {
  storage::v1::ChangeRecord deletion;
  deletion.set_type(storage::v1::CHANGE_TYPE_DELETED);
  ChangeValue value;
  ASSERT_TRUE(DecodeChangeValue(17, EncodeChangeValue(17, kLongKey, deletion, ""), &value));
  EXPECT_EQ(value.record.body_id(), 0u);
}

TEST(ChangeValueTest, AValueThatEndsWithinItsRecordIsRejected) {
  const std::string bytes = EncodeChangeValue(17, kLongKey, MakeRecord(), "");
  for (size_t size = 0; size < bytes.size(); ++size) {
    ChangeValue value;
    EXPECT_FALSE(DecodeChangeValue(17, absl::string_view(bytes).substr(0, size), &value)) << size << " bytes";
  }
}

}  // namespace
}  // namespace gisa
