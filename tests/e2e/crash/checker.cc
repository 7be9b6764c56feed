#include "tests/e2e/crash/checker.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "client/export_reader.h"
#include "storage/base/errors.h"
#include "tests/support/api_articles.h"

namespace gisa::crash {
namespace {

// Bodies of the writers that are so long are like nothing but copies of themselves.
constexpr size_t kLeastComparedBytes = 400;

v1::GetRequest GetOf(const v1::ArticleKey& key) {
  v1::GetRequest request;
  *request.mutable_key() = key;
  return request;
}

// Where it stands in an export by published_at: absent ones last.
std::tuple<bool, int64_t, std::string, std::string> PlaceOf(const v1::Article& article) {
  return {!article.has_published_at(), article.published_at().seconds(), article.oid(), article.aid()};
}

}  // namespace

Checker::Checker(const std::string& address, const std::vector<std::unique_ptr<Writer>>& writers, Report* report)
    : client_(ArchiveClient::Connect({.address = address}).value()), writers_(writers), report_(*report) {}

void Checker::CheckAll() {
  for (const auto& writer : writers_) {
    std::map<std::string, History>& histories = writer->ledger().histories;
    for (const std::string& aid : writer->ledger().touched) {
      History& history = histories[aid];
      if (history.doubt.has_value()) Settle(ApiKey(writer->oid(), aid), history);
      if (history.versions.empty()) histories.erase(aid);
    }
  }
  FindHolders();
  for (const auto& writer : writers_) {
    Ledger& ledger = writer->ledger();
    for (const std::string& aid : ledger.touched) {
      const auto history = ledger.histories.find(aid);
      if (history == ledger.histories.end()) continue;
      const v1::ArticleKey key = ApiKey(writer->oid(), aid);
      history->second.deleted ? CheckDeleted(key, history->second) : CheckKey(key, history->second);
    }
    ledger.touched.clear();
  }
  CheckExport(v1::EXPORT_ORDER_KEY);
  CheckExport(v1::EXPORT_ORDER_PUBLISHED_AT);
  CheckStats();
}

void Checker::Settle(const v1::ArticleKey& key, History& history) {
  const Doubt doubt = *std::move(history.doubt);
  history.doubt.reset();
  if (doubt.is_deletion) return SettleDeletion(key, history);
  const absl::StatusOr<v1::GetResponse> found = client_->Get(GetOf(key));
  if (!found.ok()) {
    report_.Expect(ErrorReason(found.status()) == "ARTICLE_NOT_FOUND" && history.versions.empty(), KeyText(key), ": ",
                   found.status().ToString());
    return;
  }
  const v1::Article& article = found->article();
  const bool is_recrawl = !history.versions.empty() && history.versions.back().article.title() == doubt.article.title();
  if (!is_recrawl && article.revision() == history.versions.size() + 1) {
    history.versions.push_back({doubt.article, article.sequence()});
  } else if (is_recrawl && article.last_crawled_at().seconds() == doubt.article.crawled_at().seconds()) {
    history.versions.back().article = doubt.article;
  }
}

void Checker::SettleDeletion(const v1::ArticleKey& key, History& history) {
  const absl::StatusOr<v1::GetResponse> found = client_->Get(GetOf(key));
  if (found.ok()) return;
  report_.Expect(ErrorReason(found.status()) == "ARTICLE_DELETED", KeyText(key), ": ", found.status().ToString());
  v1::DeleteRequest again;  // returns the tombstone
  *again.mutable_key() = key;
  const absl::StatusOr<v1::DeleteResponse> tombstone = client_->Delete(again);
  report_.Expect(tombstone.ok(), KeyText(key), ": ", tombstone.status().ToString());
  history.deleted = true;
  if (tombstone.ok()) history.deletion_sequence = tombstone->sequence();
}

void Checker::FindHolders() {
  for (const auto& writer : writers_) {
    for (const auto& [aid, history] : writer->ledger().histories) {
      if (!history.IsLive()) continue;
      for (const Version& version : history.versions) {
        const FirstHolder holder = {version.sequence, KeyText(version.article)};
        const auto [known, is_new] = holders_.try_emplace(HashOf(version.article.body()), holder);
        if (!is_new) known->second = std::min(known->second, holder);
      }
    }
  }
}

void Checker::CheckArticle(const v1::Article& article, const History& history, size_t version) {
  const v1::Article& sent = history.versions[version].article;
  const std::string what = absl::StrCat(KeyText(sent), " revision ", version + 1);
  report_.Expect(article.oid() == sent.oid() && article.aid() == sent.aid(), what, " is another article");
  report_.Expect(article.revision() == version + 1, what, " is revision ", article.revision());
  report_.Expect(article.sequence() == history.versions[version].sequence, what, " has sequence ", article.sequence());
  report_.Expect(article.title() == sent.title() && article.publisher() == sent.publisher(), what, " is not as sent");
  report_.Expect(article.published_at().seconds() == sent.published_at().seconds(), what, " has another time");
  report_.Expect(article.body() == sent.body(), what, " has another body");
  const std::string hash = HashOf(sent.body());
  report_.Expect(article.content_hash() == hash, what, " has another hash");
  report_.Expect(KeyText(article.canonical()) == holders_[hash].second, what, " has the canonical ",
                 KeyText(article.canonical()), " instead of ", holders_[hash].second);
  if (version + 1 < history.versions.size()) return;
  report_.Expect(article.last_crawled_at().seconds() == sent.crawled_at().seconds(), what, " forgot a crawl");
}

void Checker::CheckKey(const v1::ArticleKey& key, const History& history) {
  v1::ListRevisionsRequest list;
  *list.mutable_key() = key;
  list.set_page_size(1000);
  const absl::StatusOr<v1::ListRevisionsResponse> listed = client_->ListRevisions(list);
  const int count = static_cast<int>(history.versions.size());
  report_.Expect(listed.ok() && listed->revisions_size() == count, KeyText(key),
                 " has other revisions: ", listed.status().ToString());
  for (size_t version = 0; version < history.versions.size(); ++version) {
    v1::GetRequest request = GetOf(key);
    request.set_revision(static_cast<uint32_t>(version + 1));
    const absl::StatusOr<v1::GetResponse> found = client_->Get(request);
    report_.Expect(found.ok(), KeyText(key), " revision ", version + 1, ": ", found.status().ToString());
    if (found.ok()) CheckArticle(found->article(), history, version);
    const bool is_current = version + 1 == history.versions.size();
    const std::string word = UniqueWord(history.versions[version].article);
    report_.Expect(CountHits(word) == (is_current ? 1 : 0), word, " of ", KeyText(key), " is ",
                   is_current ? "not found" : "found, though superseded");
  }
  const v1::Article& current = history.versions.back().article;
  // A word of the body beside the title's: both are in the index.
  const std::string in_both = absl::StrCat(UniqueWord(current), " 본문이다");
  report_.Expect(CountHits(in_both) == 1, in_both, " of ", KeyText(key), " is not found");

  if (current.body().size() >= kLeastComparedBytes) CheckNearCopy(current);

  v1::GetRequest by_hash;
  by_hash.set_content_hash(HashOf(current.body()));
  const absl::StatusOr<v1::GetResponse> holder = client_->Get(by_hash);
  report_.Expect(holder.ok(), "the body of ", KeyText(key), ": ", holder.status().ToString());
  if (!holder.ok()) return;
  report_.Expect(holder->article().body() == current.body(), "the body of ", KeyText(key), " is another");
  report_.Expect(KeyText(holder->article()) == holders_[by_hash.content_hash()].second, "the body of ", KeyText(key),
                 " is given as that of ", KeyText(holder->article()));
}

void Checker::CheckDeleted(const v1::ArticleKey& key, const History& history) {
  const absl::StatusOr<v1::GetResponse> found = client_->Get(GetOf(key));
  report_.Expect(ErrorReason(found.status()) == "ARTICLE_DELETED", KeyText(key), " is not deleted");
  for (const Version& version : history.versions) {
    const std::string word = UniqueWord(version.article);
    report_.Expect(CountHits(word) == 0, word, " of ", KeyText(key), " is found, though deleted");
  }
}

void Checker::CheckNearCopy(const v1::Article& article) {
  v1::FindDuplicatesRequest request;
  request.set_text(absl::StrCat(article.body(), " 한 문장이 더 있다."));
  const absl::StatusOr<v1::FindDuplicatesResponse> response = client_->FindDuplicates(request);
  report_.Expect(response.ok(), "a near copy of ", KeyText(article), ": ", response.status().ToString());
  if (!response.ok()) return;
  const auto& found = response->duplicates();
  const bool is_found = std::any_of(found.begin(), found.end(), [&article](const v1::Duplicate& duplicate) {
    return duplicate.relation() == v1::DUPLICATE_RELATION_NEAR && KeyText(duplicate.article()) == KeyText(article);
  });
  report_.Expect(is_found, "a near copy of ", KeyText(article), " does not find it");
}

uint64_t Checker::CountHits(const std::string& query) {
  v1::SearchRequest request;
  request.set_query(query);
  const absl::StatusOr<v1::SearchResponse> response = client_->Search(request);
  report_.Expect(response.ok(), "search for ", query, ": ", response.status().ToString());
  return response.ok() ? response->total_hits() : UINT64_MAX;
}

void Checker::CheckExport(v1::ExportOrder order) {
  std::map<std::string, const History*> expected;
  for (const auto& writer : writers_) {
    for (const auto& [aid, history] : writer->ledger().histories) {
      if (history.IsLive()) expected[KeyText(ApiKey(writer->oid(), aid))] = &history;
    }
  }
  v1::ExportRequest request;
  request.set_order(order);
  request.set_view(v1::ARTICLE_VIEW_FULL);
  ExportReader reader(client_.get(), request);
  v1::Article last;
  while (true) {
    const absl::StatusOr<std::optional<v1::Article>> next = reader.Next();
    report_.Expect(next.ok(), "export: ", next.status().ToString());
    if (!next.ok() || !next->has_value()) break;
    const v1::Article& article = **next;
    const auto known = expected.find(KeyText(article));
    if (known == expected.end()) {
      report_.Expect(false, "the export has ", KeyText(article), " twice, or it never was, or is deleted");
      continue;
    }
    CheckArticle(article, *known->second, known->second->versions.size() - 1);
    const bool in_order = order == v1::EXPORT_ORDER_KEY
                              ? std::tie(last.oid(), last.aid()) < std::tie(article.oid(), article.aid())
                              : last.oid().empty() || PlaceOf(last) < PlaceOf(article);
    report_.Expect(in_order, "the export has ", KeyText(article), " after ", KeyText(last));
    last = article;
    expected.erase(known);
  }
  for (const auto& [key, history] : expected) report_.Expect(false, "the export lacks ", key);
}

void Checker::CheckStats() {
  v1::GetStatsResponse scanned;
  std::set<uint64_t> sequences;
  std::set<std::string> bodies;
  for (const auto& writer : writers_) {
    for (const auto& [aid, history] : writer->ledger().histories) {
      for (const Version& version : history.versions) sequences.insert(version.sequence);
      if (history.deleted) {
        sequences.insert(history.deletion_sequence);
        scanned.set_tombstones(scanned.tombstones() + 1);
        continue;
      }
      scanned.set_articles(scanned.articles() + 1);
      scanned.set_revisions(scanned.revisions() + history.versions.size());
      for (const Version& version : history.versions) {
        const std::string& body = version.article.body();
        scanned.set_text_bytes(scanned.text_bytes() + body.size());
        if (bodies.insert(body).second) scanned.set_unique_text_bytes(scanned.unique_text_bytes() + body.size());
      }
    }
  }
  const absl::StatusOr<v1::GetStatsResponse> stats = client_->GetStats();
  report_.Expect(stats.ok(), "GetStats: ", stats.status().ToString());
  if (!stats.ok()) return;
  const auto equal = [this](const char* what, uint64_t is, uint64_t expected) {
    report_.Expect(is == expected, "GetStats has ", is, " ", what, " instead of ", expected);
  };
  equal("articles", stats->articles(), scanned.articles());
  equal("revisions", stats->revisions(), scanned.revisions());
  equal("bodies", stats->bodies(), bodies.size());
  equal("tombstones", stats->tombstones(), scanned.tombstones());
  equal("text_bytes", stats->text_bytes(), scanned.text_bytes());
  equal("unique_text_bytes", stats->unique_text_bytes(), scanned.unique_text_bytes());
  equal("searchable articles", stats->index().documents(), scanned.articles());
  equal("as its last sequence", stats->last_sequence(), sequences.size());
  report_.Expect(sequences.empty() || *sequences.rbegin() == sequences.size(), "the sequence numbers have gaps");
}

}  // namespace gisa::crash
