// Shutdown: who is told, what is finished, and what is cut.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "tests/server/health.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::AnyOf;
using testing::SizeIs;

// An export of large articles that its client does not read: it takes in no more than HTTP/2's first 64 KiB, so that
// the server cannot finish the first.
class StalledExport {
 public:
  explicit StalledExport(const std::string& address) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);  // or the window would grow
    stub_ =
        v1::ArchiveService::NewStub(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
    v1::ExportRequest request;
    request.set_view(v1::ARTICLE_VIEW_FULL);
    reader_ = stub_->Export(&context_, request);
    reader_->WaitForInitialMetadata();  // which comes with the first write
  }
  ~StalledExport() {
    context_.TryCancel();
    if (!ended_) (void)reader_->Finish();
  }

  // Reads to the end.
  grpc::Status ReadOn() {
    for (v1::ExportResponse response; reader_->Read(&response);) {
    }
    ended_ = true;
    return reader_->Finish();
  }

 private:
  std::unique_ptr<v1::ArchiveService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::ExportResponse>> reader_;
  bool ended_ = false;
};

class DrainTest : public ServerFixture {
 protected:
  ~DrainTest() override {
    if (shutdown_.joinable()) shutdown_.join();
  }

  void ShutDownInBackground() {
    shutdown_ = std::thread([this] { EXPECT_TRUE(server_->Shutdown().ok()); });
  }

  void IngestLargeOnes() {
    for (const char* aid : {"1", "2"}) Ingest(ApiArticle(aid, std::string(1 << 20, *aid)));
  }

  static v1::IngestStreamRequest Item(int number) {
    v1::IngestStreamRequest item;
    *item.mutable_article() = ApiArticle(absl::StrCat(number), absl::StrCat("본문 ", number));
    return item;
  }

  std::thread shutdown_;
};

TEST_F(DrainTest, AnOpenStreamIsToldAndEveryAcceptedItemIsAnswered) {
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(stream->Write(Item(i)));
  v1::IngestStreamResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ShutDownInBackground();

  std::optional<uint64_t> accepted;
  uint64_t answered = 1;
  while (stream->Read(&response)) {
    if (response.has_draining()) {
      EXPECT_FALSE(accepted.has_value()) << "told twice";
      accepted = response.draining().accepted_items();
    } else {
      EXPECT_TRUE(response.has_result()) << response.DebugString();
      EXPECT_EQ(response.index(), answered);
      ++answered;
    }
  }
  EXPECT_THAT(stream->Finish(), IsError(grpc::StatusCode::UNAVAILABLE, "SERVER_DRAINING"));
  EXPECT_EQ(accepted, answered);

  shutdown_.join();
  server_.reset();
  ASSERT_TRUE(TryStart().ok());
  EXPECT_EQ(Stats().articles(), answered) << "what was answered is stored, and nothing else";
}

TEST_F(DrainTest, AStreamWithoutItemsIsToldToo) {
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  // The stream exists at the server once an item of it is answered.
  stream->Write(v1::IngestStreamRequest());
  v1::IngestStreamResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ShutDownInBackground();
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.has_draining());
  EXPECT_EQ(response.draining().accepted_items(), 1u);
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(stream->Finish(), IsError(grpc::StatusCode::UNAVAILABLE, "SERVER_DRAINING"));
}

TEST_F(DrainTest, WhileDrainingHealthIsNotServingAndNewCallsAreRefused) {
  IngestLargeOnes();
  const auto other = NewChannel();
  ASSERT_EQ(CheckHealth(other, ""), kHealthServing);
  StalledExport stalled(server().address());
  ShutDownInBackground();

  while (CheckHealth(other, "") == kHealthServing) {
  }
  EXPECT_EQ(CheckHealth(other, ""), kHealthNotServing);
  EXPECT_EQ(CheckHealth(other, "gisa.v1.ArchiveService"), kHealthNotServing);
  // Health turns first; calls are refused from the next moment on.
  grpc::Status status;
  do {
    status = CallRaw(other, "/gisa.v1.ArchiveService/GetStats", "").status;
  } while (status.ok());
  EXPECT_THAT(status, IsError(grpc::StatusCode::UNAVAILABLE, "SERVER_DRAINING"));
  RawCall stream(other, "/gisa.v1.ArchiveService/IngestStream");
  EXPECT_EQ(stream.Read(), std::nullopt);
  EXPECT_THAT(stream.Finish(), IsError(grpc::StatusCode::UNAVAILABLE, "SERVER_DRAINING"));

  EXPECT_THAT(stalled.ReadOn(), IsError(grpc::StatusCode::UNAVAILABLE, "SERVER_DRAINING"));
}

TEST_F(DrainTest, CallsThatOutliveTheGraceAreCut) {
  options_.drain_grace = absl::Milliseconds(20);
  IngestLargeOnes();
  StalledExport stalled(server().address());
  EXPECT_TRUE(server().Shutdown().ok());
  EXPECT_THAT(log_.Messages("the grace is over; the calls still in flight are cut"), SizeIs(1));
  EXPECT_FALSE(stalled.ReadOn().ok());
}

TEST_F(DrainTest, WhatWasAnsweredWhileShuttingDownIsStored) {
  server();
  std::atomic<int> answered = 0;
  std::thread client([&] {
    for (int i = 0;; ++i) {
      const grpc::Status status = Ingest(ApiArticle(absl::StrCat(i), absl::StrCat("본문 ", i))).status;
      if (!status.ok()) {
        // gRPC itself cancels a call that arrives when it has begun to close the connection.
        EXPECT_THAT(status.error_code(), AnyOf(grpc::StatusCode::UNAVAILABLE, grpc::StatusCode::CANCELLED));
        return;
      }
      ++answered;
    }
  });
  while (answered < 20) std::this_thread::yield();
  EXPECT_TRUE(server().Shutdown().ok());
  client.join();
  server_.reset();
  ASSERT_TRUE(TryStart().ok());
  EXPECT_EQ(Stats().articles(), static_cast<uint64_t>(answered));
}

TEST_F(DrainTest, ShutdownMayBeCalledAgainAndByMany) {
  server();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([this] { EXPECT_TRUE(server_->Shutdown().ok()); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(server().Shutdown().ok());
  EXPECT_THAT(log_.Messages("stopped"), SizeIs(1));
}

TEST_F(DrainTest, AfterwardsNobodyListens) {
  const auto late = NewChannel();
  EXPECT_TRUE(server().Shutdown().ok());
  EXPECT_EQ(CallRaw(late, "/gisa.v1.ArchiveService/GetStats", "").status.error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace gisa
