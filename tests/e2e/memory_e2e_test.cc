// Clients that send more than they should, or do not read what they are sent: the server's memory stays within what it
// was given, and others are served.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "client/archive_client.h"
#include "client/ingest_uploader.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/support/channel_arguments.h"
#include "tests/support/binaries.h"

namespace gisa {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsTrue = false;  // most of it is the sanitizer's
constexpr size_t kLargeBody = 64 << 10;
#else
constexpr bool kMemoryIsTrue = true;
constexpr size_t kLargeBody = 1 << 20;
#endif

constexpr size_t kMib = 1 << 20;
constexpr size_t kBudget = 64 * kMib;
constexpr size_t kCaches = 2 * 4 * kMib;             // blocks of the two databases
constexpr size_t kNewData = (2 + 2 + 4) * 4 * kMib;  // see --write-buffer-bytes
// The program itself, its threads, and what malloc keeps in their arenas, which are more the more processors there are.
constexpr size_t kRest = 128 * kMib;

// The most memory that a process has had, in bytes.
size_t PeakMemory(int pid) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(status, line);) {
    absl::string_view rest = line;
    size_t kib = 0;
    if (!absl::ConsumePrefix(&rest, "VmHWM:") || !absl::ConsumeSuffix(&rest, " kB")) continue;
    if (absl::SimpleAtoi(rest, &kib)) return kib * 1024;
  }
  return 0;
}

// Of the threads that a process has.
std::vector<std::string> ThreadNames(int pid) {
  std::vector<std::string> names;
  for (const auto& thread : std::filesystem::directory_iterator(absl::StrCat("/proc/", pid, "/task"))) {
    std::ifstream file(thread.path() / "comm");
    std::getline(file, names.emplace_back());
  }
  return names;
}

v1::Article MakeArticle(const std::string& aid, size_t body_bytes) {
  v1::Article article;
  article.set_oid("900");
  article.set_aid(aid);
  article.set_title("시험 기사");
  std::string* const body = article.mutable_body();
  for (int i = 0; body->size() < body_bytes; ++i)
    absl::StrAppend(body, aid, "번 기사의 ", i * 7919 % 10007, "째 문장. ");
  return article;
}

class MemoryE2eTest : public testing::Test {
 protected:
  using Stub = v1::ArchiveService::Stub;
  using Stream = grpc::ClientReaderWriter<v1::IngestStreamRequest, v1::IngestStreamResponse>;

  ~MemoryE2eTest() override {
    const size_t peak = PeakMemory(server_.pid());
    RecordProperty("peak_mib", static_cast<int>(peak / kMib));
    EXPECT_GT(peak, 0u);
    if (kMemoryIsTrue) {
      EXPECT_LE(peak / kMib, (kBudget + kCaches + kNewData + kRest) / kMib);
    }
  }

  // A connection of its own.
  std::unique_ptr<Stub> Connect() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    return v1::ArchiveService::NewStub(
        grpc::CreateCustomChannel(server_.address(), grpc::InsecureChannelCredentials(), arguments));
  }

  // Stores articles one by one, as a client who minds no other does.
  void ExpectOthersAreServed(const std::string& name) {
    const auto client = ArchiveClient::Connect({.address = server_.address()}).value();
    for (int i = 0; i < 10; ++i) {
      v1::IngestRequest request;
      *request.mutable_article() = MakeArticle(absl::StrCat(name, i), 500);
      absl::StatusOr<v1::IngestResponse> response = client->Ingest(request);
      // While its buffers are full gRPC refuses a call now and then by itself, before gisad has seen it.
      for (int tries = 1; tries < 20 && absl::IsResourceExhausted(response.status()); ++tries) {
        response = client->Ingest(request);
      }
      EXPECT_TRUE(response.ok()) << response.status();
    }
  }

  void Upload(const std::string& name, int articles, size_t body_bytes) {
    const auto client = ArchiveClient::Connect({.address = server_.address()}).value();
    int stored = 0;
    IngestUploader uploader(client.get(), {},
                            [&](uint64_t, const absl::StatusOr<v1::IngestResult>& answer) { stored += answer.ok(); });
    for (int i = 0; i < articles; ++i) ASSERT_TRUE(uploader.Add(MakeArticle(absl::StrCat(name, i), body_bytes)).ok());
    ASSERT_TRUE(uploader.Finish().ok());
    EXPECT_EQ(stored, articles);
  }

  Gisad server_{{"--memory-budget=64MiB", "--max-message-bytes=4MiB", "--max-body-bytes=2MiB",
                 "--block-cache-bytes=4MiB", "--index-cache-bytes=4MiB", "--write-buffer-bytes=4MiB",
                 "--log-level=warning"}};
};

