#include "storage/leveldb/duplicate_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "leveldb/iterator.h"
#include "storage/base/status_macros.h"
#include "storage/dedup/sketch.h"
#include "storage/leveldb/near_duplicate_finder.h"
#include "storage/leveldb/record_reader.h"

namespace gisa {
namespace {

// So many near copies are found of one body; the answer says when there may be more.
constexpr size_t kMaxCompared = 256;

struct Subject {
  std::string body;
  Sha256Digest content_hash = {};
  std::optional<ArticleKey> key;  // left out of the answer
};

absl::StatusOr<Subject> FindSubject(const RecordReader& reader, const DuplicateQuery& query) {
  if (const auto* const text = std::get_if<std::string>(&query.about)) return Subject{*text, Sha256(*text), {}};
  const auto* const key = std::get_if<ArticleKey>(&query.about);
  absl::StatusOr<StoredArticle> article =
      key != nullptr ? reader.Get(*key, 0, View::kFull)
                     : reader.GetByContentHash(std::get<Sha256Digest>(query.about), View::kFull);
  RETURN_IF_ERROR(article.status());
  Subject subject;
  subject.body = std::move(article->article.body);
  subject.content_hash = article->content_hash;
  if (key != nullptr) subject.key = *key;
  return subject;
}

Duplicate ExactDuplicate(StoredArticle article) {
  Duplicate duplicate;
  duplicate.match.key = article.article.key;
  duplicate.match.similarity = 1;
  duplicate.match.containment = 1;
  duplicate.article = std::move(article);
  return duplicate;
}

// The articles whose current revision has the body, by key, from the first after `after` on, until there are `limit`.
class ExactReader {
 public:
  ExactReader(const RecordReader& reader, const RecordDatabase& database, const Subject& subject)
      : reader_(reader), database_(database), subject_(subject) {}

  absl::Status Read(const std::optional<ArticleKey>& after, size_t limit, std::vector<Duplicate>* out) const {
    ASSIGN_OR_RETURN(const std::optional<Content> content, reader_.GetContent(subject_.content_hash));
    if (!content.has_value()) return absl::OkStatus();
    // The canonical one has no holder entry: it comes where its key belongs.
    std::optional<ArticleKey> canonical = content->canonical;
    if (after.has_value() && !(*after < *canonical)) canonical.reset();
    const uint64_t body_id = content->body_id;
    const RecordKey all = RecordKey::HoldersOf(body_id);
    const auto iterator = reader_.view().NewIterator();
    iterator->Seek(after.has_value() ? RecordKey::OfHolder(body_id, *after).Next().slice() : all.slice());
    for (; iterator->Valid() && out->size() < limit; iterator->Next()) {
      const absl::string_view bytes(iterator->key().data(), iterator->key().size());
      if (!absl::StartsWith(bytes, all.bytes())) break;
      const std::optional<ArticleKey> holder = DecodeHolderKey(bytes);
      if (!holder.has_value()) return RecordDatabase::MalformedRecord(bytes);
      if (canonical.has_value() && *canonical < *holder) {
        RETURN_IF_ERROR(AddCurrent(*canonical, out));
        canonical.reset();
      }
      if (out->size() < limit) RETURN_IF_ERROR(AddCurrent(*holder, out));
    }
    RETURN_IF_ERROR(database_.IteratorError(*iterator, "read the holders of a body"));
    if (canonical.has_value() && out->size() < limit) return AddCurrent(*canonical, out);
    return absl::OkStatus();
  }

 private:
  absl::Status AddCurrent(const ArticleKey& key, std::vector<Duplicate>* out) const {
    if (key == subject_.key) return absl::OkStatus();
    absl::StatusOr<StoredArticle> article = reader_.Get(key, 0, View::kBasic);
    RETURN_IF_ERROR(article.status());
    if (article->content_hash == subject_.content_hash) out->push_back(ExactDuplicate(*std::move(article)));
    return absl::OkStatus();
  }

  const RecordReader& reader_;
  const RecordDatabase& database_;
  const Subject& subject_;
};

}  // namespace

absl::StatusOr<DuplicatePage> ReadDuplicatePage(const NearIndex& index, const RecordDatabase& database,
                                                const DuplicateQuery& query, const SearchControl& control) {
  const RecordReader reader(database);
  ASSIGN_OR_RETURN(const Subject subject, FindSubject(reader, query));
  DuplicatePage page;
  std::vector<Duplicate>& found = page.duplicates;
  // One more than fits, which says that there is a next page.
  const size_t wanted = query.limit + 1;
  if (!query.after.has_value() || query.after->relation == DuplicateRelation::kExact) {
    const std::optional<ArticleKey> after =
        query.after.has_value() ? std::optional<ArticleKey>(query.after->key) : std::nullopt;
    RETURN_IF_ERROR(ExactReader(reader, database, subject).Read(after, wanted, &found));
  }
  if (found.size() < wanted) {
    thread_local Sketcher sketcher;
    const Sketcher::Sketches sketches = sketcher.MakeBoth(subject.body);
    NearQuery near;
    near.body = subject.body;
    near.content_hash = subject.content_hash;
    near.kept = &sketches.kept;
    near.asked = &sketches.asked;
    near.min_similarity = query.min_similarity;
    near.max_compared = kMaxCompared;
    ASSIGN_OR_RETURN(NearDuplicates others, FindNearDuplicates(index, database, near, control));
    page.is_complete = others.is_complete;
    std::sort(others.found.begin(), others.found.end(),
              [](const Duplicate& a, const Duplicate& b) { return RanksBefore(a.match, b.match); });
    for (Duplicate& other : others.found) {
      if (query.after.has_value() && !(*query.after < DuplicateCursor::At(other.match))) continue;
      if (found.size() < wanted) found.push_back(std::move(other));
    }
  }
  if (found.size() == wanted) {
    found.pop_back();
    page.next = DuplicateCursor::At(found.back().match);
  }
  return page;
}

}  // namespace gisa
