#ifndef GISA_STORAGE_LEVELDB_TRANSACTION_H_
#define GISA_STORAGE_LEVELDB_TRANSACTION_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gisa/storage/v1/records.pb.h"
#include "leveldb/write_batch.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/record_keys.h"
#include "storage/leveldb/search_index.h"

namespace gisa {

// What one commit will write: mutations staged over the database, each of which sees those before it, and all of which
// become one WriteBatch. Also holds the archive's running state and the changes to the
// indexes.
//
// Not thread-safe. Nobody else may write to the database while it lives.
class Transaction {
 public:
  Transaction(const RecordDatabase& database, storage::v1::StateRecord state)
      : view_(database.Latest()), database_(database), state_(std::move(state)) {}

  // Runs a mutation. When it fails, whatever it staged is taken back.
  absl::Status Run(absl::FunctionRef<absl::Status(Transaction&)> mutation);

  // Reads through what is staged. `absent_as_of` says that a view with so many writes seen had no such record, which
  // saves looking again when nobody has written it since.
  absl::StatusOr<std::optional<std::string>> Get(const RecordKey& key,
                                                 std::optional<uint64_t> absent_as_of = std::nullopt) const;
  template <typename Record>
  absl::StatusOr<std::optional<Record>> GetRecord(const RecordKey& key,
                                                  std::optional<uint64_t> absent_as_of = std::nullopt) const;

  // Calls `visit` with each key and value under `prefix`, in order, until it returns false.
  absl::Status Scan(const RecordKey& prefix,
                    absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit);

  void Put(const RecordKey& key, std::string value) { Stage(key, std::move(value)); }
  void PutRecord(const RecordKey& key, const google::protobuf::MessageLite& record) {
    Stage(key, record.SerializeAsString());
  }
  void Delete(const RecordKey& key) { Stage(key, std::nullopt); }

  // The counters, to be changed in place.
  storage::v1::StateRecord& state() { return state_; }

  const TextCodec& text_codec() const { return database_.text_codec(); }

  void AddIndexChange(IndexChange change) { index_changes_.push_back(std::move(change)); }
  void AddNearChange(NearChange change) { near_changes_.push_back(std::move(change)); }

  // Whether there is nothing to write.
  bool empty() const { return writes_.empty(); }

  // Whether the running mutation has staged anything.
  bool mutation_is_empty() const { return writes_.size() == mutation_begin_; }

  // Everything staged, and the state.
  leveldb::WriteBatch MakeBatch() const;

  std::vector<IndexChange> TakeIndexChanges() { return std::move(index_changes_); }
  std::vector<NearChange> TakeNearChanges() { return std::move(near_changes_); }

 private:
  static constexpr size_t kNone = static_cast<size_t>(-1);

  // A deque never moves them: the maps below refer to their keys.
  struct Write {
    std::string key;
    std::optional<std::string> value;  // nullopt: deleted
    size_t replaced = kNone;           // the write of the same key before this one
    bool is_replaced = false;
  };

  void Stage(const RecordKey& key, std::optional<std::string> value);
  void TakeBackLast();
  void SetLatest(absl::string_view key, size_t write);
  // The staged keys in order; made for the first scan, for most commits need none.
  const absl::btree_map<absl::string_view, size_t>& Sorted();

  const RecordDatabase::View view_;
  const RecordDatabase& database_;
  storage::v1::StateRecord state_;
  std::deque<Write> writes_;
  size_t mutation_begin_ = 0;                                         // the running mutation's first write
  absl::flat_hash_map<absl::string_view, size_t> latest_;             // the write of each key that counts
  std::optional<absl::btree_map<absl::string_view, size_t>> sorted_;  // the same, by key
  std::vector<IndexChange> index_changes_;
  std::vector<NearChange> near_changes_;
};

template <typename Record>
absl::StatusOr<std::optional<Record>> Transaction::GetRecord(const RecordKey& key,
                                                             std::optional<uint64_t> absent_as_of) const {
  auto value = Get(key, absent_as_of);
  if (!value.ok()) return std::move(value).status();
  if (!value->has_value()) return std::optional<Record>();
  Record record;
  if (!record.ParseFromString(**value)) return RecordDatabase::MalformedRecord(key.bytes());
  return std::optional<Record>(std::move(record));
}

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TRANSACTION_H_
