#include "storage/leveldb/content_store.h"

#include <limits>
#include <optional>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/leveldb/content_list.h"

namespace gisa {
namespace {

using storage::v1::HolderRecord;
using storage::v1::StateRecord;

HolderRecord NewHolder(uint64_t sequence) {
  HolderRecord holder;
  holder.set_first_sequence(sequence);
  return holder;
}

void AddRevision(uint32_t revision, HolderRecord& holder) {
  holder.set_revision(revision);
  holder.set_revision_count(holder.revision_count() + 1);
}

// Makes the earliest of the other holders the canonical one.
absl::Status ElectCanonical(Transaction& transaction, Content& content) {
  const RecordKey holders = RecordKey::HoldersOf(content.body_id);
  std::optional<ArticleKey> earliest;
  HolderRecord earliest_holder;
  absl::Status status;
  RETURN_IF_ERROR(transaction.Scan(holders, [&](absl::string_view key_bytes, absl::string_view value) {
    auto key = DecodeHolderKey(key_bytes);
    HolderRecord holder;
    if (!key.has_value() || !holder.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      status = RecordDatabase::MalformedRecord(key_bytes);
      return false;
    }
    if (!earliest.has_value() || holder.first_sequence() < earliest_holder.first_sequence()) {
      earliest = *std::move(key);
      earliest_holder = std::move(holder);
    }
    return true;
  }));
  RETURN_IF_ERROR(status);
  if (!earliest.has_value()) return RecordDatabase::MalformedRecord(holders.bytes());
  transaction.Delete(RecordKey::OfHolder(content.body_id, *earliest));
  content.canonical = *std::move(earliest);
  content.canonical_holder = std::move(earliest_holder);
  content.canonical_changed = true;
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Content>> Find(const ContentList& list, const Transaction& transaction) {
  return list.Find([&transaction](const RecordKey& key) { return transaction.Get(key); });
}

}  // namespace

absl::StatusOr<AddedContent> AddHolder(Transaction& transaction, const Sha256Digest& content_hash,
                                       std::optional<uint64_t> absent_as_of, const ArticleKey& key, uint32_t revision,
                                       uint64_t sequence, size_t size) {
  const RecordKey content_key = RecordKey::OfContent(content_hash);
  StateRecord& state = transaction.state();
  ASSIGN_OR_RETURN(const std::optional<std::string> stored, transaction.Get(content_key, absent_as_of));
  ASSIGN_OR_RETURN(ContentList list, ContentList::Parse(content_hash, stored));
  ASSIGN_OR_RETURN(std::optional<Content> content, Find(list, transaction));
  state.set_text_bytes(state.text_bytes() + size);
  if (!content.has_value()) {
    content.emplace();
    content->body_id = sequence;
    list.Put(*content);
    transaction.Put(content_key, list.Serialize());
    state.set_bodies(state.bodies() + 1);
    state.set_unique_text_bytes(state.unique_text_bytes() + size);
    return AddedContent{key, sequence, true};
  }
  if (content->canonical == key) {
    AddRevision(revision, content->canonical_holder);
    content->canonical_changed = true;
    list.Put(*content);
    transaction.Put(content_key, list.Serialize());
  } else {
    const RecordKey holder_key = RecordKey::OfHolder(content->body_id, key);
    ASSIGN_OR_RETURN(std::optional<HolderRecord> holder, transaction.GetRecord<HolderRecord>(holder_key));
    if (!holder.has_value()) {
      holder = NewHolder(sequence);
      ++content->other_holders;
      list.Put(*content);
      transaction.Put(content_key, list.Serialize());
    }
    AddRevision(revision, *holder);
    transaction.PutRecord(holder_key, *holder);
  }
  return AddedContent{content->canonical, content->body_id, false};
}

absl::StatusOr<RemovedContent> RemoveHolder(Transaction& transaction, const Sha256Digest& content_hash,
                                            const ArticleKey& key) {
  const RecordKey content_key = RecordKey::OfContent(content_hash);
  StateRecord& state = transaction.state();
  ASSIGN_OR_RETURN(const std::optional<std::string> stored, transaction.Get(content_key));
  ASSIGN_OR_RETURN(ContentList list, ContentList::Parse(content_hash, stored));
  ASSIGN_OR_RETURN(std::optional<Content> content, Find(list, transaction));
  if (!content.has_value()) return RecordDatabase::MalformedRecord(content_key.bytes());
  const bool was_canonical = content->canonical == key;
  std::optional<HolderRecord> holder = content->canonical_holder;
  if (!was_canonical) {
    const RecordKey holder_key = RecordKey::OfHolder(content->body_id, key);
    ASSIGN_OR_RETURN(holder, transaction.GetRecord<HolderRecord>(holder_key));
    if (!holder.has_value()) return RecordDatabase::MalformedRecord(holder_key.bytes());
    transaction.Delete(holder_key);
  }
  state.set_text_bytes(state.text_bytes() - content->size * holder->revision_count());
  const bool was_last = content->other_holders == 0;
  if (was_last) {
    list.Remove(content->body_id);
    state.set_bodies(state.bodies() - 1);
    state.set_unique_text_bytes(state.unique_text_bytes() - content->size);
  } else {
    --content->other_holders;
    if (was_canonical) RETURN_IF_ERROR(ElectCanonical(transaction, *content));
    list.Put(*content);
  }
  if (list.empty()) {
    transaction.Delete(content_key);
  } else {
    transaction.Put(content_key, list.Serialize());
  }
  return RemovedContent{content->body_id, was_last};
}

}  // namespace gisa
