#ifndef GISA_STORAGE_ARCHIVE_H_
#define GISA_STORAGE_ARCHIVE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/article.h"
#include "storage/base/sha256.h"
#include "storage/clusters.h"
#include "storage/duplicates.h"
#include "storage/search.h"

namespace gisa {

// What an ingest did; see gisa.v1.Outcome.
enum class Outcome { kCreated, kDuplicate, kUnchanged, kRevised };

struct IngestResult {
  ArticleKey key;
  Outcome outcome = Outcome::kCreated;
  uint32_t revision = 0;
  uint64_t sequence = 0;
  Sha256Digest content_hash = {};
  ArticleKey canonical;
  // When the command asked for them: most similar first, at most kMaxNearDuplicates.
  std::vector<DuplicateMatch> near_duplicates = {};
  // Nothing was left out of them, be it for that limit, as too much to look at, or as unreadable.
  bool near_duplicates_complete = true;
};

inline constexpr size_t kMaxNearDuplicates = 16;

struct IngestCommand {
  Article article;
  // The hash that the sender states; checked against the body.
  std::optional<Sha256Digest> stated_content_hash;
  // Brings a deleted key back.
  bool undelete = false;
  // The sender has more, and does not wait for the answer to this one before it sends them: it may be committed a
  // little later, together with those.
  bool is_bulk = false;
  // Says which articles that were committed before have bodies at least so similar, or contained; those with the very
  // same body left out.
  std::optional<double> near_duplicate_similarity;
};

using IngestCallback = std::function<void(absl::StatusOr<IngestResult>)>;

struct DeleteResult {
  ArticleKey key;
  uint64_t sequence = 0;
  absl::Time deleted_at;
  std::string reason;
};

using DeleteCallback = std::function<void(absl::StatusOr<DeleteResult>)>;

// How much of an article to read.
enum class View { kBasic, kFull };

// An article with a certain body.
struct KeyedHash {
  ArticleKey key;
  Sha256Digest content_hash = {};
};

struct MissingContent {
  std::vector<Sha256Digest> content_hashes;
  std::vector<KeyedHash> articles;
};

struct ExportFilter {
  std::vector<std::string> oids;               // empty: all publishers
  std::optional<absl::Time> published_after;   // inclusive
  std::optional<absl::Time> published_before;  // exclusive
};

enum class ExportOrder { kKey, kPublishedAt };

// Where an export stands. A plain value: nothing is held for it, and it outlives a restart. The place after an exported
// article is {as_of_sequence of the export, the article's key, its published_at}.
struct ExportCursor {
  uint64_t as_of_sequence = 0;  // the snapshot: later changes are not seen
  // The last article delivered; empty at the start. published_at counts in kPublishedAt order only.
  ArticleKey last_key;
  std::optional<absl::Time> last_published_at;
};

struct ExportPage {
  std::vector<StoredArticle> articles;
  // Where to read on; it may be past the last of `articles`, when some after it did not match.
  ExportCursor next;
  bool done = false;
};

struct ArchiveStats {
  uint64_t articles = 0;
  uint64_t revisions = 0;
  uint64_t bodies = 0;
  uint64_t tombstones = 0;
  uint64_t text_bytes = 0;
  uint64_t unique_text_bytes = 0;
  uint64_t stored_text_bytes = 0;
  uint64_t last_sequence = 0;
  uint64_t records_disk_bytes = 0;
  uint64_t indexed_documents = 0;
  uint64_t unflushed_documents = 0;
  uint64_t indexed_up_to = 0;
  uint64_t index_disk_bytes = 0;
  uint64_t near_disk_bytes = 0;
};

// The archive of articles, as the server sees it. Implementations: storage/leveldb.
//
// Thread-safe. Reads see every write whose callback has been called. Errors carry the reasons of
// gisa/v1/archive_service.proto (storage/base/errors.h); beside those named below, any method may return INTERNAL
// DATA_CORRUPTED.
class Archive {
 public:
  virtual ~Archive() = default;

