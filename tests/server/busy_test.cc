// A server whose calls hold all the memory that it gives them: others are told to come back, or wait, and lose nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

// A quarter of the budget is for requests, a quarter for replies.
constexpr size_t kPartBytes = 16 << 20;
constexpr int kHeld = 4;

class BusyTest : public ServerFixture {
 protected:
  BusyTest() {
    options_.memory_budget_bytes = 4 * kPartBytes;
    options_.max_body_bytes = kPartBytes / kHeld;
    options_.max_message_bytes = 2 * options_.max_body_bytes;
  }

  ~BusyTest() override { Release(); }

  // Holds ingests at the disk, so that they keep all the memory for requests.
  void HoldAll() {
    server();
    env_.HoldSyncs();
    for (int i = 0; i < kHeld; ++i) {
      held_.emplace_back([this, i] {
        v1::IngestRequest request;
        *request.mutable_article() = ApiArticle(absl::StrCat("held", i), absl::StrCat(i, "번째 본문"));
        std::string* const body = request.mutable_article()->mutable_body();
        // Twice, for its own size in bytes changes the first time.
        for (int k = 0; k < 2; ++k) body->resize(body->size() + kPartBytes / kHeld - request.ByteSizeLong(), ' ');
        EXPECT_THAT(Call(&Stub::Ingest, request).status, IsOk());
      });
    }
    while (Get("101", "1").status.error_code() != grpc::StatusCode::RESOURCE_EXHAUSTED) {
    }
  }

  void Release() {
    env_.ReleaseSyncs();
    for (std::thread& thread : held_) thread.join();
    held_.clear();
  }

 private:
  std::vector<std::thread> held_;
};

TEST_F(BusyTest, AUnaryCallIsRefusedAndToldWhenToRetry) {
  HoldAll();
  const grpc::Status refused = Ingest(ApiArticle("1", "본문이다.")).status;
  EXPECT_THAT(refused, IsError(grpc::StatusCode::RESOURCE_EXHAUSTED, "SERVER_BUSY"));
  EXPECT_EQ(ReadError(refused).retry_delay, absl::Milliseconds(200));
  Release();
  EXPECT_THAT(Ingest(ApiArticle("1", "본문이다.")).status, IsOk());
}

TEST_F(BusyTest, AStreamWaitsAndGoesOn) {
  HoldAll();
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  constexpr int kArticles = 100;
  for (int i = 0; i < kArticles; ++i) {
    v1::IngestStreamRequest request;
    *request.mutable_article() = ApiArticle(absl::StrCat(i), absl::StrCat("본문 ", i));
    ASSERT_TRUE(stream->Write(request));
  }
  stream->WritesDone();
  Release();
  int stored = 0;
  for (v1::IngestStreamResponse response; stream->Read(&response);) stored += response.has_result() ? 1 : 0;
  EXPECT_THAT(stream->Finish(), IsOk());
  EXPECT_EQ(stored, kArticles);
}

TEST_F(BusyTest, AStreamThatWaitsCanBeCancelled) {
  HoldAll();
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  v1::IngestStreamRequest request;
  *request.mutable_article() = ApiArticle("1", "본문이다.");
  ASSERT_TRUE(stream->Write(request));
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  Release();
  EXPECT_THAT(Ingest(ApiArticle("2", "다른 본문이다.")).status, IsOk());
}

TEST_F(BusyTest, MemoryIsGivenBackWhateverBecomesOfACall) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(Ingest(ApiArticle("not/valid", std::string(kPartBytes / 8, 'b'))).status,
                IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_ARTICLE"));
    EXPECT_THAT(Ingest(ApiArticle("1", std::string(kPartBytes / 8, 'b'))).status, IsOk());
    EXPECT_THAT(Get("101", "1").status, IsOk());
  }
}

TEST_F(BusyTest, ExportsThatAreNotReadLeaveRoomForIngests) {
  Ingest(ApiArticle("1", "본문이다."));
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReader<v1::ExportResponse>>> streams;
  for (int i = 0; i < 20; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    SetDeadline(contexts.back().get());
    streams.push_back(stub().Export(contexts.back().get(), v1::ExportRequest()));
  }
  EXPECT_THAT(Ingest(ApiArticle("2", "다른 본문이다.")).status, IsOk());
  for (const auto& stream : streams) {
    v1::ExportResponse response;
    while (stream->Read(&response)) {
    }
    const grpc::Status status = stream->Finish();
    if (status.ok()) continue;
    EXPECT_THAT(status, IsError(grpc::StatusCode::RESOURCE_EXHAUSTED, "SERVER_BUSY"));
  }
}

}  // namespace
}  // namespace gisa
