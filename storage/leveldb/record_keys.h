#ifndef GISA_STORAGE_LEVELDB_RECORD_KEYS_H_
#define GISA_STORAGE_LEVELDB_RECORD_KEYS_H_

// Every key of the record database, DIR/records. Nothing else builds or takes apart a key. (Those of DIR/index are in
// index_keys.h.) Numbers are big-endian, so that LevelDB's order is theirs. `oid` and `aid` are packed (packed_key.h),
// and `key` is the two: the order is by oid, then aid. FORMAT.md describes the values.
//
//   space      key                         value
//   article    'a' key                     ArticleRecord, the current revision or a tombstone
//   content    'c' sha256:6                ContentList
//   time       'd' time key                empty
//   holder     'h' body_id:8 key           HolderRecord
//   meta       'm' name                    by name: "dictionary", "dictionary2", "schema", "state"
//   publisher  'p' oid time aid            empty
//   revision   'r' key NUL revision:4      ArticleRecord, superseded
//   change     's' sequence:8              ChangeRecord, its text
//
// A content's key has the first bytes of the hash only: its changes have the whole. A body_id is the sequence of the
// change that brought the body. Texts stand in the changes, which come in the order of their keys and are behind all
// else: so no file has both the last changes and what is behind them, with which it would overlap all changes to come,
// and LevelDB moves them down its levels without rewriting them.
//
// `time` is published_at: seconds:6 since 1970 with the sign bit flipped, and where it is not a whole second FF and its
// microseconds:3. Articles without one have the largest value.

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "leveldb/slice.h"
#include "storage/article.h"
#include "storage/base/sha256.h"

namespace gisa {

// An encoded key, or the prefix of some.
class RecordKey {
 public:
  static RecordKey OfArticle(const ArticleKey& key);
  static RecordKey OfContent(const Sha256Digest& content_hash);
  static RecordKey OfHolder(uint64_t body_id, const ArticleKey& key);
  static RecordKey OfPublisherTime(const std::optional<absl::Time>& published_at, const ArticleKey& key);
  static RecordKey OfRevision(const ArticleKey& key, uint32_t revision);
  static RecordKey OfChange(uint64_t sequence);
  static RecordKey OfTime(const std::optional<absl::Time>& published_at, const ArticleKey& key);
  static RecordKey OfSchema();
  static RecordKey OfState();
  static RecordKey OfTextDictionary(uint32_t id);

  // Prefixes of whole spaces and of parts of them.
  static RecordKey AllArticles();
  static RecordKey ArticlesOf(absl::string_view oid);
  static RecordKey AllTimes();
  static RecordKey AllChanges();
  static RecordKey HoldersOf(uint64_t body_id);
  static RecordKey TimesOf(absl::string_view oid);
  static RecordKey RevisionsOf(const ArticleKey& key);
  // Where the times from `time` on begin.
  static RecordKey TimesFrom(absl::Time time);
  static RecordKey TimesFrom(absl::string_view oid, absl::Time time);

  absl::string_view bytes() const { return bytes_; }
  leveldb::Slice slice() const { return bytes_; }
  // The smallest key after this one.
  RecordKey Next() const;

 private:
  explicit RecordKey(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string bytes_;
};

// What an index entry's key says.
struct TimeEntry {
  std::optional<absl::Time> published_at;
  ArticleKey key;
};

// Take keys apart; nullopt when the bytes are no key of that space.
std::optional<ArticleKey> DecodeArticleKey(absl::string_view bytes);
std::optional<ArticleKey> DecodeHolderKey(absl::string_view bytes);
std::optional<uint64_t> DecodeChangeKey(absl::string_view bytes);
std::optional<TimeEntry> DecodeTimeKey(absl::string_view bytes);
std::optional<TimeEntry> DecodePublisherTimeKey(absl::string_view bytes);

// Names the record that a key belongs to, for error messages: `article 018/0006192082`, `change 17`.
std::string DescribeKey(absl::string_view bytes);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_RECORD_KEYS_H_
