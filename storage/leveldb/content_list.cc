#include "storage/leveldb/content_list.h"

#include <algorithm>

#include "storage/base/status_macros.h"
#include "storage/leveldb/change_value.h"
#include "storage/leveldb/packed_key.h"
#include "storage/leveldb/record_database.h"

namespace gisa {
namespace {

using storage::v1::ContentRecord;

auto HasBody(uint64_t body_id) {
  return [body_id](const ContentRecord& record) { return record.body_id() == body_id; };
}

}  // namespace

absl::StatusOr<ContentList> ContentList::Parse(const Sha256Digest& content_hash,
                                               const std::optional<std::string>& stored) {
  ContentList list(content_hash);
  if (stored.has_value() && (!list.list_.ParseFromString(*stored) || list.empty())) {
    return RecordDatabase::MalformedRecord(RecordKey::OfContent(content_hash).bytes());
  }
  return list;
}

absl::StatusOr<std::optional<Content>> ContentList::Find(ReadRecord read) const {
  for (const ContentRecord& record : list_.contents()) {
    const uint64_t body_id = record.body_id();
    ASSIGN_OR_RETURN(ChangeValue bringer, ParseChange(body_id, read(RecordKey::OfChange(body_id))));
    if (bringer.record.content_hash() != AsBytes(content_hash_)) continue;
    Content content;
    content.body_id = body_id;
    content.size = bringer.record.body_size();
    content.other_holders = record.other_holders();
    content.canonical_changed = record.has_canonical();
    if (content.canonical_changed) {
      std::optional<ArticleKey> key = UnpackKey(record.canonical().key());
      if (!key.has_value()) return RecordDatabase::MalformedRecord(RecordKey::OfContent(content_hash_).bytes());
      content.canonical = *std::move(key);
      content.canonical_holder = record.canonical().holder();
    } else {
      content.canonical = std::move(bringer.key);
      content.canonical_holder.set_first_sequence(body_id);
      content.canonical_holder.set_revision(bringer.record.revision());
      content.canonical_holder.set_revision_count(1);
    }
    return std::optional<Content>(std::move(content));
  }
  return std::optional<Content>();
}

void ContentList::Put(const Content& content) {
  auto& contents = *list_.mutable_contents();
  const auto found = std::find_if(contents.begin(), contents.end(), HasBody(content.body_id));
  ContentRecord& record = found != contents.end() ? *found : *contents.Add();
  record.set_body_id(content.body_id);
  record.set_other_holders(content.other_holders);
  if (!content.canonical_changed) return;
  record.mutable_canonical()->set_key(PackKey(content.canonical));
  *record.mutable_canonical()->mutable_holder() = content.canonical_holder;
}

void ContentList::Remove(uint64_t body_id) {
  auto& contents = *list_.mutable_contents();
  contents.erase(std::remove_if(contents.begin(), contents.end(), HasBody(body_id)), contents.end());
}

absl::StatusOr<std::optional<Content>> FindContent(const Sha256Digest& content_hash, ReadRecord read) {
  ASSIGN_OR_RETURN(const std::optional<std::string> stored, read(RecordKey::OfContent(content_hash)));
  if (!stored.has_value()) return std::optional<Content>();
  ASSIGN_OR_RETURN(const ContentList list, ContentList::Parse(content_hash, stored));
  return list.Find(read);
}

}  // namespace gisa
