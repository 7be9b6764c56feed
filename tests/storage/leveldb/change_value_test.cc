#include "storage/leveldb/change_value.h"

#include <gtest/gtest.h>

#include <string>

namespace gisa {
namespace {

storage::v1::ChangeRecord MakeRecord() {
  storage::v1::ChangeRecord record;
  record.set_type(storage::v1::CHANGE_TYPE_CREATED);
  record.set_oid("018");
  record.set_aid(std::string(200, '7'));  // so that the size takes two bytes
  record.set_revision(3);
  return record;
}

TEST(ChangeValueTest, RecordAndTextComeBack) {
  for (const std::string& text : {std::string(), std::string("a\0b", 3), std::string(100000, 'x')}) {
    ChangeValue value;
    ASSERT_TRUE(DecodeChangeValue(EncodeChangeValue(MakeRecord(), text), &value));
    EXPECT_EQ(value.record.SerializeAsString(), MakeRecord().SerializeAsString());
    EXPECT_EQ(value.stored_text, text);
  }
}

TEST(ChangeValueTest, AValueThatEndsWithinItsRecordIsRejected) {
  const std::string bytes = EncodeChangeValue(MakeRecord(), "");
  for (size_t size = 0; size < bytes.size(); ++size) {
    ChangeValue value;
    EXPECT_FALSE(DecodeChangeValue(absl::string_view(bytes).substr(0, size), &value)) << size << " bytes";
  }
}

}  // namespace
}  // namespace gisa