// Nothing else would tell if a linker left it out.
TEST_F(MemoryE2eTest, JemallocGivesMemoryBackByAThreadOfItsOwn) {
  if (!kMemoryIsTrue) GTEST_SKIP() << "sanitizers bring their own allocator";
  EXPECT_THAT(ThreadNames(server_.pid()), testing::Contains("jemalloc_bg_thd"));
}

TEST_F(MemoryE2eTest, AStreamOfLargeArticles) {
  std::thread uploader([this] { Upload("large", 60, kLargeBody); });
  ExpectOthersAreServed("other");
  uploader.join();
}

TEST_F(MemoryE2eTest, ManyTinyArticles) {
  std::thread uploader([this] { Upload("tiny", 10000, 20); });
  ExpectOthersAreServed("other");
  uploader.join();
}

TEST_F(MemoryE2eTest, ManyIdleStreams) {
  const std::unique_ptr<Stub> stub = Connect();
  constexpr int kStreams = 1000;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<Stream>> streams;
  for (int i = 0; i < kStreams; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(stub->IngestStream(contexts.back().get()));
    v1::IngestStreamRequest request;
    *request.mutable_article() = MakeArticle(absl::StrCat("idle", i), 100);
    ASSERT_TRUE(streams.back()->Write(request));
  }
  v1::IngestStreamResponse response;
  for (const auto& stream : streams) ASSERT_TRUE(stream->Read(&response));
  ExpectOthersAreServed("other");
  for (const auto& stream : streams) {
    stream->WritesDone();
    EXPECT_FALSE(stream->Read(&response));
    EXPECT_TRUE(stream->Finish().ok());
  }
}

// Each writes until the server reads no more.
TEST_F(MemoryE2eTest, ClientsThatSendWithoutReading) {
  constexpr int kStreams = 50;
  std::vector<std::unique_ptr<Stub>> stubs;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::thread> senders;
  std::atomic<int> sent = 0;
  for (int i = 0; i < kStreams; ++i) {
    stubs.push_back(Connect());
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    senders.emplace_back([&sent, i, stub = stubs.back().get(), context = contexts.back().get()] {
      const std::unique_ptr<Stream> stream = stub->IngestStream(context);
      v1::IngestStreamRequest request;
      *request.mutable_article() = MakeArticle(absl::StrCat("sender", i), i % 2 == 0 ? kLargeBody : 100);
      while (stream->Write(request)) ++sent;
      // Cancelled below, unless gRPC ended the call or the connection before, to get its buffers back.
      EXPECT_FALSE(stream->Finish().ok());
    });
  }
  ExpectOthersAreServed("other");
  EXPECT_GT(sent, kStreams);
  for (const auto& context : contexts) context->TryCancel();
  for (std::thread& sender : senders) sender.join();
  ExpectOthersAreServed("later");
}

TEST_F(MemoryE2eTest, ClientsThatReadSlowly) {
  constexpr int kArticles = 20;
  Upload("large", kArticles, kLargeBody);
  v1::BatchGetRequest batch;
  for (int i = 0; i < kArticles; ++i) {
    v1::ArticleKey* const key = batch.add_keys();
    key->set_oid("900");
    key->set_aid(absl::StrCat("large", i));
  }
  batch.set_view(v1::ARTICLE_VIEW_FULL);
  v1::ExportRequest all;
  all.set_view(v1::ARTICLE_VIEW_FULL);
  constexpr int kReaders = 50;
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<Stub>> stubs;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReader<v1::ExportResponse>>> exports;
  std::vector<std::unique_ptr<grpc::ClientAsyncResponseReader<v1::BatchGetResponse>>> batches;
  for (int i = 0; i < kReaders; ++i) {
    stubs.push_back(Connect());
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    exports.push_back(stubs.back()->Export(contexts.back().get(), all));
    v1::ExportResponse response;
    exports.back()->Read(&response);
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    batches.push_back(stubs.back()->AsyncBatchGet(contexts.back().get(), batch, &queue));
  }
  ExpectOthersAreServed("other");
  for (const auto& context : contexts) context->TryCancel();
  for (const auto& stream : exports) stream->Finish();
  v1::BatchGetResponse response;
  grpc::Status status;
  for (const auto& call : batches) {
    call->Finish(&response, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok));
  }
}

}  // namespace
}  // namespace gisa
