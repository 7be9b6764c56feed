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

void SetCanonical(const ArticleKey& key, ContentRecord& content) {
  content.set_canonical_oid(key.oid);
  content.set_canonical_aid(key.aid);
}

absl::StatusOr<ArticleKey> EarliestHolder(Transaction& transaction, uint64_t body_id) {
  std::optional<ArticleKey> earliest;
  uint64_t earliest_sequence = std::numeric_limits<uint64_t>::max();
  absl::Status status;
  RETURN_IF_ERROR(
      transaction.Scan(RecordKey::HoldersOf(body_id), [&](absl::string_view key_bytes, absl::string_view value) {
        auto key = DecodeHolderKey(key_bytes);
        HolderRecord holder;
        if (!key.has_value() || !holder.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          status = RecordDatabase::MalformedRecord(key_bytes);
          return false;
        }
        if (holder.first_sequence() < earliest_sequence) {
          earliest_sequence = holder.first_sequence();
          earliest = *std::move(key);
        }
        return true;
      }));
  RETURN_IF_ERROR(status);
  if (!earliest.has_value()) return RecordDatabase::MalformedRecord(RecordKey::HoldersOf(body_id).bytes());
  return *std::move(earliest);
}

}  // namespace

ArticleKey CanonicalOf(const ContentRecord& content) { return {content.canonical_oid(), content.canonical_aid()}; }

absl::StatusOr<AddedContent> AddHolder(Transaction& transaction, const Sha256Digest& content_hash,
                                       const ArticleKey& key, uint32_t revision, uint64_t sequence, size_t size,
                                       absl::FunctionRef<std::string()> encoded_body) {
  const RecordKey content_key = RecordKey::OfContent(content_hash);
  StateRecord& state = transaction.state();
  ASSIGN_OR_RETURN(std::optional<ContentRecord> content, transaction.GetRecord<ContentRecord>(content_key));
  const bool is_new = !content.has_value();
  const uint64_t body_id = is_new ? sequence : content->body_id();
  const RecordKey holder_key = RecordKey::OfHolder(body_id, key);
  std::optional<HolderRecord> holder;
  if (is_new) {
    std::string stored = encoded_body();
    content.emplace();
    SetCanonical(key, *content);
    content->set_body_id(body_id);
    content->set_size(size);
    content->set_stored_size(stored.size());
    transaction.Put(RecordKey::OfBody(body_id), std::move(stored));
    state.set_bodies(state.bodies() + 1);
    state.set_unique_text_bytes(state.unique_text_bytes() + size);
    state.set_stored_text_bytes(state.stored_text_bytes() + content->stored_size());
  } else {
    ASSIGN_OR_RETURN(holder, transaction.GetRecord<HolderRecord>(holder_key));
  }
  if (!holder.has_value()) {
    holder.emplace();
    holder->set_first_sequence(sequence);
    content->set_reference_count(content->reference_count() + 1);
    transaction.PutRecord(content_key, *content);
  }
  holder->set_revision(revision);
  holder->set_revision_count(holder->revision_count() + 1);
  transaction.PutRecord(holder_key, *holder);
  state.set_text_bytes(state.text_bytes() + size);
  return AddedContent{CanonicalOf(*content), body_id, is_new};
}

absl::Status RemoveHolder(Transaction& transaction, const Sha256Digest& content_hash, const ArticleKey& key) {
  const RecordKey content_key = RecordKey::OfContent(content_hash);
  StateRecord& state = transaction.state();
  ASSIGN_OR_RETURN(std::optional<ContentRecord> content, transaction.GetRecord<ContentRecord>(content_key));
  if (!content.has_value()) return RecordDatabase::MalformedRecord(content_key.bytes());
  const RecordKey holder_key = RecordKey::OfHolder(content->body_id(), key);
  ASSIGN_OR_RETURN(const std::optional<HolderRecord> holder, transaction.GetRecord<HolderRecord>(holder_key));
  if (!holder.has_value()) return RecordDatabase::MalformedRecord(holder_key.bytes());

  transaction.Delete(holder_key);
  state.set_text_bytes(state.text_bytes() - content->size() * holder->revision_count());
  if (content->reference_count() <= 1) {
    transaction.Delete(content_key);
    transaction.Delete(RecordKey::OfBody(content->body_id()));
    state.set_bodies(state.bodies() - 1);
    state.set_unique_text_bytes(state.unique_text_bytes() - content->size());
    state.set_stored_text_bytes(state.stored_text_bytes() - content->stored_size());
    return absl::OkStatus();
  }
  content->set_reference_count(content->reference_count() - 1);
  if (CanonicalOf(*content) == key) {
    ASSIGN_OR_RETURN(const ArticleKey earliest, EarliestHolder(transaction, content->body_id()));
    SetCanonical(earliest, *content);
  }
  transaction.PutRecord(content_key, *content);
  return absl::OkStatus();
}

}  // namespace gisa
