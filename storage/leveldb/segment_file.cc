#include "storage/leveldb/segment_file.h"

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "leveldb/options.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/index_values.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/slice.h"

namespace gisa {
namespace {

constexpr absl::string_view kSuffix = ".segment";

// What LevelDB reads a table from.
class BytesInMemory : public leveldb::RandomAccessFile {
 public:
  explicit BytesInMemory(absl::string_view bytes) : bytes_(bytes) {}

  leveldb::Status Read(uint64_t offset, size_t size, leveldb::Slice* result, char* scratch) const override {
    if (offset > bytes_.size()) return leveldb::Status::Corruption("a table ends before what it refers to");
    const absl::string_view found = bytes_.substr(offset, size);
    *result = leveldb::Slice(found.data(), found.size());
    return leveldb::Status::OK();
  }

 private:
  const absl::string_view bytes_;
};

}  // namespace

std::string SegmentFile::PathOf(absl::string_view dir, SegmentId id) {
  return absl::StrFormat("%s/%06d%s", dir, id, kSuffix);
}

std::optional<SegmentId> SegmentFile::IdOf(absl::string_view name) {
  SegmentId id = 0;
  if (!absl::ConsumeSuffix(&name, kSuffix) || !absl::SimpleAtoi(name, &id)) return std::nullopt;
  return id;
}

absl::StatusOr<std::shared_ptr<const SegmentFile>> SegmentFile::Open(absl::string_view dir, SegmentId id) {
  std::string path = PathOf(dir, id);
  absl::StatusOr<std::unique_ptr<const MappedFile>> mapped = MappedFile::Open(path);
  if (absl::IsNotFound(mapped.status())) return DataCorruptedError(absl::StrCat("the file ", path, " is missing"));
  RETURN_IF_ERROR(mapped.status());
  const size_t size = (*mapped)->bytes().size();
  std::shared_ptr<SegmentFile> file(new SegmentFile(id, std::move(path), *std::move(mapped)));
  leveldb::Options options;
  options.paranoid_checks = true;
  leveldb::Table* table = nullptr;
  RETURN_IF_ERROR(file->Translate(leveldb::Table::Open(options, file->bytes_.get(), size, &table)));
  file->table_.reset(table);
  ASSIGN_OR_RETURN(const std::string scope, file->Get(IndexKey::OfTrigramScope(id)));
  ASSIGN_OR_RETURN(file->trigram_scope_, TrigramScope::Decode(scope));
  return file;
}

SegmentFile::SegmentFile(SegmentId id, std::string path, std::unique_ptr<const MappedFile> file)
    : id_(id),
      path_(std::move(path)),
      file_(std::move(file)),
      bytes_(std::make_unique<BytesInMemory>(file_->bytes())) {}

std::unique_ptr<leveldb::Iterator> SegmentFile::NewIterator() const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  return std::unique_ptr<leveldb::Iterator>(table_->NewIterator(options));
}

absl::StatusOr<std::optional<std::string>> SegmentFile::Find(const IndexKey& key) const {
  const std::unique_ptr<leveldb::Iterator> iterator = NewIterator();
  iterator->Seek(key.slice());
  RETURN_IF_ERROR(Translate(iterator->status()));
  if (!iterator->Valid() || ToView(iterator->key()) != key.bytes()) return std::nullopt;
  return iterator->value().ToString();
}

absl::StatusOr<std::string> SegmentFile::Get(const IndexKey& key) const {
  ASSIGN_OR_RETURN(std::optional<std::string> value, Find(key));
  if (!value.has_value()) return DataCorruptedError(absl::StrCat("the file ", path_, " lacks a part"));
  return *std::move(value);
}

absl::Status SegmentFile::ReadValues(absl::FunctionRef<void(DocId, const DocValues&)> visit) const {
  const IndexKey all = IndexKey::AllValuesOf(id_);
  const std::unique_ptr<leveldb::Iterator> iterator = NewIterator();
  for (iterator->Seek(all.slice()); iterator->Valid(); iterator->Next()) {
    if (!absl::StartsWith(ToView(iterator->key()), all.bytes())) break;
    const std::optional<DocId> first_doc = ParseValuesKey(ToView(iterator->key()));
    if (!first_doc.has_value()) return DataCorruptedError("a key of document values does not parse");
    RETURN_IF_ERROR(DecodeValues(*first_doc, ToView(iterator->value()), visit));
  }
  return Translate(iterator->status());
}

absl::Status SegmentFile::Translate(const leveldb::Status& status) const {
  if (status.ok()) return absl::OkStatus();
  return FromLevelDb(status, absl::StrCat("read the file ", path_));
}

}  // namespace gisa
