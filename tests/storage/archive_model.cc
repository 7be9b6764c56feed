#include "tests/storage/archive_model.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/text/word_matcher.h"

namespace gisa {
namespace {

absl::Status NotFound(absl::string_view reason) {
  return MakeError(absl::StatusCode::kNotFound, reason, "by the model");
}

bool SameContent(const Article& a, const Article& b) {
  return std::tie(a.title, a.category, a.publisher, a.author, a.url, a.published_at, a.body) ==
         std::tie(b.title, b.category, b.publisher, b.author, b.url, b.published_at, b.body);
}

// An absent time is less than any other.
const std::optional<absl::Time>& Later(const std::optional<absl::Time>& a, const std::optional<absl::Time>& b) {
  return a < b ? b : a;
}

bool Matches(const ExportFilter& filter, const Article& article) {
  if (!filter.oids.empty() && std::count(filter.oids.begin(), filter.oids.end(), article.key.oid) == 0) return false;
  const std::optional<absl::Time>& at = article.published_at;
  if (filter.published_after.has_value() && (!at.has_value() || *at < *filter.published_after)) return false;
  return !filter.published_before.has_value() || (at.has_value() && *at < *filter.published_before);
}

// Where an article stands in an export: absent times last.
std::tuple<absl::Time, bool, ArticleKey> PlaceOf(ExportOrder order, const std::optional<absl::Time>& published_at,
                                                 const ArticleKey& key) {
  if (order == ExportOrder::kKey) return {absl::InfinitePast(), false, key};
  return {published_at.value_or(absl::InfiniteFuture()), !published_at.has_value(), key};
}

}  // namespace

absl::StatusOr<IngestResult> ArchiveModel::Ingest(const IngestCommand& command) {
  const Article& article = command.article;
  const Sha256Digest content_hash = Sha256(article.body);
  if (command.stated_content_hash.has_value() && *command.stated_content_hash != content_hash) {
    return MakeError(absl::StatusCode::kInvalidArgument, "CONTENT_HASH_MISMATCH", "by the model");
  }
  const auto known = articles_.find(article.key);
  const bool is_deleted = known != articles_.end() && known->second.revisions.empty();
  if (is_deleted && !command.undelete) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "ARTICLE_DELETED", "by the model");
  }
  History& history = articles_[article.key];
  const bool is_known_body = CanonicalOf(content_hash) != nullptr;
  Outcome outcome = is_known_body ? Outcome::kDuplicate : Outcome::kCreated;
  std::optional<absl::Time> last_crawled_at = article.crawled_at;
  if (!history.revisions.empty()) {
    StoredArticle& current = history.revisions.rbegin()->second;
    last_crawled_at = Later(last_crawled_at, current.last_crawled_at);
    if (SameContent(current.article, article)) {
      current.last_crawled_at = last_crawled_at;
      return IngestResult{article.key,      Outcome::kUnchanged, current.revision,
                          current.sequence, content_hash,        *CanonicalOf(content_hash)};
    }
    outcome = Outcome::kRevised;
  }
  StoredArticle& revision = history.revisions[++history.last_revision];
  revision.article = article;
  revision.content_hash = content_hash;
  revision.revision = history.last_revision;
  revision.sequence = ++last_sequence_;
  revision.last_crawled_at = last_crawled_at;
  return IngestResult{article.key,       outcome,      revision.revision,
                      revision.sequence, content_hash, *CanonicalOf(content_hash)};
}

absl::StatusOr<DeleteResult> ArchiveModel::Delete(const ArticleKey& key, absl::string_view reason) {
  const auto found = articles_.find(key);
  if (found == articles_.end()) return NotFound("ARTICLE_NOT_FOUND");
  History& history = found->second;
  if (!history.revisions.empty()) {
    history.revisions.clear();
    history.tombstone = {key, ++last_sequence_, absl::InfinitePast(), std::string(reason)};
  }
  return history.tombstone;
}

void ArchiveModel::LearnIngestedAt(const ArticleKey& key, uint32_t revision, absl::Time ingested_at) {
  const auto history = articles_.find(key);
  if (history == articles_.end()) return;
  const auto found = history->second.revisions.find(revision);
  if (found == history->second.revisions.end() || found->second.ingested_at != absl::Time()) return;
  found->second.ingested_at = ingested_at;
}

void ArchiveModel::LearnDeletedAt(const ArticleKey& key, absl::Time deleted_at) {
  articles_.at(key).tombstone.deleted_at = deleted_at;
}

absl::StatusOr<StoredArticle> ArchiveModel::Get(const ArticleKey& key, uint32_t revision, View view) const {
  ASSIGN_OR_RETURN(const History* const history, Find(key));
  if (revision == 0) revision = history->last_revision;
  const auto found = history->revisions.find(revision);
  if (found == history->revisions.end()) return NotFound("REVISION_NOT_FOUND");
  return Show(found->second, view);
}

absl::StatusOr<StoredArticle> ArchiveModel::GetByContentHash(const Sha256Digest& content_hash, View view) const {
  const ArticleKey* const canonical = CanonicalOf(content_hash);
  if (canonical == nullptr) return NotFound("CONTENT_NOT_FOUND");
  const std::map<uint32_t, StoredArticle>& revisions = articles_.at(*canonical).revisions;
  auto newest = revisions.rbegin();
  while (newest->second.content_hash != content_hash) ++newest;
  return Show(newest->second, view);
}

