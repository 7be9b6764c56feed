#include "tests/storage/archive_walk.h"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

constexpr size_t kMaxPausedExports = 4;
constexpr size_t kMaxAtOnce = 12;
constexpr size_t kStepsBetweenFullComparisons = 500;

}  // namespace

ArchiveWalk::ArchiveWalk(ArchiveDriver& driver, uint64_t seed) : driver_(driver), seed_(seed), random_(seed) {}

const std::vector<ArchiveWalk::Action>& ArchiveWalk::Actions() {
  static const std::vector<Action> kActions = {
      {"ingest", 200, &ArchiveWalk::Ingest},
      {"recrawl", 80, &ArchiveWalk::Recrawl},
      {"revise", 120, &ArchiveWalk::Revise},
      {"delete", 80, &ArchiveWalk::Delete},
      {"undelete", 50, &ArchiveWalk::Undelete},
      {"ingest at once", 20, &ArchiveWalk::IngestAtOnce},
      {"get", 100, &ArchiveWalk::Get},
      {"get by content hash", 50, &ArchiveWalk::GetByContentHash},
      {"list revisions", 50, &ArchiveWalk::ListRevisions},
      {"find missing", 50, &ArchiveWalk::FindMissing},
      {"start export", 30, &ArchiveWalk::StartExport},
      {"resume export", 90, &ArchiveWalk::ResumeExport},
      {"search", 100, &ArchiveWalk::Search},
      {"reopen", 4, &ArchiveWalk::Reopen},
      {"compact", 2, &ArchiveWalk::Compact},
      {"crash", 6, &ArchiveWalk::Crash},
  };
  return kActions;
}

void ArchiveWalk::Run(size_t steps) {
  size_t weights = 0;
  for (const Action& action : Actions()) weights += action.weight;
  for (size_t step = 1; step <= steps; ++step) {
    size_t choice = random_.Below(weights);
    auto action = Actions().begin();
    while (choice >= action->weight) choice -= action++->weight;
    (this->*action->run)();
    Comparison().Stats();
    if (step % kStepsBetweenFullComparisons == 0 || step == steps) Comparison().Everything();
    ASSERT_FALSE(::testing::Test::HasFailure()) << "at step " << step << ", " << action->name << ", of seed " << seed_;
  }
}

void ArchiveWalk::Ingest() {
  IngestCommand command;
  command.article = random_.MakeArticle(random_.Key());
  if (random_.OneIn(4)) command.stated_content_hash = Sha256(random_.OneIn(4) ? "another" : command.article.body);
  Ingest(std::move(command));
}

void ArchiveWalk::Recrawl() {
  const absl::StatusOr<StoredArticle> current = model_.Get(KnownKey(), 0, View::kFull);
  if (!current.ok()) return;
  IngestCommand command;
  command.article = current->article;
  command.article.crawled_at = random_.CrawledAt();
  Ingest(std::move(command));
}

void ArchiveWalk::Revise() {
  const absl::StatusOr<StoredArticle> current = model_.Get(KnownKey(), 0, View::kFull);
  if (!current.ok()) return;
  IngestCommand command;
  command.article = current->article;
  random_.Revise(command.article);
  Ingest(std::move(command));
}

void ArchiveWalk::Delete() {
  const ArticleKey key = random_.OneIn(4) ? random_.Key() : KnownKey();
  const std::string reason = absl::StrCat("reason ", random_.Below(10));
  const bool was_live = model_.Get(key, 0, View::kBasic).ok();
  const absl::StatusOr<DeleteResult> actual = DeleteAndWait(driver_.archive(), key, reason);
  absl::StatusOr<DeleteResult> expected = model_.Delete(key, reason);
  if (was_live && actual.ok()) {
    model_.LearnDeletedAt(key, actual->deleted_at);
    expected->deleted_at = actual->deleted_at;
  }
  ArchiveComparison::Compare(actual, expected);
  Comparison().Get(key, 0, View::kFull);
}

void ArchiveWalk::Undelete() {
  IngestCommand command;
  ArticleKey key = KnownKey();
  for (int tries = 0; tries < 5 && model_.Get(key, 0, View::kBasic).ok(); ++tries) key = KnownKey();
  command.article = random_.MakeArticle(key);
  command.undelete = true;
  Ingest(std::move(command));
}

// Commands that do not wait for each other share a commit, and must see each other.
void ArchiveWalk::IngestAtOnce() {
  struct Answer {
    IngestCommand command;
    absl::StatusOr<IngestResult> ingested = absl::UnknownError("not answered");
    absl::StatusOr<DeleteResult> deleted = absl::UnknownError("not answered");
    bool is_delete = false;
  };
  std::vector<Answer> answers(2 + random_.Below(kMaxAtOnce));
  const std::vector<ArticleKey> keys = {random_.Key(), random_.Key(), random_.Key()};
  for (Answer& answer : answers) {
    answer.command.article = random_.MakeArticle(random_.OneOf(keys));
    answer.command.undelete = random_.OneIn(3);
    answer.is_delete = random_.OneIn(4);
  }
  absl::BlockingCounter waiting(static_cast<int>(answers.size()));
  for (Answer& answer : answers) {
    if (answer.is_delete) {
      driver_.archive().Delete(answer.command.article.key, "at once", [&](absl::StatusOr<DeleteResult> result) {
        answer.deleted = std::move(result);
        waiting.DecrementCount();
      });
    } else {
      driver_.archive().Ingest(answer.command, [&](absl::StatusOr<IngestResult> result) {
        answer.ingested = std::move(result);
        waiting.DecrementCount();
      });
    }
  }
  waiting.Wait();
  for (const Answer& answer : answers) {
    const ArticleKey& key = answer.command.article.key;
    if (!answer.is_delete) {
      ArchiveComparison::Compare(answer.ingested, model_.Ingest(answer.command));
      continue;
    }
    const bool was_live = model_.Get(key, 0, View::kBasic).ok();
    absl::StatusOr<DeleteResult> expected = model_.Delete(key, "at once");
    if (was_live && answer.deleted.ok()) {
      model_.LearnDeletedAt(key, answer.deleted->deleted_at);
      expected->deleted_at = answer.deleted->deleted_at;
    }
    ArchiveComparison::Compare(answer.deleted, expected);
  }
  for (const ArticleKey& key : keys) LearnTimes(key);
  for (const ArticleKey& key : keys) Comparison().Get(key, 0, View::kFull);
}

