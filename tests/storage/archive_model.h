#ifndef GISA_TESTS_STORAGE_ARCHIVE_MODEL_H_
#define GISA_TESTS_STORAGE_ARCHIVE_MODEL_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/archive.h"

namespace gisa {

// What an archive must answer, worked out in the simplest way: all revisions in a map, every question a scan of it.
// Methods are those of Archive, errors those with the same code and reason. Not thread-safe.
class ArchiveModel {
 public:
  absl::StatusOr<IngestResult> Ingest(const IngestCommand& command);
  absl::StatusOr<DeleteResult> Delete(const ArticleKey& key, absl::string_view reason);

  // An archive reads the clock; the model is told what it read. The first is believed.
  void LearnIngestedAt(const ArticleKey& key, uint32_t revision, absl::Time ingested_at);
  void LearnDeletedAt(const ArticleKey& key, absl::Time deleted_at);

  absl::StatusOr<StoredArticle> Get(const ArticleKey& key, uint32_t revision, View view) const;
  absl::StatusOr<StoredArticle> GetByContentHash(const Sha256Digest& content_hash, View view) const;
  absl::StatusOr<std::vector<StoredArticle>> ListRevisions(const ArticleKey& key, uint32_t before, size_t limit) const;
  MissingContent FindMissing(absl::Span<const Sha256Digest> content_hashes, absl::Span<const KeyedHash> articles) const;

  // All that an export must still deliver after `cursor`.
  std::vector<StoredArticle> Export(const ExportFilter& filter, ExportOrder order, View view,
                                    const ExportCursor& cursor) const;

  // The current revisions of all articles with every word of `text`, by key, with bodies.
  absl::StatusOr<std::vector<StoredArticle>> Search(absl::string_view text) const;

  // The counts; what tells of files is zero.
  ArchiveStats Stats() const;

  // Every key that there is or was.
  std::vector<ArticleKey> Keys() const;

 private:
  struct History {
    std::map<uint32_t, StoredArticle> revisions;  // with bodies; empty: deleted
    uint32_t last_revision = 0;
    DeleteResult tombstone;  // of a deleted article
  };

  // NOT_FOUND ARTICLE_NOT_FOUND, ARTICLE_DELETED.
  absl::StatusOr<const History*> Find(const ArticleKey& key) const;
  // The article of the earliest revision with the body; nullptr when there is none.
  const ArticleKey* CanonicalOf(const Sha256Digest& content_hash) const;
  StoredArticle Show(StoredArticle revision, View view) const;

  std::map<ArticleKey, History> articles_;
  uint64_t last_sequence_ = 0;
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_ARCHIVE_MODEL_H_
