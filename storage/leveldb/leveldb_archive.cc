#include "storage/leveldb/leveldb_archive.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "storage/base/status_macros.h"
#include "storage/index/highlighter.h"
#include "storage/index/query_parser.h"
#include "storage/leveldb/archive_state.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/duplicate_reader.h"
#include "storage/leveldb/export_reader.h"
#include "storage/leveldb/index_recovery.h"
#include "storage/leveldb/ingest.h"
#include "storage/leveldb/near_duplicate_finder.h"
#include "storage/leveldb/near_recovery.h"
#include "storage/leveldb/record_reader.h"
#include "storage/leveldb/take_down.h"
#include "storage/leveldb/text_rewriter.h"

namespace gisa {
namespace {

using storage::v1::StateRecord;

// What a queued deletion takes, about.
constexpr size_t kDeleteBytes = 1024;

// At an ingest so many documents of each hash are looked at, and with so many candidates it is compared.
constexpr uint32_t kMaxDocsOfHashAtIngest = 32;
constexpr size_t kMaxComparedAtIngest = 32;

// Together they are staged in memory.
constexpr uint64_t kChangesPerRewrite = 32;

StorageEvent DictionaryEvent(uint32_t id, size_t size, const absl::Status& status) {
  if (!status.ok()) return {true, "a text dictionary was made and not stored", std::string(status.message())};
  return {false, "texts are now stored with another dictionary", absl::StrCat("number ", id, ", ", size, " bytes")};
}

}  // namespace

absl::StatusOr<std::unique_ptr<LevelDbArchive>> LevelDbArchive::Open(const Options& options) {
  RecordDatabase::Options record_options;
  record_options.data_dir = options.dir;
  record_options.env = options.env;
  record_options.write_buffer_bytes = options.write_buffer_bytes;
  record_options.block_cache_bytes = options.records_block_cache_bytes;
  ASSIGN_OR_RETURN(std::unique_ptr<RecordDatabase> database, RecordDatabase::Open(record_options));
  ASSIGN_OR_RETURN(StateRecord state, ReadState(*database));

  SearchIndex::Options index_options;
  index_options.dir = absl::StrCat(options.dir, "/index");
  index_options.env = options.env;
  index_options.posting_cache_bytes = options.index_cache_bytes;
  index_options.documents_per_flush = options.documents_per_flush;
  index_options.segment_bytes_per_flush = 2 * options.write_buffer_bytes;
  index_options.retry_interval = options.max_retry_interval;
  ASSIGN_OR_RETURN(std::unique_ptr<SearchIndex> index,
                   OpenIndexFor(*database, state.next_sequence() - 1, index_options, options.on_event));

  NearIndex::Options near_options;
  near_options.database.dir = absl::StrCat(options.dir, "/near");
  near_options.database.env = options.env;
  near_options.documents_per_flush = options.documents_per_flush;
  near_options.retry_interval = options.max_retry_interval;
  ASSIGN_OR_RETURN(std::unique_ptr<NearIndex> near_index,
                   OpenNearIndexFor(*database, state.next_sequence() - 1, near_options, options.on_event));

  Committer::Options committer_options;
  committer_options.sync = options.sync;
  committer_options.max_queued_bytes = options.max_queued_bytes;
  committer_options.min_retry_interval = std::min(committer_options.min_retry_interval, options.max_retry_interval);
  committer_options.max_retry_interval = options.max_retry_interval;
  committer_options.space.min_free_bytes = options.min_free_bytes;
  committer_options.space.free_bytes = [ask = options.free_bytes, dir = options.dir] { return ask(dir); };
  committer_options.space.interval = options.free_bytes_interval;
  committer_options.space.on_event = options.on_event;
  committer_options.on_event = options.on_event;
  DictionaryTraining::Options training_options;
  training_options.texts = database->text_codec().dictionary_id() > 0 ? 0 : options.texts_per_dictionary;
  DictionaryRenewal::Options renewal_options;
  renewal_options.bodies = options.bodies_per_dictionary;
  return std::unique_ptr<LevelDbArchive>(new LevelDbArchive(std::move(database), std::move(index),
                                                            std::move(near_index), std::move(state), committer_options,
                                                            training_options, renewal_options));
}

LevelDbArchive::LevelDbArchive(std::unique_ptr<RecordDatabase> database, std::unique_ptr<SearchIndex> index,
                               std::unique_ptr<NearIndex> near_index, StateRecord state,
                               const Committer::Options& options, const DictionaryTraining::Options& training_options,
                               const DictionaryRenewal::Options& renewal_options)
    : on_event_(options.on_event),
      database_(std::move(database)),
      index_(std::move(index)),
      near_index_(std::move(near_index)),
      clusters_(*database_, *near_index_),
      committer_(*database_, *index_, *near_index_, std::move(state), options),
      dictionary_training_(training_options,
                           [this](const std::string& dictionary) {
                             StoreTextDictionary(DictionaryTraining::kDictionaryId, dictionary);
                           }),
      dictionary_renewal_(renewal_options, *database_, [this](const std::string& dictionary) {
        StoreTextDictionary(DictionaryRenewal::kDictionaryId, dictionary);
      }) {
  const StateRecord held = committer_.state();
  dictionary_renewal_.Note(held.bodies(), held.next_sequence() - 1);
}

// A flush that fails here loses nothing: the next start analyzes again what it would have written.
LevelDbArchive::~LevelDbArchive() { Shutdown().IgnoreError(); }

void LevelDbArchive::Ingest(IngestCommand command, IngestCallback done) {
  Committer::Mutation mutation;
  mutation.may_wait = command.is_bulk;
  absl::StatusOr<PreparedArticle> prepared = PrepareArticle(*database_, std::move(command));
  if (!prepared.ok()) {
    done(std::move(prepared).status());
    return;
  }
  if (prepared->text_has_body && dictionary_training_.wants_texts()) {
    dictionary_training_.Offer(MakeText(FieldsOf(prepared->article), prepared->article.body));
  }
  struct Pending {
    PreparedArticle article;
    IngestResult result;
    uint64_t bodies = 0;  // of the archive then
    uint64_t last_sequence = 0;
  };
  auto pending = std::make_shared<Pending>(Pending{*std::move(prepared), {}});
  mutation.bytes = pending->article.Bytes();
  mutation.apply = [pending](Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(pending->result, ApplyIngest(pending->article, absl::Now(), transaction));
    pending->bodies = transaction.state().bodies();
    pending->last_sequence = transaction.state().next_sequence() - 1;
    return absl::OkStatus();
  };
  mutation.done = [this, pending, done = std::move(done)](absl::Status status) mutable {
    if (status.ok()) dictionary_renewal_.Note(pending->bodies, pending->last_sequence);
    if (!status.ok()) {
      done(std::move(status));
    } else if (!pending->article.near_duplicate_similarity.has_value()) {
      done(std::move(pending->result));
    } else {
      near_worker_.Add([this, pending] { AddNearDuplicates(pending->article, &pending->result); },
                       [pending, done = std::move(done)] { done(std::move(pending->result)); });
    }
  };
  committer_.Submit(std::move(mutation));
}

absl::Status LevelDbArchive::CommitAndWait(size_t bytes, absl::AnyInvocable<absl::Status(Transaction&)> apply) {
  absl::Notification is_done;
  absl::Status status;
  Committer::Mutation mutation;
  mutation.bytes = bytes;
  mutation.may_wait = true;  // so that it makes no commit of ingests smaller
  mutation.apply = std::move(apply);
  mutation.done = [&](absl::Status done) {
    status = std::move(done);
    is_done.Notify();
  };
  committer_.Submit(std::move(mutation));
  is_done.WaitForNotification();
  return status;
}

// Used only once it is durable: no text may need a dictionary that is not there. For the same reason one that is there,
// from a write that seemed to fail, is used in place of the new one and not replaced. If none can be stored, texts go
// on with the one before, or with none.
void LevelDbArchive::StoreTextDictionary(uint32_t id, const std::string& made) {
  std::string dictionary;
  absl::Status status = CommitAndWait(made.size(), [&](Transaction& transaction) -> absl::Status {
    const RecordKey key = RecordKey::OfTextDictionary(id);
    ASSIGN_OR_RETURN(std::optional<std::string> stored, transaction.Get(key));
    if (!stored.has_value()) transaction.Put(key, made);
    dictionary = stored.has_value() ? *std::move(stored) : made;
    return absl::OkStatus();
  });
  if (status.ok()) status = database_->UseTextDictionary(dictionary);
  if (on_event_ != nullptr) on_event_(DictionaryEvent(id, dictionary.size(), status));
}

void LevelDbArchive::AddNearDuplicates(PreparedArticle& article, IngestResult* result) const {
  if (!article.sketch.has_value()) article.sketch = MakeKeptSketch(article.article.body);
  const Sketch& sketch = *article.sketch;
  NearQuery query;
  query.body = article.article.body;
  query.content_hash = article.content_hash;
  query.kept = &sketch;
  query.asked = &sketch;
  query.min_similarity = *article.near_duplicate_similarity;
  query.before = result->sequence;
  query.max_docs_of_hash = kMaxDocsOfHashAtIngest;
  query.max_compared = kMaxComparedAtIngest;
  absl::StatusOr<NearDuplicates> near = FindNearDuplicates(*near_index_, *database_, query, SearchControl());
  // The article is stored, whatever cannot be read of others.
  result->near_duplicates_complete = near.ok() && near->is_complete;
  if (!near.ok()) return;
  for (Duplicate& duplicate : near->found) result->near_duplicates.push_back(std::move(duplicate.match));
  std::sort(result->near_duplicates.begin(), result->near_duplicates.end(), RanksBefore);
  if (result->near_duplicates.size() > kMaxNearDuplicates) {
    result->near_duplicates.resize(kMaxNearDuplicates);
    result->near_duplicates_complete = false;
  }
}

void LevelDbArchive::Delete(const ArticleKey& key, absl::string_view reason, DeleteCallback done) {
  auto result = std::make_shared<DeleteResult>();
  Committer::Mutation mutation;
  mutation.frees_space = true;
  mutation.bytes = kDeleteBytes + reason.size();
  mutation.apply = [result, key, reason = std::string(reason)](Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(*result, ApplyDelete(key, reason, absl::Now(), transaction));
    return absl::OkStatus();
  };
  mutation.done = [result, done = std::move(done)](absl::Status status) {
    if (status.ok()) {
      done(std::move(*result));
    } else {
      done(std::move(status));
    }
  };
  committer_.Submit(std::move(mutation));
}

absl::StatusOr<StoredArticle> LevelDbArchive::Get(const ArticleKey& key, uint32_t revision, View view) {
  return RecordReader(*database_).Get(key, revision, view);
}

absl::StatusOr<StoredArticle> LevelDbArchive::GetByContentHash(const Sha256Digest& content_hash, View view) {
  return RecordReader(*database_).GetByContentHash(content_hash, view);
}

absl::StatusOr<std::vector<StoredArticle>> LevelDbArchive::ListRevisions(const ArticleKey& key, uint32_t before,
                                                                         size_t limit) {
  return RecordReader(*database_).ListRevisions(key, before, limit);
}

absl::StatusOr<MissingContent> LevelDbArchive::FindMissing(absl::Span<const Sha256Digest> content_hashes,
                                                           absl::Span<const KeyedHash> articles) {
  return RecordReader(*database_).FindMissing(content_hashes, articles);
}

absl::StatusOr<SearchPage> LevelDbArchive::Search(const SearchQuery& query, const SearchControl& control) {
  ASSIGN_OR_RETURN(IndexPage found, index_->Search(query, control));
  const RecordReader reader(*database_);
  ASSIGN_OR_RETURN(const QueryNode node, ParseQuery(query.text, query.match, !query.filter.empty()));
  const Highlighter highlighter(node);
  SearchPage page;
  page.total_hits = found.total_hits;
  page.total_is_lower_bound = found.total_is_lower_bound;
  page.facets = std::move(found.facets);
  page.next = std::move(found.next);
  for (const IndexHit& hit : found.hits) {
    ASSIGN_OR_RETURN(std::optional<StoredArticle> article, reader.GetDocument(hit.doc_id));
    if (!article.has_value()) continue;  // revised or deleted since the index was asked
    SearchHit& shown = page.hits.emplace_back();
    shown.score = hit.score;
    shown.copies = hit.copies;
    shown.title_highlights = highlighter.FindInTitle(article->article.title);
    shown.snippets = highlighter.BestPassages(article->article.body, query.max_snippets);
    shown.article = *std::move(article);
    if (!query.with_body) shown.article.article.body.clear();
  }
  return page;
}

absl::StatusOr<DuplicatePage> LevelDbArchive::FindDuplicates(const DuplicateQuery& query,
                                                             const SearchControl& control) {
  return ReadDuplicatePage(*near_index_, *database_, query, control);
}

absl::StatusOr<ClusterPage> LevelDbArchive::ListClusters(const ClusterQuery& query, const SearchControl& control) {
  return clusters_.List(query, control);
}

ExportCursor LevelDbArchive::StartExport() {
  ExportCursor cursor;
  cursor.as_of_sequence = committer_.state().next_sequence() - 1;
  return cursor;
}

absl::StatusOr<ExportPage> LevelDbArchive::Export(const ExportFilter& filter, ExportOrder order, View view,
                                                  const ExportCursor& cursor, size_t limit, size_t max_bytes) {
  return ReadExportPage(*database_, filter, order, view, cursor, limit, max_bytes);
}

absl::StatusOr<ArchiveStats> LevelDbArchive::GetStats() {
  const StateRecord state = committer_.state();
  const IndexStats index = index_->Stats();
  ArchiveStats stats;
  stats.articles = state.articles();
  stats.revisions = state.revisions();
  stats.bodies = state.bodies();
  stats.tombstones = state.tombstones();
  stats.text_bytes = state.text_bytes();
  stats.unique_text_bytes = state.unique_text_bytes();
  stats.stored_text_bytes = state.stored_text_bytes();
  stats.last_sequence = state.next_sequence() - 1;
  stats.records_disk_bytes = database_->DiskBytes();
  stats.indexed_documents = index.documents;
  stats.unflushed_documents = index.unflushed_documents;
  stats.indexed_up_to = index.indexed_up_to;
  stats.index_disk_bytes = index.disk_bytes;
  stats.near_disk_bytes = near_index_->DiskBytes();
  return stats;
}

absl::Status LevelDbArchive::Compact() {
  const uint64_t last = committer_.state().next_sequence() - 1;
  for (uint64_t next = 1; next <= last; next += kChangesPerRewrite) {
    RETURN_IF_ERROR(CommitAndWait(/*bytes=*/0, [next, last](Transaction& transaction) {
      return RewriteTexts(next, std::min(next + kChangesPerRewrite - 1, last), transaction);
    }));
  }
  database_->Compact();
  return absl::OkStatus();
}

absl::Status LevelDbArchive::Shutdown() {
  dictionary_training_.Stop();
  dictionary_renewal_.Stop();
  committer_.Stop();
  near_worker_.Stop();
  absl::Status near_flushed = near_index_->Flush();
  RETURN_IF_ERROR(index_->Flush());
  return near_flushed;
}

}  // namespace gisa
