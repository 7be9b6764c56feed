#ifndef GISA_STORAGE_LEVELDB_RECORD_READER_H_
#define GISA_STORAGE_LEVELDB_RECORD_READER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/archive.h"
#include "storage/leveldb/change_value.h"
#include "storage/leveldb/content_list.h"
#include "storage/leveldb/record_database.h"

namespace gisa {

// Reads articles out of one view of the database. Errors are those of Archive's methods of the same names.
//
// Thread-compatible.
class RecordReader {
 public:
  explicit RecordReader(const RecordDatabase& database) : view_(database.Now()), text_codec_(database.text_codec()) {}

  absl::StatusOr<StoredArticle> Get(const ArticleKey& key, uint32_t revision, View view) const;
  absl::StatusOr<StoredArticle> GetByContentHash(const Sha256Digest& content_hash, View view) const;
  absl::StatusOr<std::vector<StoredArticle>> ListRevisions(const ArticleKey& key, uint32_t before, size_t limit) const;
  absl::StatusOr<MissingContent> FindMissing(absl::Span<const Sha256Digest> content_hashes,
                                             absl::Span<const KeyedHash> articles) const;

  // Returns the article of a search document at its current revision; nullopt when the document is no longer current.
  absl::StatusOr<std::optional<StoredArticle>> GetDocument(uint32_t doc_id, View view = View::kFull) const;

  // Returns the revision that was current at `sequence`; nullopt when there was none or it has been deleted since.
  // `current` is the article's record.
  absl::StatusOr<std::optional<storage::v1::ArticleRecord>> AsOf(const ArticleKey& key,
                                                                 storage::v1::ArticleRecord current,
                                                                 uint64_t sequence) const;

  // Makes the article of a record, with its canonical key and, for View::kFull, its body.
  absl::StatusOr<StoredArticle> Load(const ArticleKey& key, const storage::v1::ArticleRecord& record, View view) const;

  // The body with that hash, and who holds it; nullopt when it is not stored.
  absl::StatusOr<std::optional<Content>> GetContent(const Sha256Digest& content_hash) const;

  const RecordDatabase::View& view() const { return view_; }

 private:
  // The current record. NOT_FOUND ARTICLE_NOT_FOUND, ARTICLE_DELETED.
  absl::StatusOr<storage::v1::ArticleRecord> Current(const ArticleKey& key) const;

  absl::StatusOr<ChangeValue> ReadChange(uint64_t sequence) const;
  absl::StatusOr<StoredArticle> FromChange(const ArticleKey& key, const storage::v1::ArticleRecord& record,
                                           const ChangeValue& change, View view) const;

  const RecordDatabase::View view_;
  const TextCodec& text_codec_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_RECORD_READER_H_
