#include "server/cursor_codec.h"

#include <bit>

#include "absl/time/time.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/wire_format_lite.h"
#include "storage/base/article_limits.h"

namespace gisa {
namespace {

using google::protobuf::internal::WireFormatLite;

class Writer {
 public:
  void Unsigned(uint64_t value) { coded_.WriteVarint64(value); }
  void Signed(int64_t value) { coded_.WriteVarint64(WireFormatLite::ZigZagEncode64(value)); }
  void Double(double value) { coded_.WriteLittleEndian64(std::bit_cast<uint64_t>(value)); }
  void String(const std::string& value) {
    coded_.WriteVarint64(value.size());
    coded_.WriteString(value);
  }
  std::string Finish() {
    coded_.Trim();
    return bytes_;
  }

 private:
  std::string bytes_;
  google::protobuf::io::StringOutputStream stream_{&bytes_};
  google::protobuf::io::CodedOutputStream coded_{&stream_};
};

// Each method returns false when the bytes end early or do not fit the type.
class Reader {
 public:
  explicit Reader(absl::string_view bytes)
      : coded_(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size())),
        size_(static_cast<int>(bytes.size())) {}

  bool Unsigned(uint64_t* value) { return coded_.ReadVarint64(value); }
  bool Unsigned(uint32_t* value) {
    uint64_t wide = 0;
    if (!coded_.ReadVarint64(&wide) || wide > UINT32_MAX) return false;
    *value = static_cast<uint32_t>(wide);
    return true;
  }
  bool Signed(int64_t* value) {
    uint64_t zigzag = 0;
    if (!coded_.ReadVarint64(&zigzag)) return false;
    *value = WireFormatLite::ZigZagDecode64(zigzag);
    return true;
  }
  bool Double(double* value) {
    uint64_t bits = 0;
    if (!coded_.ReadLittleEndian64(&bits)) return false;
    *value = std::bit_cast<double>(bits);
    return true;
  }
  bool String(std::string* value) {
    uint64_t size = 0;
    return coded_.ReadVarint64(&size) && size <= static_cast<uint64_t>(size_) &&
           coded_.ReadString(value, static_cast<int>(size));
  }
  bool AtEnd() const { return coded_.CurrentPosition() == size_; }

 private:
  google::protobuf::io::CodedInputStream coded_;
  const int size_;
};

bool IsValidPosition(const ArticleKey& key) {
  if (key.oid.empty() && key.aid.empty()) return true;
  return IsValidKeyPart(key.oid) && IsValidKeyPart(key.aid);
}

}  // namespace

std::string EncodeSearchCursor(const SearchCursor& cursor) {
  Writer writer;
  writer.Unsigned(cursor.doc_id_limit);
  writer.Unsigned(cursor.document_count);
  writer.Unsigned(cursor.total_length);
  writer.Unsigned(cursor.document_frequencies.size());
  for (const uint64_t frequency : cursor.document_frequencies) writer.Unsigned(frequency);
  writer.Double(cursor.last_score);
  writer.Signed(cursor.last_published_micros);
  writer.String(cursor.last_key.oid);
  writer.String(cursor.last_key.aid);
  writer.Unsigned(cursor.last_doc_id);
  return writer.Finish();
}

std::optional<SearchCursor> DecodeSearchCursor(absl::string_view bytes) {
  SearchCursor cursor;
  uint64_t words = 0;
  Reader reader(bytes);
  if (!reader.Unsigned(&cursor.doc_id_limit) || !reader.Unsigned(&cursor.document_count) ||
      !reader.Unsigned(&cursor.total_length) || !reader.Unsigned(&words)) {
    return std::nullopt;
  }
  for (; words > 0; --words) {
    if (!reader.Unsigned(&cursor.document_frequencies.emplace_back())) return std::nullopt;
  }
  const bool decoded = reader.Double(&cursor.last_score) && reader.Signed(&cursor.last_published_micros) &&
                       reader.String(&cursor.last_key.oid) && reader.String(&cursor.last_key.aid) &&
                       IsValidPosition(cursor.last_key) && reader.Unsigned(&cursor.last_doc_id) && reader.AtEnd();
  if (!decoded) return std::nullopt;
  return cursor;
}