void ArchiveWalk::Get() {
  const ArticleKey key = random_.OneIn(4) ? random_.Key() : KnownKey();
  Comparison().Get(key, static_cast<uint32_t>(random_.Below(8)), SomeView());
}

void ArchiveWalk::GetByContentHash() { Comparison().GetByContentHash(SomeContentHash(), SomeView()); }

void ArchiveWalk::ListRevisions() {
  Comparison().ListRevisions(KnownKey(), static_cast<uint32_t>(random_.Below(10)), random_.Below(5));
}

void ArchiveWalk::FindMissing() {
  std::vector<Sha256Digest> content_hashes(random_.Below(4));
  for (Sha256Digest& content_hash : content_hashes) content_hash = SomeContentHash();
  std::vector<KeyedHash> articles(random_.Below(4));
  for (KeyedHash& article : articles) article = {KnownKey(), SomeContentHash()};
  for (KeyedHash& article : articles) {
    const auto current = model_.Get(article.key, 0, View::kBasic);
    if (current.ok() && random_.OneIn(2)) article.content_hash = current->content_hash;
  }
  Comparison().FindMissing(content_hashes, articles);
}

void ArchiveWalk::StartExport() {
  PausedExport started;
  for (size_t oids = random_.OneIn(2) ? 0 : random_.Below(4); oids > 0; --oids) {
    started.filter.oids.push_back(random_.Oid());
  }
  if (random_.OneIn(3)) started.filter.published_after = random_.PublishedAt();
  if (random_.OneIn(3)) started.filter.published_before = random_.PublishedAt();
  started.order = random_.OneIn(2) ? ExportOrder::kKey : ExportOrder::kPublishedAt;
  started.view = SomeView();
  started.cursor = driver_.archive().StartExport();
  EXPECT_EQ(started.cursor.as_of_sequence, model_.Stats().last_sequence);
  if (exports_.size() == kMaxPausedExports) exports_.erase(exports_.begin());
  exports_.push_back(std::move(started));
  ResumeExport();
}

void ArchiveWalk::ResumeExport() {
  if (exports_.empty()) return;
  const size_t i = random_.Below(exports_.size());
  PausedExport& paused = exports_[i];
  const size_t max_bytes = random_.OneIn(3) ? 1 + random_.Below(2000) : std::numeric_limits<size_t>::max();
  const ExportPage page =
      Comparison().Export(paused.filter, paused.order, paused.view, paused.cursor, 1 + random_.Below(12), max_bytes);
  if (page.done) {
    exports_.erase(exports_.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
  paused.cursor = page.next;
  if (page.articles.empty() || random_.OneIn(2)) return;
  // As one does whose connection broke within the page.
  const Article& last = random_.OneOf(page.articles).article;
  paused.cursor.last_key = last.key;
  paused.cursor.last_published_at = last.published_at;
}

void ArchiveWalk::Search() {
  SearchQuery query;
  query.text = random_.Query();
  query.order = random_.OneOf<SearchOrder>({SearchOrder::kRelevance, SearchOrder::kNewest, SearchOrder::kOldest});
  query.limit = 1 + random_.Below(40);
  query.with_body = random_.OneIn(2);
  Comparison().Search(query);
}

void ArchiveWalk::Reopen() {
  const absl::Status status = driver_.Reopen();
  ASSERT_TRUE(status.ok()) << status;
  Comparison().Everything();
  Search();
}

void ArchiveWalk::Compact() {
  const absl::Status status = driver_.Compact();
  ASSERT_TRUE(status.ok()) << status;
  Comparison().Everything();
}

void ArchiveWalk::Crash() {
  const absl::Status status = driver_.Crash();
  ASSERT_TRUE(status.ok()) << status;
  Comparison().Everything();
  Search();
}

void ArchiveWalk::Ingest(IngestCommand command) {
  const ArticleKey key = command.article.key;
  const absl::StatusOr<IngestResult> expected = model_.Ingest(command);
  ArchiveComparison::Compare(IngestAndWait(driver_.archive(), std::move(command)), expected);
  if (expected.ok() && expected->outcome != Outcome::kUnchanged) LearnTimes(key);
  Comparison().Get(key, 0, View::kFull);
}

void ArchiveWalk::LearnTimes(const ArticleKey& key) {
  const auto revisions = driver_.archive().ListRevisions(key, 0, kMaxAtOnce + 2);
  if (!revisions.ok()) return;
  for (const StoredArticle& revision : *revisions) {
    model_.LearnIngestedAt(key, revision.revision, revision.ingested_at);
  }
}

ArticleKey ArchiveWalk::KnownKey() {
  const std::vector<ArticleKey> keys = model_.Keys();
  return keys.empty() ? random_.Key() : random_.OneOf(keys);
}

Sha256Digest ArchiveWalk::SomeContentHash() {
  const auto revisions = model_.ListRevisions(KnownKey(), 0, std::numeric_limits<size_t>::max());
  if (!revisions.ok() || random_.OneIn(5)) return Sha256(random_.Body());
  return random_.OneOf(*revisions).content_hash;
}

}  // namespace gisa
