#ifndef GISA_STORAGE_LEVELDB_LEVELDB_ARCHIVE_H_
#define GISA_STORAGE_LEVELDB_LEVELDB_ARCHIVE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "leveldb/env.h"
#include "storage/archive.h"
#include "storage/event_sink.h"
#include "storage/leveldb/cluster_index.h"
#include "storage/leveldb/committer.h"
#include "storage/leveldb/dictionary_renewal.h"
#include "storage/leveldb/dictionary_training.h"
#include "storage/leveldb/free_space_watch.h"
#include "storage/leveldb/ingest.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/search_index.h"
#include "storage/leveldb/worker.h"

namespace gisa {

// The embedded archive: records in DIR/records, the search index in DIR/index, that of near copies in DIR/near. One
// process may have a folder open.
//
// Thread-safe.
class LevelDbArchive : public Archive {
 public:
  struct Options {
    std::string dir;
    leveldb::Env* env = leveldb::Env::Default();
    // Whether an ingest is answered only when it is on disk. Without, a crash of the machine may lose the last ones.
    bool sync = true;
    size_t max_queued_bytes = 64 << 20;
    size_t write_buffer_bytes = 64 << 20;  // of the records; the newest of the index take more
    size_t records_block_cache_bytes = 64 << 20;
    size_t index_cache_bytes = 256 << 20;
    uint32_t documents_per_flush = 16384;  // of the indexes
    // An archive without a text dictionary makes one of the next so many bodies; 0 for none.
    size_t texts_per_dictionary = DictionaryTraining::Options().texts;
    // One that holds so many bodies makes a second, larger one of them; 0 for none.
    uint64_t bodies_per_dictionary = DictionaryRenewal::Options().bodies;
    // After a failed write the files are opened anew when this has passed; after the first one, sooner.
    absl::Duration max_retry_interval = absl::Seconds(5);
    // Ingests, but not deletions, are refused while fewer bytes are free, and until there are a tenth more; 0 for
    // never.
    uint64_t min_free_bytes = 0;
    // How many are free; asked a few times a second.
    std::function<uint64_t(const std::string& dir)> free_bytes = FreeBytesAt;
    absl::Duration free_bytes_interval = absl::Milliseconds(200);
    EventSink on_event;
  };

  // Opens or creates an archive, and brings the search index up to the records: after a clean Shutdown it is, after a
  // crash what it had not flushed is analyzed again, and an index that is lost or damaged is rebuilt.
  // Errors as RecordDatabase::Open and SearchIndex::Open.
  static absl::StatusOr<std::unique_ptr<LevelDbArchive>> Open(const Options& options);

  ~LevelDbArchive() override;

  void Ingest(IngestCommand command, IngestCallback done) override;
  void Delete(const ArticleKey& key, absl::string_view reason, DeleteCallback done) override;
  absl::StatusOr<StoredArticle> Get(const ArticleKey& key, uint32_t revision, View view) override;
  absl::StatusOr<StoredArticle> GetByContentHash(const Sha256Digest& content_hash, View view) override;
  absl::StatusOr<std::vector<StoredArticle>> ListRevisions(const ArticleKey& key, uint32_t before,
                                                           size_t limit) override;
  absl::StatusOr<MissingContent> FindMissing(absl::Span<const Sha256Digest> content_hashes,
                                             absl::Span<const KeyedHash> articles) override;
  absl::StatusOr<SearchPage> Search(const SearchQuery& query, const SearchControl& control) override;
  absl::StatusOr<DuplicatePage> FindDuplicates(const DuplicateQuery& query, const SearchControl& control) override;
  absl::StatusOr<ClusterPage> ListClusters(const ClusterQuery& query, const SearchControl& control) override;
  ExportCursor StartExport() override;
  absl::StatusOr<ExportPage> Export(const ExportFilter& filter, ExportOrder order, View view,
                                    const ExportCursor& cursor, size_t limit, size_t max_bytes) override;
  absl::StatusOr<ArchiveStats> GetStats() override;
  absl::Status Shutdown() override;

  // Makes the records as small as they get: texts that were stored before the newest dictionary was made are stored
  // anew, and what was overwritten or deleted goes from the files. Takes tens of microseconds an article; all else goes
  // on meanwhile. Errors of the committer (RESOURCE_EXHAUSTED DISK_FULL among them) and INTERNAL DATA_CORRUPTED: then
  // some texts were stored anew, and none is lost.
  absl::Status Compact();

 private:
  LevelDbArchive(std::unique_ptr<RecordDatabase> database, std::unique_ptr<SearchIndex> index,
                 std::unique_ptr<NearIndex> near_index, storage::v1::StateRecord state,
                 const Committer::Options& options, const DictionaryTraining::Options& training_options,
                 const DictionaryRenewal::Options& renewal_options);

  // Runs `apply` on the committer and waits until what it stages is durable. `bytes` is what it holds meanwhile.
  absl::Status CommitAndWait(size_t bytes, absl::AnyInvocable<absl::Status(Transaction&)> apply);

  void StoreTextDictionary(uint32_t id, const std::string& made);

  // Completes the result of an ingest that asked for near copies.
  void AddNearDuplicates(PreparedArticle& article, IngestResult* result) const;

  const EventSink on_event_;

  // In construction order: each uses some of those above it.
  const std::unique_ptr<RecordDatabase> database_;
  const std::unique_ptr<SearchIndex> index_;
  const std::unique_ptr<NearIndex> near_index_;
  ClusterIndex clusters_;
  // Looks for near copies after the commit, so that the committer does not wait for it.
  Worker near_worker_{"gisa-near-find", ThreadPriority::kNormal};
  Committer committer_;
  DictionaryTraining dictionary_training_;
  DictionaryRenewal dictionary_renewal_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_LEVELDB_ARCHIVE_H_
