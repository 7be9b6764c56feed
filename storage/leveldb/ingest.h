#ifndef GISA_STORAGE_LEVELDB_INGEST_H_
#define GISA_STORAGE_LEVELDB_INGEST_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/archive.h"
#include "storage/dedup/sketch.h"
#include "storage/index/document.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/transaction.h"

namespace gisa {

// How the current revision of an article compares with what was ingested.
struct Comparison {
  uint64_t sequence = 0;  // the change that brought that revision
  bool is_same = false;
  std::optional<absl::Time> crawled_at;  // that revision's
};

// An article with everything that can be computed before the commit.
struct PreparedArticle {
  Article article;
  Sha256Digest content_hash = {};
  bool undelete = false;
  std::optional<double> near_duplicate_similarity;
  // After how many of the database's writes there was no article of that key, nor the content; else absent.
  std::optional<uint64_t> article_absent_as_of;
  std::optional<uint64_t> content_absent_as_of;
  // With the revision that looked current; absent when there was none.
  std::optional<Comparison> comparison;
  // What the text codec makes of the article, with its body or, when that looked stored already, without. Absent when
  // the article looked unchanged.
  std::optional<std::string> stored_text;
  bool text_has_body = false;
  // Null when the article looked unchanged.
  std::shared_ptr<const AnalyzedDocument> terms;
  // By which near copies are found; absent when the article looked unchanged.
  std::optional<Sketch> sketch;

  // About how much memory it takes.
  size_t Bytes() const;
};

// The sketch that an archive keeps of a body. Thread-safe.
Sketch MakeKeptSketch(absl::string_view body);

// Hashes, and unless a look at the database says that the commit will not need it, compresses and analyzes. What
// that look found there is a hint only, and ApplyIngest computes what is missing after all; what it did not find,
// ApplyIngest looks up again only if the key may have been written since. INVALID_ARGUMENT CONTENT_HASH_MISMATCH.
// Thread-safe.
absl::StatusOr<PreparedArticle> PrepareArticle(const RecordDatabase& database, IngestCommand command);

// Decides what the article is (new, a duplicate, unchanged, revised) and stages what follows. Takes the article's
// texts. FAILED_PRECONDITION ARTICLE_DELETED; errors of reading.
absl::StatusOr<IngestResult> ApplyIngest(PreparedArticle& prepared, absl::Time now, Transaction& transaction);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INGEST_H_
