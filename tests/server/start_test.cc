// How a server starts, or says why it cannot.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "tests/server/health.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr char kServiceName[] = "gisa.v1.ArchiveService";

// The port that this process listens on; 0 when there is none.
int ListeningPort() {
  for (int fd = 3; fd < 1024; ++fd) {
    int accepts = 0;
    socklen_t size = sizeof(accepts);
    sockaddr_in6 address = {};  // gRPC's sockets speak IPv4 as a part of IPv6
    socklen_t address_size = sizeof(address);
    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) != 0 || accepts == 0) continue;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &address_size) == 0 && address.sin6_family == AF_INET6) {
      return ntohs(address.sin6_port);
    }
  }
  return 0;
}

class StartTest : public ServerFixture {
 protected:
  std::string PortFile() const { return dir_ / "port"; }
  std::string ReadPortFile() const {
    std::ifstream file(PortFile());
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(StartTest, APortOfItsOwnIsTakenAndTold) {
  EXPECT_GT(server().port(), 0);
  EXPECT_EQ(server().address(), absl::StrCat("127.0.0.1:", server().port()));
  const auto lines = log_.Messages("serving");
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0]["address"], server().address());
}

TEST_F(StartTest, HealthIsServingForTheServerAndTheService) {
  EXPECT_EQ(CheckHealth(channel(), ""), kHealthServing);
  EXPECT_EQ(CheckHealth(channel(), kServiceName), kHealthServing);
}

TEST_F(StartTest, HealthOfAnUnknownServiceIsNotFound) {
  EXPECT_EQ(CallRaw(channel(), "/grpc.health.v1.Health/Check", "\x0A\x01x").status.error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(StartTest, WhileTheArchiveOpensHealthIsNotServingAndCallsAreAskedToRetry) {
  int health = 0;
  int service_health = 0;
  grpc::Status status;
  const auto started = Server::Start(options_, &logger_, [&]() -> absl::StatusOr<std::unique_ptr<Archive>> {
    const auto channel =
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", ListeningPort()), grpc::InsecureChannelCredentials());
    health = CheckHealth(channel, "");
    service_health = CheckHealth(channel, kServiceName);
    status = CallRaw(channel, "/gisa.v1.ArchiveService/GetStats", "").status;
    return LevelDbArchive::Open(archive_options_);
  });
  ASSERT_TRUE(started.ok()) << started.status();
  EXPECT_EQ(health, kHealthNotServing);
  EXPECT_EQ(service_health, kHealthNotServing);
  EXPECT_THAT(status, IsError(grpc::StatusCode::UNAVAILABLE, "SERVER_STARTING"));
  EXPECT_EQ(ReadError(status).retry_delay, absl::Seconds(1));
}

TEST_F(StartTest, ThePortFileHoldsThePort) {
  options_.port_file = PortFile();
  server();
  EXPECT_EQ(ReadPortFile(), absl::StrCat(server().port(), "\n"));
}

TEST_F(StartTest, AnOldPortFileIsGoneBeforeTheArchiveIsOpened) {
  std::ofstream(PortFile()) << "1\n";
  options_.port_file = PortFile();
  const auto started = Server::Start(options_, &logger_, [&]() -> absl::StatusOr<std::unique_ptr<Archive>> {
    return absl::UnavailableError(std::filesystem::exists(PortFile()) ? "it is there" : "it is gone");
  });
  EXPECT_EQ(started.status(), absl::UnavailableError("it is gone"));
  EXPECT_FALSE(std::filesystem::exists(PortFile()));
}

TEST_F(StartTest, APortFileThatCannotBeWrittenIsAnError) {
  options_.port_file = dir_ / "none/port";
  EXPECT_THAT(std::string(TryStart().message()), HasSubstr(dir_ / "none/port"));
}

TEST_F(StartTest, AMalformedAddressIsRefused) {
  options_.listen = "127.0.0.1";
  EXPECT_EQ(TryStart().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(StartTest, AnAddressThatOthersReachNeedsInsecure) {
  options_.listen = "0.0.0.0:0";
  const absl::Status status = TryStart();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("--insecure"));
}

TEST_F(StartTest, APortInUseIsSaidSo) {
  options_.listen = server().address();
  const auto second = Server::Start(options_, &logger_, [this] { return LevelDbArchive::Open(archive_options_); });
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("Address already in use"));
}

TEST_F(StartTest, AFolderInUseIsSaidSoAndTheFirstServerIsNotDisturbed) {
  Ingest(ApiArticle("1", "본문이다."));
  const auto second = Server::Start(options_, &logger_, [this] { return LevelDbArchive::Open(archive_options_); });
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ErrorReason(second.status()), "STORAGE_LOCKED");
  EXPECT_THAT(log_.Messages("serving"), SizeIs(1));
  EXPECT_THAT(Get("101", "1").status, IsOk());
}

}  // namespace
}  // namespace gisa
