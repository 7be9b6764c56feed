#include "storage/leveldb/export_reader.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/record_reader.h"
#include "storage/leveldb/slice.h"

namespace gisa {
namespace {

using storage::v1::ArticleRecord;

// A page looks at no more entries than this, however few match.
constexpr size_t kMaxEntriesPerPage = 4096;

// One page in the making.
class PageReader {
 public:
  PageReader(const RecordDatabase& database, const ExportFilter& filter, View view, const ExportCursor& cursor,
             size_t limit, size_t max_bytes)
      : database_(database),
        reader_(database),
        iterator_(reader_.view().NewIterator()),
        filter_(filter),
        view_(view),
        limit_(limit),
        max_bytes_(max_bytes),
        oids_(filter.oids) {
    std::sort(oids_.begin(), oids_.end());
    oids_.erase(std::unique(oids_.begin(), oids_.end()), oids_.end());
    page_.next = cursor;
  }

  absl::StatusOr<ExportPage> InKeyOrder();
  absl::StatusOr<ExportPage> InTimeOrder();

 private:
  // Each returns whether the page has room for more.
  absl::StatusOr<bool> ReadArticles(const RecordKey& prefix);
  absl::StatusOr<bool> ReadTimes(const RecordKey& prefix, std::optional<TimeEntry> (*decode)(absl::string_view));

  bool Full() const {
    return page_.articles.size() >= limit_ || bytes_ >= max_bytes_ || entries_ >= kMaxEntriesPerPage;
  }
  bool PublishedMatches(const std::optional<absl::Time>& published_at) const;
  bool OidMatches(const std::string& oid) const {
    return oids_.empty() || std::binary_search(oids_.begin(), oids_.end(), oid);
  }
  void Add(StoredArticle article);
  // Asked at each entry: the iterator passes over a block that it cannot read, and goes on behind it.
  absl::Status ScanError() const { return database_.IteratorError(*iterator_, "read the next article of an export"); }

  const RecordDatabase& database_;
  const RecordReader reader_;
  const std::unique_ptr<leveldb::Iterator> iterator_;
  const ExportFilter& filter_;
  const View view_;
  const size_t limit_;
  const size_t max_bytes_;
  std::vector<std::string> oids_;  // sorted, distinct

