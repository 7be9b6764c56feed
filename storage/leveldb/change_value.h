#ifndef GISA_STORAGE_LEVELDB_CHANGE_VALUE_H_
#define GISA_STORAGE_LEVELDB_CHANGE_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/article.h"

namespace gisa {

// The value of a `change` key, which FORMAT.md describes: a record, and the text that came with the change as
// TextCodec makes it; empty when there is none, or none any more.
struct ChangeValue {
  ArticleKey key;
  storage::v1::ChangeRecord record;  // with a body_id, wherever it has a body, but without its `key`
  std::string stored_text;
};

std::string EncodeChangeValue(uint64_t sequence, const ArticleKey& key, storage::v1::ChangeRecord record,
                              absl::string_view stored_text);

// False when `bytes` are no such value.
bool DecodeChangeValue(uint64_t sequence, absl::string_view bytes, ChangeValue* value);

// Decodes what reading the change gave. The error of reading; INTERNAL DATA_CORRUPTED, with the change's name, when
// there is none or it does not decode.
absl::StatusOr<ChangeValue> ParseChange(uint64_t sequence, const absl::StatusOr<std::optional<std::string>>& read);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CHANGE_VALUE_H_