std::string EncodeExportCursor(const ExportCursor& cursor) {
  Writer writer;
  writer.Unsigned(cursor.as_of_sequence);
  writer.String(cursor.last_key.oid);
  writer.String(cursor.last_key.aid);
  writer.Unsigned(cursor.last_published_at.has_value() ? 1 : 0);
  if (cursor.last_published_at.has_value()) writer.Signed(absl::ToUnixMicros(*cursor.last_published_at));
  return writer.Finish();
}

std::optional<ExportCursor> DecodeExportCursor(absl::string_view bytes) {
  ExportCursor cursor;
  uint32_t has_published_at = 0;
  Reader reader(bytes);
  const bool decoded = reader.Unsigned(&cursor.as_of_sequence) && reader.String(&cursor.last_key.oid) &&
                       reader.String(&cursor.last_key.aid) && IsValidPosition(cursor.last_key) &&
                       reader.Unsigned(&has_published_at) && has_published_at <= 1;
  if (!decoded) return std::nullopt;
  if (has_published_at == 1) {
    int64_t micros = 0;
    if (!reader.Signed(&micros)) return std::nullopt;
    cursor.last_published_at = absl::FromUnixMicros(micros);
  }
  if (!reader.AtEnd()) return std::nullopt;
  return cursor;
}

std::string EncodeDuplicateCursor(const DuplicateCursor& cursor) {
  Writer writer;
  writer.Unsigned(static_cast<uint64_t>(cursor.relation));
  writer.Double(cursor.score);
  writer.String(cursor.key.oid);
  writer.String(cursor.key.aid);
  return writer.Finish();
}

std::optional<DuplicateCursor> DecodeDuplicateCursor(absl::string_view bytes) {
  DuplicateCursor cursor;
  uint32_t relation = 0;
  Reader reader(bytes);
  const bool decoded = reader.Unsigned(&relation) && reader.Double(&cursor.score) && reader.String(&cursor.key.oid) &&
                       reader.String(&cursor.key.aid) && reader.AtEnd();
  const bool is_valid = decoded && relation <= static_cast<uint32_t>(DuplicateRelation::kContained) &&
                        cursor.score >= 0 && cursor.score <= 1 && IsValidKeyPart(cursor.key.oid) &&
                        IsValidKeyPart(cursor.key.aid);
  if (!is_valid) return std::nullopt;
  cursor.relation = static_cast<DuplicateRelation>(relation);
  return cursor;
}

std::string EncodeClusterCursor(const ClusterCursor& cursor) {
  Writer writer;
  writer.Unsigned(cursor.as_of_sequence);
  writer.Unsigned(cursor.last.size);
  writer.Signed(cursor.last.last_published);
  writer.Unsigned(cursor.last.root);
  return writer.Finish();
}

std::optional<ClusterCursor> DecodeClusterCursor(absl::string_view bytes) {
  ClusterCursor cursor;
  Reader reader(bytes);
  const bool decoded = reader.Unsigned(&cursor.as_of_sequence) && reader.Unsigned(&cursor.last.size) &&
                       reader.Signed(&cursor.last.last_published) && reader.Unsigned(&cursor.last.root) &&
                       reader.AtEnd();
  if (!decoded) return std::nullopt;
  return cursor;
}

std::string EncodeRevisionCursor(uint32_t revision) {
  Writer writer;
  writer.Unsigned(revision);
  return writer.Finish();
}

std::optional<uint32_t> DecodeRevisionCursor(absl::string_view bytes) {
  uint32_t revision = 0;
  Reader reader(bytes);
  if (!reader.Unsigned(&revision) || revision == 0 || !reader.AtEnd()) return std::nullopt;
  return revision;
}

}  // namespace gisa
