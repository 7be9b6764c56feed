#include "tests/e2e/crash/writer.h"

#include <deque>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "client/ingest_uploader.h"

namespace gisa::crash {
namespace {

// Bodies that all writers share, so that they are copies of each other's.
constexpr uint64_t kSharedBodies = 50;

std::unique_ptr<ArchiveClient> Connect(const std::string& address) {
  ArchiveClientOptions options;
  options.address = address;
  options.retry.max_attempts = 1;  // what is not answered is in doubt
  return ArchiveClient::Connect(options).value();
}

// CANCELLED: gRPC cuts what comes in the moment in which the server closes its port.
bool SaysServerIsGone(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kCancelled;
}

}  // namespace

void Writer::WriteUnary(const std::string& address) {
  const std::unique_ptr<ArchiveClient> client = Connect(address);
  while (true) {
    if (OneIn(12) && !DeleteOne(client.get())) return;
    v1::IngestRequest request;
    *request.mutable_article() = NextArticle();
    const absl::StatusOr<v1::IngestResponse> response = client->Ingest(request);
    if (!response.ok()) {
      NoteAnswer(request.article(), response.status());
      return;
    }
    NoteAnswer(request.article(), response->result());
  }
}

void Writer::WriteStream(const std::string& address) {
  const std::unique_ptr<ArchiveClient> client = Connect(address);
  absl::Mutex mutex;
  std::deque<v1::Article> sent;  // and not answered; answers come in order
  IngestUploaderOptions options;
  options.max_items_in_flight = 64;
  options.patience = absl::ZeroDuration();
  IngestUploader uploader(client.get(), options, [&](uint64_t, const absl::StatusOr<v1::IngestResult>& answer) {
    absl::MutexLock lock(&mutex);
    NoteAnswer(sent.front(), answer);
    sent.pop_front();
  });
  absl::Status status;
  while (status.ok()) {
    v1::Article article;
    {
      absl::MutexLock lock(&mutex);
      article = NextArticle();
      sent.push_back(article);
    }
    status = uploader.Add(std::move(article));
  }
}

v1::Article Writer::NextArticle() {
  const v1::Article* const known = OneIn(3) ? SomeArticle() : nullptr;
  v1::Article article;
  if (known == nullptr) {
    article.set_oid(oid_);
    article.set_aid(absl::StrCat(++articles_));
    article.set_title(NextTitle());
    article.set_body(NextBody());
    article.set_publisher("한빛신문");
    if (!OneIn(8)) article.mutable_published_at()->set_seconds(1767000000 + static_cast<int64_t>(random_() % 1000));
    article.mutable_crawled_at()->set_seconds(1767074996);
  } else {
    article = *known;
    article.mutable_crawled_at()->set_seconds(article.crawled_at().seconds() + 60);
    if (!OneIn(3)) {  // else it is crawled again, and the same
      article.set_title(NextTitle());
      if (OneIn(2)) article.set_body(NextBody());
    }
  }
  ledger_.histories[article.aid()].doubt = Doubt{false, article};
  ledger_.touched.insert(article.aid());
  return article;
}

const v1::Article* Writer::SomeArticle() {
  for (int i = 0; i < 8 && articles_ > 0; ++i) {
    const auto found = ledger_.histories.find(absl::StrCat(1 + random_() % articles_));
    if (found == ledger_.histories.end() || !found->second.IsLive() || found->second.doubt.has_value()) continue;
    return &found->second.versions.back().article;
  }
  return nullptr;
}

std::string Writer::NextBody() {
  if (OneIn(3)) return absl::StrCat("여러 신문이 함께 실은 ", random_() % kSharedBodies, "번째 본문이다.");
  std::string body = absl::StrCat(oid_, "의 기사로 ", random_(), "이 들어 있는 본문이다.");
  const uint64_t sentences = random_() % 20;
  for (uint64_t i = 0; i < sentences; ++i) absl::StrAppend(&body, " 문장 ", random_(), "이 이어진다.");
  return body;
}

std::string Writer::NextTitle() { return absl::StrCat("시험 기사 ", oid_, "v", ++versions_, "v"); }

void Writer::NoteAnswer(const v1::Article& sent, const absl::StatusOr<v1::IngestResult>& answer) {
  if (!answer.ok()) {
    report_.Expect(SaysServerIsGone(answer.status()), oid_, "/", sent.aid(), " was answered ",
                   answer.status().ToString());
    return;  // and stays in doubt
  }
  History& history = ledger_.histories[sent.aid()];
  history.doubt.reset();
  const bool is_recrawl = !history.versions.empty() && history.versions.back().article.title() == sent.title();
  if (is_recrawl) {
    history.versions.back().article = sent;
  } else {
    history.versions.push_back({sent, answer->sequence()});
  }
  report_.Expect(answer->revision() == history.versions.size(), oid_, "/", sent.aid(), " was answered revision ",
                 answer->revision(), " instead of ", history.versions.size());
  report_.Expect(answer->sequence() == history.versions.back().sequence, oid_, "/", sent.aid(),
                 " was answered another sequence than before");
}

bool Writer::DeleteOne(ArchiveClient* client) {
  const v1::Article* const article = SomeArticle();
  if (article == nullptr) return true;
  History& history = ledger_.histories[article->aid()];
  history.doubt = Doubt{true, *article};
  ledger_.touched.insert(article->aid());
  v1::DeleteRequest request;
  request.mutable_key()->set_oid(oid_);
  request.mutable_key()->set_aid(article->aid());
  request.set_reason("시험");
  const absl::StatusOr<v1::DeleteResponse> response = client->Delete(request);
  if (!response.ok()) {
    report_.Expect(SaysServerIsGone(response.status()), "a deletion of ", oid_, "/", request.key().aid(),
                   " was answered ", response.status().ToString());
    return false;
  }
  history.doubt.reset();
  history.deleted = true;
  history.deletion_sequence = response->sequence();
  return true;
}

}  // namespace gisa::crash
