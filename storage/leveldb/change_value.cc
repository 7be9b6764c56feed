#include "storage/leveldb/change_value.h"

#include <utility>

#include "google/protobuf/io/coded_stream.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/packed_key.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/record_keys.h"

namespace gisa {

using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

std::string EncodeChangeValue(uint64_t sequence, const ArticleKey& key, storage::v1::ChangeRecord record,
                              absl::string_view stored_text) {
  record.set_key(PackKey(key));
  if (record.body_id() == sequence) record.clear_body_id();
  const size_t record_size = record.ByteSizeLong();
  const size_t prefix_size = CodedOutputStream::VarintSize32(static_cast<uint32_t>(record_size));
  std::string bytes;
  bytes.reserve(prefix_size + record_size + stored_text.size());
  bytes.resize(prefix_size + record_size);
  auto* const begin = reinterpret_cast<uint8_t*>(bytes.data());
  record.SerializeWithCachedSizesToArray(
      CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(record_size), begin));
  bytes.append(stored_text.data(), stored_text.size());
  return bytes;
}

bool DecodeChangeValue(uint64_t sequence, absl::string_view bytes, ChangeValue* value) {
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  uint32_t record_size = 0;
  if (!input.ReadVarint32(&record_size)) return false;
  bytes.remove_prefix(static_cast<size_t>(input.CurrentPosition()));
  if (record_size > bytes.size() || !value->record.ParseFromArray(bytes.data(), static_cast<int>(record_size))) {
    return false;
  }
  std::optional<ArticleKey> key = UnpackKey(value->record.key());
  if (!key.has_value()) return false;
  value->key = *std::move(key);
  value->record.clear_key();
  if (!value->record.content_hash().empty() && value->record.body_id() == 0) value->record.set_body_id(sequence);
  value->stored_text = std::string(bytes.substr(record_size));
  return true;
}

absl::StatusOr<ChangeValue> ParseChange(uint64_t sequence, const absl::StatusOr<std::optional<std::string>>& read) {
  RETURN_IF_ERROR(read.status());
  ChangeValue change;
  if (read->has_value() && DecodeChangeValue(sequence, **read, &change)) return change;
  return RecordDatabase::MalformedRecord(RecordKey::OfChange(sequence).bytes());
}

}  // namespace gisa