  // Prepares the article on the calling thread (hash, compression, analysis), queues it and returns; never waits for
  // the disk. `done` is called exactly once, when the article is durable and searchable or has failed: on the calling
  // thread for what preparation refuses, else on a thread of the archive, where it must not block. Commands of one
  // thread are committed in the order of the calls. The article's fields must have passed ValidateArticle.
  // INVALID_ARGUMENT CONTENT_HASH_MISMATCH; FAILED_PRECONDITION ARTICLE_DELETED; RESOURCE_EXHAUSTED INGEST_QUEUE_FULL
  // or DISK_FULL; UNAVAILABLE STORAGE_WRITE_FAILED or, after Shutdown, SERVER_DRAINING.
  virtual void Ingest(IngestCommand command, IngestCallback done) = 0;

  // Takes an article down. Deleting a deleted article returns its tombstone. Calls `done` as Ingest does.
  // NOT_FOUND ARTICLE_NOT_FOUND; else as Ingest.
  virtual void Delete(const ArticleKey& key, absl::string_view reason, DeleteCallback done) = 0;

  // Returns one revision, the current one for 0. NOT_FOUND ARTICLE_NOT_FOUND, ARTICLE_DELETED, REVISION_NOT_FOUND.
  virtual absl::StatusOr<StoredArticle> Get(const ArticleKey& key, uint32_t revision, View view) = 0;

  // Returns the canonical holder of a body, at its newest revision with that body. NOT_FOUND CONTENT_NOT_FOUND.
  virtual absl::StatusOr<StoredArticle> GetByContentHash(const Sha256Digest& content_hash, View view) = 0;

  // Returns revisions older than `before` (0: from the current one), newest first, at most `limit`, without bodies.
  // NOT_FOUND as Get; an empty list when nothing is older.
  virtual absl::StatusOr<std::vector<StoredArticle>> ListRevisions(const ArticleKey& key, uint32_t before,
                                                                   size_t limit) = 0;

  // Returns what of the given is not stored, in the order given.
  virtual absl::StatusOr<MissingContent> FindMissing(absl::Span<const Sha256Digest> content_hashes,
                                                     absl::Span<const KeyedHash> articles) = 0;

  // Returns the hits of one page. INVALID_ARGUMENT INVALID_REQUEST for a query without a searchable word; CANCELLED and
  // DEADLINE_EXCEEDED as `control` says.
  virtual absl::StatusOr<SearchPage> Search(const SearchQuery& query, const SearchControl& control) = 0;

  // Returns one page of the articles whose bodies are the same as that asked about or near to it, in this order: the
  // same, by key; alike, by similarity; contained, by containment. NOT_FOUND as Get and GetByContentHash; CANCELLED and
  // DEADLINE_EXCEEDED as `control` says.
  virtual absl::StatusOr<DuplicatePage> FindDuplicates(const DuplicateQuery& query, const SearchControl& control) = 0;

  // Returns one page of the clusters of copies, as they are after every write whose callback has been called. Later
  // pages list those of the first page's moment, each once and none left out, without what has been replaced or deleted
  // since, be it a whole cluster. `min_size` is at least 2. INVALID_ARGUMENT INVALID_PAGE_TOKEN for a cursor of a
  // moment that can no longer be told; CANCELLED and DEADLINE_EXCEEDED as `control` says: what has been found out so
  // far, the next call need not.
  virtual absl::StatusOr<ClusterPage> ListClusters(const ClusterQuery& query, const SearchControl& control) = 0;

  // Starts an export of the archive as it stands.
  virtual ExportCursor StartExport() = 0;

  // Reads on from `cursor`: at most `limit` articles and about `max_bytes` of text.
  virtual absl::StatusOr<ExportPage> Export(const ExportFilter& filter, ExportOrder order, View view,
                                            const ExportCursor& cursor, size_t limit, size_t max_bytes) = 0;

  virtual absl::StatusOr<ArchiveStats> GetStats() = 0;

  // Refuses new writes, commits those queued, and flushes the search index, so that the next start is quick.
  // Idempotent. The destructor does the same.
  virtual absl::Status Shutdown() = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_ARCHIVE_H_
