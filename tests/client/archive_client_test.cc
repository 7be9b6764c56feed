#include "client/archive_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "client/export_reader.h"
#include "google/rpc/error_details.pb.h"
#include "storage/base/errors.h"
#include "tests/client/scripted_server.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr RetryPolicy kQuick = {
    .max_attempts = 4, .initial_delay = absl::Milliseconds(1), .max_delay = absl::Milliseconds(4), .multiplier = 2};

grpc::Status Busy(absl::Duration delay) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(delay)));
  google::rpc::Status status;
  status.set_code(static_cast<int>(absl::StatusCode::kResourceExhausted));
  status.add_details()->PackFrom(info);
  return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "busy", status.SerializeAsString());
}

class ArchiveClientTest : public testing::Test {
 protected:
  std::unique_ptr<ArchiveClient> Connect(absl::Duration timeout = absl::Seconds(30)) {
    return ArchiveClient::Connect({.address = server_.address(), .timeout = timeout, .retry = kQuick}).value();
  }

  ScriptedServer server_;
};

TEST_F(ArchiveClientTest, OptionsThatMakeNoSenseAreRefused) {
  EXPECT_FALSE(ArchiveClient::Connect({.address = ""}).ok());
  EXPECT_FALSE(ArchiveClient::Connect({.timeout = absl::ZeroDuration()}).ok());
  EXPECT_FALSE(ArchiveClient::Connect({.retry = {.max_attempts = 0}}).ok());
}

TEST_F(ArchiveClientTest, WhatIsUnavailableOrBusyIsTriedAgain) {
  server_.on_get_stats = [](int number, v1::GetStatsResponse* response) {
    if (number == 0) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting");
    if (number == 1) return Busy(absl::Milliseconds(2));
    response->set_articles(7);
    return grpc::Status::OK;
  };
  const absl::StatusOr<v1::GetStatsResponse> stats = Connect()->GetStats();
  ASSERT_TRUE(stats.ok()) << stats.status();
  EXPECT_EQ(stats->articles(), 7u);
  EXPECT_EQ(server_.calls(), 3);
}

TEST_F(ArchiveClientTest, RetriesEnd) {
  server_.on_get_stats = [](int, v1::GetStatsResponse*) {
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting");
  };
  EXPECT_EQ(Connect()->GetStats().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(server_.calls(), kQuick.max_attempts);
}

TEST_F(ArchiveClientTest, OtherErrorsAreReturnedAtOnce) {
  server_.on_get_stats = [](int, v1::GetStatsResponse*) { return grpc::Status(grpc::StatusCode::INTERNAL, "broken"); };
  EXPECT_EQ(Connect()->GetStats().status(), absl::InternalError("broken"));
  EXPECT_EQ(server_.calls(), 1);
}

TEST_F(ArchiveClientTest, ADelayBeyondTheDeadlineIsNotWaitedFor) {
  server_.on_get_stats = [](int, v1::GetStatsResponse*) { return Busy(absl::Milliseconds(900)); };
  const absl::Status status = Connect(absl::Milliseconds(500))->GetStats().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorRetryDelay(status), absl::Milliseconds(900));
  EXPECT_EQ(server_.calls(), 1);
}

TEST(ArchiveClientUnreachableTest, TheErrorNamesTheAddressAndTheInnermostCause) {
  std::string address;
  {
    ScriptedServer gone;
    address = gone.address();
  }
  const auto client = ArchiveClient::Connect({.address = address, .retry = kQuick}).value();
  const absl::Status status = client->GetStats().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ErrorReason(status), kUnreachable);
  EXPECT_EQ(status.message(), absl::StrCat("cannot reach gisad at ", address, ": Connection refused"));
}

class ExportReaderTest : public ArchiveClientTest {
 protected:
  static bool Write(grpc::ServerWriter<v1::ExportResponse>* writer, const std::string& aid) {
    v1::ExportResponse response;
    response.mutable_article()->set_aid(aid);
    response.set_resume_token(absl::StrCat("after ", aid));
    return writer->Write(response);
  }
};

TEST_F(ExportReaderTest, ABrokenExportGoesOnWithTheLastToken) {
  std::vector<std::string> tokens;
  server_.on_export = [&](int number, const v1::ExportRequest& request,
                          grpc::ServerWriter<v1::ExportResponse>* writer) {
    tokens.push_back(request.resume_token());
    if (number == 0) {
      Write(writer, "a");
      Write(writer, "b");
      return grpc::Status(grpc::StatusCode::UNAVAILABLE, "broken");
    }
    Write(writer, "c");
    return grpc::Status::OK;
  };
  const auto client = Connect();
  ExportReader reader(client.get(), {});
  std::vector<std::string> aids;
  while (true) {
    const absl::StatusOr<std::optional<v1::Article>> article = reader.Next();
    ASSERT_TRUE(article.ok()) << article.status();
    if (!article->has_value()) break;
    aids.push_back((*article)->aid());
  }
  EXPECT_THAT(aids, ElementsAre("a", "b", "c"));
  EXPECT_THAT(tokens, ElementsAre("", "after b"));
  EXPECT_EQ(reader.resume_token(), "after c");
  EXPECT_FALSE(reader.Next()->has_value()) << "the end stays the end";
}

TEST_F(ExportReaderTest, AnExportThatNeverGetsOnEndsWithTheError) {
  server_.on_export = [](int, const v1::ExportRequest&, grpc::ServerWriter<v1::ExportResponse>*) {
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "broken");
  };
  const auto client = Connect();
  ExportReader reader(client.get(), {});
  EXPECT_EQ(reader.Next().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(server_.calls(), kQuick.max_attempts);
}

TEST_F(ExportReaderTest, DestroyingItCancelsTheExport) {
  server_.on_export = [](int, const v1::ExportRequest&, grpc::ServerWriter<v1::ExportResponse>* writer) {
    while (Write(writer, "a")) {
    }
    return grpc::Status::OK;
  };
  const auto client = Connect();
  ExportReader reader(client.get(), {});
  EXPECT_TRUE(reader.Next()->has_value());
}

}  // namespace
}  // namespace gisa
