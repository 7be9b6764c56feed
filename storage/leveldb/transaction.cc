#include "storage/leveldb/transaction.h"

#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/slice.h"

namespace gisa {

absl::Status Transaction::Run(absl::FunctionRef<absl::Status(Transaction&)> mutation) {
  const storage::v1::StateRecord state_before = state_;
  mutation_begin_ = writes_.size();
  const size_t index_changes_before = index_changes_.size();
  const size_t near_changes_before = near_changes_.size();
  absl::Status status = mutation(*this);
  if (status.ok()) return status;
  while (writes_.size() > mutation_begin_) TakeBackLast();
  state_ = state_before;
  index_changes_.erase(std::next(index_changes_.begin(), static_cast<std::ptrdiff_t>(index_changes_before)),
                       index_changes_.end());
  near_changes_.erase(std::next(near_changes_.begin(), static_cast<std::ptrdiff_t>(near_changes_before)),
                      near_changes_.end());
  return status;
}

absl::StatusOr<std::optional<std::string>> Transaction::Get(const RecordKey& key,
                                                            std::optional<uint64_t> absent_as_of) const {
  const auto latest = latest_.find(key.bytes());
  if (latest != latest_.end()) return writes_[latest->second].value;
  if (absent_as_of.has_value() && !database_.MayHaveWrittenSince(*absent_as_of, key)) {
    return std::optional<std::string>();
  }
  return view_.Get(key);
}

absl::Status Transaction::Scan(const RecordKey& prefix,
                               absl::FunctionRef<bool(absl::string_view, absl::string_view)> visit) {
  const auto stored = view_.NewIterator();
  stored->Seek(prefix.slice());
  const auto& sorted = Sorted();
  auto staged = sorted.lower_bound(prefix.bytes());
  while (true) {
    const bool has_stored = stored->Valid() && absl::StartsWith(ToView(stored->key()), prefix.bytes());
    const bool has_staged = staged != sorted.end() && absl::StartsWith(staged->first, prefix.bytes());
    if (!has_stored && !has_staged) break;
    if (has_staged && (!has_stored || staged->first <= ToView(stored->key()))) {
      // What is staged hides what is stored.
      if (has_stored && ToView(stored->key()) == staged->first) stored->Next();
      const std::optional<std::string>& value = writes_[staged->second].value;
      if (value.has_value() && !visit(staged->first, *value)) return absl::OkStatus();
      ++staged;
    } else {
      if (!visit(ToView(stored->key()), ToView(stored->value()))) return absl::OkStatus();
      stored->Next();
    }
  }
  return database_.IteratorError(*stored, absl::StrCat("scan from ", DescribeKey(prefix.bytes())));
}

leveldb::WriteBatch Transaction::MakeBatch() const {
  leveldb::WriteBatch batch;
  for (const Write& write : writes_) {
    if (write.is_replaced) continue;
    if (write.value.has_value()) {
      batch.Put(write.key, *write.value);
    } else {
      batch.Delete(write.key);
    }
  }
  batch.Put(RecordKey::OfState().slice(), state_.SerializeAsString());
  return batch;
}

void Transaction::Stage(const RecordKey& key, std::optional<std::string> value) {
  const size_t number = writes_.size();
  Write& write = writes_.emplace_back();
  write.key = std::string(key.bytes());
  write.value = std::move(value);
  if (const auto latest = latest_.find(write.key); latest != latest_.end()) {
    write.replaced = latest->second;
    writes_[write.replaced].is_replaced = true;
  }
  SetLatest(write.key, number);
}

void Transaction::TakeBackLast() {
  const Write& last = writes_.back();
  if (last.replaced != kNone) {
    Write& restored = writes_[last.replaced];
    restored.is_replaced = false;
    SetLatest(restored.key, last.replaced);
  } else {
    latest_.erase(last.key);
    if (sorted_.has_value()) sorted_->erase(last.key);
  }
  writes_.pop_back();
}

void Transaction::SetLatest(absl::string_view key, size_t write) {
  latest_.insert_or_assign(key, write);
  if (sorted_.has_value()) sorted_->insert_or_assign(key, write);
}

const absl::btree_map<absl::string_view, size_t>& Transaction::Sorted() {
  if (!sorted_.has_value()) sorted_.emplace(latest_.begin(), latest_.end());
  return *sorted_;
}

}  // namespace gisa
