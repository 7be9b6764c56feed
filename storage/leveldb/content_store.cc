#include "storage/leveldb/content_store.h"

#include <limits>
#include <optional>
#include <utility>

#include "storage/base/status_macros.h"

namespace gisa {
namespace {

using storage::v1::ContentRecord;
using storage::v1::HolderRecord;
using storage::v1::StateRecord;

void SetCanonical(const ArticleKey& key, HolderRecord holder, ContentRecord& content) {
  content.set_canonical_oid(key.oid);
  content.set_canonical_aid(key.aid);
  *content.mutable_canonical() = std::move(holder);
}

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
absl::Status ElectCanonical(Transaction& transaction, ContentRecord& content) {
  const RecordKey holders = RecordKey::HoldersOf(content.body_id());
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
  transaction.Delete(RecordKey::OfHolder(content.body_id(), *earliest));
  SetCanonical(*earliest, std::move(earliest_holder), content);
  return absl::OkStatus();
}

}  // namespace

ArticleKey CanonicalOf(const ContentRecord& content) { return {content.canonical_oid(), content.canonical_aid()}; }

absl::StatusOr<AddedContent> AddHolder(Transaction& transaction, const Sha256Digest& content_hash,
                                       std::optional<uint64_t> absent_as_of, const ArticleKey& key, uint32_t revision,
                                       uint64_t sequence, size_t size) {
  const RecordKey content_key = RecordKey::OfContent(content_hash);
  StateRecord& state = transaction.state();
  ASSIGN_OR_RETURN(std::optional<ContentRecord> content,
                   transaction.GetRecord<ContentRecord>(content_key, absent_as_of));
  const bool is_new = !content.has_value();
  if (is_new) {
    content.emplace();
    content->set_body_id(sequence);
    content->set_size(size);
    content->set_reference_count(1);
    SetCanonical(key, NewHolder(sequence), *content);
    state.set_bodies(state.bodies() + 1);
    state.set_unique_text_bytes(state.unique_text_bytes() + size);
  }
  if (CanonicalOf(*content) == key) {
    AddRevision(revision, *content->mutable_canonical());
    transaction.PutRecord(content_key, *content);
  } else {
    const RecordKey holder_key = RecordKey::OfHolder(content->body_id(), key);
    ASSIGN_OR_RETURN(std::optional<HolderRecord> holder, transaction.GetRecord<HolderRecord>(holder_key));
    if (!holder.has_value()) {
      holder = NewHolder(sequence);
      content->set_reference_count(content->reference_count() + 1);
      transaction.PutRecord(content_key, *content);
    }
    AddRevision(revision, *holder);
    transaction.PutRecord(holder_key, *holder);
  }
  state.set_text_bytes(state.text_bytes() + size);
  return AddedContent{CanonicalOf(*content), content->body_id(), is_new};
}

absl::StatusOr<RemovedContent> RemoveHolder(Transaction& transaction, const Sha256Digest& content_hash,
                                            const ArticleKey& key) {
  const RecordKey content_key = RecordKey::OfContent(content_hash);
  StateRecord& state = transaction.state();
  ASSIGN_OR_RETURN(std::optional<ContentRecord> content, transaction.GetRecord<ContentRecord>(content_key));
  if (!content.has_value()) return RecordDatabase::MalformedRecord(content_key.bytes());
  const bool was_canonical = CanonicalOf(*content) == key;
  std::optional<HolderRecord> holder = content->canonical();
  if (!was_canonical) {
    const RecordKey holder_key = RecordKey::OfHolder(content->body_id(), key);
    ASSIGN_OR_RETURN(holder, transaction.GetRecord<HolderRecord>(holder_key));
    if (!holder.has_value()) return RecordDatabase::MalformedRecord(holder_key.bytes());
    transaction.Delete(holder_key);
  }
  state.set_text_bytes(state.text_bytes() - content->size() * holder->revision_count());
  if (content->reference_count() <= 1) {
    transaction.Delete(content_key);
    state.set_bodies(state.bodies() - 1);
    state.set_unique_text_bytes(state.unique_text_bytes() - content->size());
    return RemovedContent{content->body_id(), true};
  }
  content->set_reference_count(content->reference_count() - 1);
  if (was_canonical) RETURN_IF_ERROR(ElectCanonical(transaction, *content));
  transaction.PutRecord(content_key, *content);
  return RemovedContent{content->body_id(), false};
}

}  // namespace gisa
