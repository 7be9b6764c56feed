#ifndef GISA_TESTS_STORAGE_ARCHIVE_COMPARISON_H_
#define GISA_TESTS_STORAGE_ARCHIVE_COMPARISON_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "storage/archive.h"
#include "tests/storage/archive_model.h"

namespace gisa {

// Asks an archive and its model the same, and fails the running test where their answers differ.
class ArchiveComparison {
 public:
  ArchiveComparison(Archive& archive, const ArchiveModel& model) : archive_(archive), model_(model) {}

  static void Compare(const absl::StatusOr<IngestResult>& actual, const absl::StatusOr<IngestResult>& expected);
  static void Compare(const absl::StatusOr<DeleteResult>& actual, const absl::StatusOr<DeleteResult>& expected);

  void Get(const ArticleKey& key, uint32_t revision, View view) const;
  void GetByContentHash(const Sha256Digest& content_hash, View view) const;
  void ListRevisions(const ArticleKey& key, uint32_t before, size_t limit) const;
  void FindMissing(const std::vector<Sha256Digest>& content_hashes, const std::vector<KeyedHash>& articles) const;
  // One page; returns it.
  ExportPage Export(const ExportFilter& filter, ExportOrder order, View view, const ExportCursor& cursor, size_t limit,
                    size_t max_bytes) const;
  // All pages of `query.limit` hits.
  void Search(SearchQuery query) const;
  void Stats() const;

  // Every article and revision, every body's holder, whole exports and the counts.
  void Everything() const;

 private:
  Archive& archive_;
  const ArchiveModel& model_;
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_ARCHIVE_COMPARISON_H_
