#include "server/listen_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gisa {
namespace {

TEST(ListenAddressTest, HostAndPortAreRead) {
  struct Case {
    const char* text;
    const char* host;
    int port;
  };
  for (const Case& expected :
       {Case{"127.0.0.1:7410", "127.0.0.1", 7410}, Case{"localhost:0", "localhost", 0},
        Case{"news.example.kr:65535", "news.example.kr", 65535}, Case{"[::1]:7410", "::1", 7410}}) {
    const auto address = ParseListenAddress(expected.text);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->host, expected.host);
    EXPECT_EQ(address->port, expected.port);
    EXPECT_EQ(address->ToString(), expected.text) << "as people type it";
  }
}

TEST(ListenAddressTest, AnythingElseIsRefusedWithAnExample) {
  for (const char* text : {"", ":", "7410", ":7410", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                           "127.0.0.1:x", "127.0.0.1:1 2", "::1:7410", "[::1]", "[]:1", "[::1:7410", "a:b:1"}) {
    const auto address = ParseListenAddress(text);
    EXPECT_EQ(address.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(address.status().message()), testing::HasSubstr("127.0.0.1:7410"));
  }
}

TEST(ListenAddressTest, LoopbackIsWhatOnlyThisMachineReaches) {
  for (const char* host : {"localhost", "127.0.0.1", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1"}) {
    EXPECT_TRUE((ListenAddress{host, 1}.IsLoopback())) << host;
  }
  for (const char* host : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "localhost.example.kr", "127.0.0.1.example.kr"}) {
    EXPECT_FALSE((ListenAddress{host, 1}.IsLoopback())) << host;
  }
}

TEST(ListenAddressTest, AnAddressOfAnotherMachineCannotBeBound) {
  EXPECT_TRUE(TryBind({"127.0.0.1", 0}).ok());
  const absl::Status status = TryBind({"192.0.2.1", 0});  // for documentation: no machine has it
  EXPECT_EQ(status, absl::UnavailableError("Cannot assign requested address"));
}

}  // namespace
}  // namespace gisa
