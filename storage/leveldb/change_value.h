#ifndef GISA_STORAGE_LEVELDB_CHANGE_VALUE_H_
#define GISA_STORAGE_LEVELDB_CHANGE_VALUE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "gisa/storage/v1/records.pb.h"

namespace gisa {

// The value of a `change` key, which FORMAT.md describes: a record, and the text that came with the change as
// TextCodec makes it; empty when there is none, or none any more.
struct ChangeValue {
  storage::v1::ChangeRecord record;
  std::string stored_text;
};

std::string EncodeChangeValue(const storage::v1::ChangeRecord& record, absl::string_view stored_text);

// False when `bytes` are no such value.
bool DecodeChangeValue(absl::string_view bytes, ChangeValue* value);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CHANGE_VALUE_H_