absl::StatusOr<std::vector<StoredArticle>> ArchiveModel::ListRevisions(const ArticleKey& key, uint32_t before,
                                                                       size_t limit) const {
  ASSIGN_OR_RETURN(const History* const history, Find(key));
  std::vector<StoredArticle> listed;
  for (auto revision = history->revisions.rbegin(); revision != history->revisions.rend(); ++revision) {
    const bool is_asked = before == 0 || revision->first < before;
    if (is_asked && listed.size() < limit) listed.push_back(Show(revision->second, View::kBasic));
  }
  return listed;
}

MissingContent ArchiveModel::FindMissing(absl::Span<const Sha256Digest> content_hashes,
                                         absl::Span<const KeyedHash> articles) const {
  MissingContent missing;
  for (const Sha256Digest& content_hash : content_hashes) {
    if (CanonicalOf(content_hash) == nullptr) missing.content_hashes.push_back(content_hash);
  }
  for (const KeyedHash& asked : articles) {
    const absl::StatusOr<StoredArticle> current = Get(asked.key, 0, View::kBasic);
    if (!current.ok() || current->content_hash != asked.content_hash) missing.articles.push_back(asked);
  }
  return missing;
}

std::vector<StoredArticle> ArchiveModel::Export(const ExportFilter& filter, ExportOrder order, View view,
                                                const ExportCursor& cursor) const {
  const bool has_begun = !cursor.last_key.oid.empty();
  const auto last_place = PlaceOf(order, cursor.last_published_at, cursor.last_key);
  std::vector<StoredArticle> exported;
  for (const auto& [key, history] : articles_) {
    auto revision = history.revisions.rbegin();
    while (revision != history.revisions.rend() && revision->second.sequence > cursor.as_of_sequence) ++revision;
    if (revision == history.revisions.rend()) continue;
    const Article& article = revision->second.article;
    if (!Matches(filter, article)) continue;
    if (has_begun && PlaceOf(order, article.published_at, key) <= last_place) continue;
    exported.push_back(Show(revision->second, view));
  }
  std::sort(exported.begin(), exported.end(), [order](const StoredArticle& a, const StoredArticle& b) {
    return PlaceOf(order, a.article.published_at, a.article.key) <
           PlaceOf(order, b.article.published_at, b.article.key);
  });
  return exported;
}

absl::StatusOr<std::vector<StoredArticle>> ArchiveModel::Search(absl::string_view text) const {
  std::vector<WordMatcher> words;
  for (const absl::string_view word : SplitWords(text)) {
    WordMatcher matcher(word);
    if (!matcher.empty()) words.push_back(std::move(matcher));
  }
  if (words.empty()) return MakeError(absl::StatusCode::kInvalidArgument, "INVALID_REQUEST", "by the model");
  std::vector<StoredArticle> found;
  for (const auto& [key, history] : articles_) {
    if (history.revisions.empty()) continue;
    const StoredArticle& current = history.revisions.rbegin()->second;
    const UnitText title(current.article.title);
    const UnitText body(current.article.body);
    const bool matches = std::all_of(
        words.begin(), words.end(), [&](const WordMatcher& word) { return word.Matches(title) || word.Matches(body); });
    if (matches) found.push_back(Show(current, View::kFull));
  }
  return found;
}

ArchiveStats ArchiveModel::Stats() const {
  ArchiveStats stats;
  stats.last_sequence = last_sequence_;
  std::set<Sha256Digest> bodies;
  for (const auto& [key, history] : articles_) {
    if (history.revisions.empty()) {
      ++stats.tombstones;
      continue;
    }
    ++stats.articles;
    ++stats.indexed_documents;
    for (const auto& [number, revision] : history.revisions) {
      const size_t size = revision.article.body.size();
      ++stats.revisions;
      stats.text_bytes += size;
      if (bodies.insert(revision.content_hash).second) stats.unique_text_bytes += size;
    }
  }
  stats.bodies = bodies.size();
  return stats;
}

std::vector<ArticleKey> ArchiveModel::Keys() const {
  std::vector<ArticleKey> keys;
  for (const auto& [key, history] : articles_) keys.push_back(key);
  return keys;
}

absl::StatusOr<const ArchiveModel::History*> ArchiveModel::Find(const ArticleKey& key) const {
  const auto found = articles_.find(key);
  if (found == articles_.end()) return NotFound("ARTICLE_NOT_FOUND");
  if (found->second.revisions.empty()) return NotFound("ARTICLE_DELETED");
  return &found->second;
}

const ArticleKey* ArchiveModel::CanonicalOf(const Sha256Digest& content_hash) const {
  const StoredArticle* earliest = nullptr;
  for (const auto& [key, history] : articles_) {
    for (const auto& [number, revision] : history.revisions) {
      if (revision.content_hash != content_hash) continue;
      if (earliest == nullptr || revision.sequence < earliest->sequence) earliest = &revision;
    }
  }
  return earliest == nullptr ? nullptr : &earliest->article.key;
}

StoredArticle ArchiveModel::Show(StoredArticle revision, View view) const {
  revision.canonical = *CanonicalOf(revision.content_hash);
  if (view == View::kBasic) revision.article.body.clear();
  return revision;
}

}  // namespace gisa