  ExportPage page_;
  size_t bytes_ = 0;
  size_t entries_ = 0;
};

bool PageReader::PublishedMatches(const std::optional<absl::Time>& published_at) const {
  if (filter_.published_after.has_value() && (!published_at.has_value() || *published_at < *filter_.published_after)) {
    return false;
  }
  return !filter_.published_before.has_value() ||
         (published_at.has_value() && *published_at < *filter_.published_before);
}

void PageReader::Add(StoredArticle article) {
  bytes_ += article.article.body.size() + article.article.title.size() + sizeof(StoredArticle);
  page_.articles.push_back(std::move(article));
}

absl::StatusOr<bool> PageReader::ReadArticles(const RecordKey& prefix) {
  const ArticleKey& last = page_.next.last_key;
  const RecordKey resume = RecordKey::OfArticle(last).Next();
  const bool resumes = !last.oid.empty() && resume.bytes() > prefix.bytes();
  iterator_->Seek(resumes ? resume.slice() : prefix.slice());
  for (; iterator_->Valid() && absl::StartsWith(ToView(iterator_->key()), prefix.bytes()); iterator_->Next()) {
    RETURN_IF_ERROR(ScanError());
    if (Full()) return false;
    ++entries_;
    const std::optional<ArticleKey> key = DecodeArticleKey(ToView(iterator_->key()));
    ArticleRecord current;
    if (!key.has_value() ||
        !current.ParseFromArray(iterator_->value().data(), static_cast<int>(iterator_->value().size()))) {
      return RecordDatabase::MalformedRecord(ToView(iterator_->key()));
    }
    ASSIGN_OR_RETURN(const std::optional<ArticleRecord> record,
                     reader_.AsOf(*key, std::move(current), page_.next.as_of_sequence));
    if (record.has_value()) {
      ASSIGN_OR_RETURN(StoredArticle article, reader_.Load(*key, *record, view_));
      if (PublishedMatches(article.article.published_at)) Add(std::move(article));
    }
    page_.next.last_key = *key;
  }
  RETURN_IF_ERROR(ScanError());
  return true;
}

absl::StatusOr<ExportPage> PageReader::InKeyOrder() {
  bool has_room = true;
  if (oids_.empty()) {
    ASSIGN_OR_RETURN(has_room, ReadArticles(RecordKey::AllArticles()));
  }
  for (const std::string& oid : oids_) {
    if (!has_room) break;
    if (oid < page_.next.last_key.oid) continue;
    ASSIGN_OR_RETURN(has_room, ReadArticles(RecordKey::ArticlesOf(oid)));
  }
  page_.done = has_room;
  return std::move(page_);
}

absl::StatusOr<bool> PageReader::ReadTimes(const RecordKey& prefix,
                                           std::optional<TimeEntry> (*decode)(absl::string_view)) {
  for (; iterator_->Valid() && absl::StartsWith(ToView(iterator_->key()), prefix.bytes()); iterator_->Next()) {
    RETURN_IF_ERROR(ScanError());
    if (Full()) return false;
    ++entries_;
    const std::optional<TimeEntry> entry = decode(ToView(iterator_->key()));
    if (!entry.has_value()) return RecordDatabase::MalformedRecord(ToView(iterator_->key()));
    if (filter_.published_before.has_value() &&
        (!entry->published_at.has_value() || *entry->published_at >= *filter_.published_before)) {
      return true;  // and so do all that follow
    }
    if (OidMatches(entry->key.oid) && PublishedMatches(entry->published_at)) {
      const RecordKey article_key = RecordKey::OfArticle(entry->key);
      ASSIGN_OR_RETURN(std::optional<ArticleRecord> current, reader_.view().GetRecord<ArticleRecord>(article_key));
      if (!current.has_value()) return RecordDatabase::MalformedRecord(ToView(iterator_->key()));
      ASSIGN_OR_RETURN(const std::optional<ArticleRecord> record,
                       reader_.AsOf(entry->key, *std::move(current), page_.next.as_of_sequence));
      if (record.has_value()) {
        ASSIGN_OR_RETURN(StoredArticle article, reader_.Load(entry->key, *record, view_));
        // An entry of another revision's published_at is not this revision's place.
        if (article.article.published_at == entry->published_at) Add(std::move(article));
      }
    }
    page_.next.last_key = entry->key;
    page_.next.last_published_at = entry->published_at;
  }
  RETURN_IF_ERROR(ScanError());
  return true;
}

absl::StatusOr<ExportPage> PageReader::InTimeOrder() {
  const bool one_publisher = oids_.size() == 1;
  const RecordKey prefix = one_publisher ? RecordKey::TimesOf(oids_.front()) : RecordKey::AllTimes();
  const ExportCursor& cursor = page_.next;
  if (!cursor.last_key.oid.empty()) {
    const RecordKey last = one_publisher ? RecordKey::OfPublisherTime(cursor.last_published_at, cursor.last_key)
                                         : RecordKey::OfTime(cursor.last_published_at, cursor.last_key);
    iterator_->Seek(last.Next().slice());
  } else if (filter_.published_after.has_value()) {
    const RecordKey first = one_publisher ? RecordKey::TimesFrom(oids_.front(), *filter_.published_after)
                                          : RecordKey::TimesFrom(*filter_.published_after);
    iterator_->Seek(first.slice());
  } else {
    iterator_->Seek(prefix.slice());
  }
  ASSIGN_OR_RETURN(page_.done, ReadTimes(prefix, one_publisher ? DecodePublisherTimeKey : DecodeTimeKey));
  return std::move(page_);
}

}  // namespace

absl::StatusOr<ExportPage> ReadExportPage(const RecordDatabase& database, const ExportFilter& filter, ExportOrder order,
                                          View view, const ExportCursor& cursor, size_t limit, size_t max_bytes) {
  PageReader reader(database, filter, view, cursor, limit, max_bytes);
  return order == ExportOrder::kKey ? reader.InKeyOrder() : reader.InTimeOrder();
}

}  // namespace gisa
