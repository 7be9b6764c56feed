#include "tests/bench/grpc_load.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/types/span.h"
#include "client/ingest_uploader.h"
#include "tests/bench/process_usage.h"
#include "tests/bench/random.h"

namespace gisa {
namespace {

// One call by gRPC's callback API; lives until it is done.
template <typename Request, typename Response>
struct AsyncCall {
  grpc::ClientContext context;
  Request request;
  Response response;
};

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

// Articles made before a load begins, so that they cost it nothing.
std::vector<v1::Article> MakeArticles(const ArticleGenerator& generator, uint64_t begin, uint64_t end) {
  std::vector<v1::Article> articles(end - begin);
  for (uint64_t i = begin; i < end; ++i) articles[i - begin] = generator.Make(i);
  return articles;
}

// Ingests over one stream; latencies[i] becomes that of articles[i].
void Upload(ArchiveClient* client, absl::Span<v1::Article> articles, bool find_near_duplicates, float* latencies) {
  std::vector<absl::Time> given(articles.size());
  IngestUploaderOptions options;
  options.find_near_duplicates = find_near_duplicates;
  IngestUploader uploader(client, options, [&](uint64_t index, const absl::StatusOr<v1::IngestResult>& answer) {
    Check(answer.status());
    latencies[index] = static_cast<float>(absl::ToDoubleMicroseconds(absl::Now() - given[index]));
  });
  for (size_t i = 0; i < articles.size(); ++i) {
    given[i] = absl::Now();
    Check(uploader.Add(std::move(articles[i])));
  }
  Check(uploader.Finish());
}

}  // namespace

LoadResult IngestUnary(ArchiveClient* client, const ArticleGenerator& generator, uint64_t count, int in_flight) {
  using Call = AsyncCall<v1::IngestRequest, v1::IngestResponse>;
  std::vector<v1::Article> articles = MakeArticles(generator, 0, count);
  return RunClosedLoop(count, in_flight, [&](uint64_t index, std::function<void(absl::Status)> done) {
    auto call = std::make_shared<Call>();
    *call->request.mutable_article() = std::move(articles[index]);
    client->stub().async()->Ingest(
        &call->context, &call->request, &call->response,
        [call, client, done = std::move(done)](const grpc::Status& status) { done(client->ToStatus(status)); });
  });
}

LoadResult IngestStreams(ArchiveClient* client, const ArticleGenerator& generator, uint64_t begin, uint64_t end,
                         int streams, bool find_near_duplicates) {
  LoadResult result;
  result.operations = end - begin;
  result.latencies_micros.resize(end - begin);
  std::vector<v1::Article> articles = MakeArticles(generator, begin, end);
  const double cpu_before = UsageOf(getpid()).cpu_seconds;
  const absl::Time start = absl::Now();
  std::vector<std::thread> threads;
  for (int stream = 0; stream < streams; ++stream) {
    const uint64_t from = result.operations * stream / streams;
    const uint64_t to = result.operations * (stream + 1) / streams;
    threads.emplace_back([&, from, to] {
      Upload(client, absl::MakeSpan(articles).subspan(from, to - from), find_near_duplicates,
             result.latencies_micros.data() + from);
    });
  }
  for (std::thread& thread : threads) thread.join();
  result.elapsed = absl::Now() - start;
  result.client_cpu_seconds = UsageOf(getpid()).cpu_seconds - cpu_before;
  std::sort(result.latencies_micros.begin(), result.latencies_micros.end());
  return result;
}

LoadResult GetArticles(ArchiveClient* client, const ArticleGenerator& generator, uint64_t count, int in_flight) {
  using Call = AsyncCall<v1::GetRequest, v1::GetResponse>;
  // Only the keys count; made before, so that they cost the load nothing.
  std::vector<v1::ArticleKey> keys(count);
  for (uint64_t i = 0; i < count; ++i) {
    v1::Article article = generator.Make(i);
    keys[i].set_oid(std::move(*article.mutable_oid()));
    keys[i].set_aid(std::move(*article.mutable_aid()));
  }
  return RunClosedLoop(count, in_flight, [&](uint64_t index, std::function<void(absl::Status)> done) {
    auto call = std::make_shared<Call>();
    *call->request.mutable_key() = keys[index * 2'654'435'761 % count];  // Knuth's multiplicative hash
    client->stub().async()->Get(
        &call->context, &call->request, &call->response,
        [call, client, done = std::move(done)](const grpc::Status& status) { done(client->ToStatus(status)); });
  });
}

LoadResult FindDuplicates(ArchiveClient* client, const ArticleGenerator& generator, uint64_t stored, uint64_t count) {
  LoadResult result;
  result.operations = count;
  Random random(count);
  const absl::Time start = absl::Now();
  for (uint64_t i = 0; i < count; ++i) {
    const v1::Article article = generator.Make(random.Below(stored));
    v1::FindDuplicatesRequest request;
    request.mutable_key()->set_oid(article.oid());
    request.mutable_key()->set_aid(article.aid());
    const absl::Time begin = absl::Now();
    Check(client->FindDuplicates(request).status());
    result.latencies_micros.push_back(static_cast<float>(absl::ToDoubleMicroseconds(absl::Now() - begin)));
  }
  result.elapsed = absl::Now() - start;
  std::sort(result.latencies_micros.begin(), result.latencies_micros.end());
  return result;
}

}  // namespace gisa
