#ifndef GISA_STORAGE_LEVELDB_CONTENT_LIST_H_
#define GISA_STORAGE_LEVELDB_CONTENT_LIST_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/article.h"
#include "storage/base/sha256.h"
#include "storage/leveldb/record_keys.h"

namespace gisa {

// A body that is stored, and who holds it.
struct Content {
  uint64_t body_id = 0;        // the change that brought it and has it
  uint64_t size = 0;           // in bytes
  uint64_t other_holders = 0;  // articles that have it, beside the canonical one
  ArticleKey canonical;
  storage::v1::HolderRecord canonical_holder;
  // Whether these two are no longer what the change says that brought the body.
  bool canonical_changed = false;
};

// Returns what is stored under a key; nullopt when there is nothing.
using ReadRecord = absl::FunctionRef<absl::StatusOr<std::optional<std::string>>(const RecordKey& key)>;

// The value of a `content` key: the bodies whose hashes begin alike. Which of them a hash means is told by the changes
// that brought them, for a part of a hash could be forged.
class ContentList {
 public:
  // Of what is stored, or of nothing. INTERNAL DATA_CORRUPTED.
  static absl::StatusOr<ContentList> Parse(const Sha256Digest& content_hash, const std::optional<std::string>& stored);

  // The content with that hash; nullopt when there is none. Errors of reading.
  absl::StatusOr<std::optional<Content>> Find(ReadRecord read) const;

  // Replaces the content of that body, or adds it.
  void Put(const Content& content);
  void Remove(uint64_t body_id);

  bool empty() const { return list_.contents().empty(); }
  std::string Serialize() const { return list_.SerializeAsString(); }

 private:
  explicit ContentList(const Sha256Digest& content_hash) : content_hash_(content_hash) {}

  Sha256Digest content_hash_;
  storage::v1::ContentList list_;
};

// Parses and finds. Errors of reading.
absl::StatusOr<std::optional<Content>> FindContent(const Sha256Digest& content_hash, ReadRecord read);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CONTENT_LIST_H_
