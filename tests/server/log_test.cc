#include "server/log.h"

#include <gmock/gmock.h>
#include <grpc/grpc.h>
#include <grpc/support/log.h>
#include <gtest/gtest.h>

#include <thread>

#include "gisa/v1/archive_service.pb.h"
#include "server/library_logs.h"
#include "tests/support/log_recorder.h"

namespace gisa {
namespace {

using testing::MatchesRegex;
using testing::SizeIs;

class LogTest : public testing::Test {
 protected:
  LogRecorder recorder_;
  const Logger logger_{LogLevel::kDebug, recorder_.Sink()};
};

TEST_F(LogTest, ALineIsOneJsonObject) {
  logger_.Log(LogLevel::kWarning, "slow", {{"method", "Search"}, {"latency_us", 17}});
  ASSERT_THAT(recorder_.Lines(), SizeIs(1));
  const std::string line = recorder_.Lines()[0];
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const nlohmann::json json = nlohmann::json::parse(line);
  EXPECT_THAT(json["time"].get<std::string>(),
              MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z"));
  EXPECT_EQ(json["level"], "warning");
  EXPECT_EQ(json["message"], "slow");
  EXPECT_EQ(json["method"], "Search");
  EXPECT_EQ(json["latency_us"], 17);
}

TEST_F(LogTest, AnyTextComesBackFromTheJson) {
  const std::string text = std::string("따옴표 \" \\ \n\t\r\b\x1F\x7F 👍 ") + '\0' + "end";
  logger_.Log(LogLevel::kInfo, "text", {{"value", text}});
  EXPECT_EQ(recorder_.Messages("text").at(0)["value"], text);
}

TEST_F(LogTest, WhatIsNotUtf8BecomesTheReplacementCharacter) {
  logger_.Log(LogLevel::kInfo, "text", {{"value", "a\xFF\xC0\x80z"}});
  EXPECT_EQ(recorder_.Messages("text").at(0)["value"], "a\uFFFD\uFFFD\uFFFDz");
}

TEST_F(LogTest, NumbersKeepTheirSign) {
  logger_.Log(LogLevel::kInfo, "numbers", {{"least", INT64_MIN}, {"most", INT64_MAX}});
  const nlohmann::json json = recorder_.Messages("numbers").at(0);
  EXPECT_EQ(json["least"].get<int64_t>(), INT64_MIN);
  EXPECT_EQ(json["most"].get<int64_t>(), INT64_MAX);
}

TEST_F(LogTest, LinesBelowTheLevelAreDropped) {
  const Logger warnings(LogLevel::kWarning, recorder_.Sink());
  EXPECT_FALSE(warnings.Enabled(LogLevel::kInfo));
  EXPECT_TRUE(warnings.Enabled(LogLevel::kWarning));
  warnings.Log(LogLevel::kInfo, "dropped");
  warnings.Log(LogLevel::kError, "kept");
  ASSERT_THAT(recorder_.Lines(), SizeIs(1));
  EXPECT_THAT(recorder_.Messages("kept"), SizeIs(1));
}

TEST_F(LogTest, ThreadsMayLogAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int n = 0; n < 100; ++n) logger_.Log(LogLevel::kInfo, "line", {{"thread", i}, {"number", n}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(recorder_.Messages("line"), SizeIs(400));
}

TEST(LibraryLogsTest, WhatGrpcAndProtobufSayBecomesLinesOfTheLog) {
  // Never destroyed, as the route stays.
  static LogRecorder& recorder = *new LogRecorder;
  static const Logger& logger = *new Logger(LogLevel::kDebug, recorder.Sink());
  RouteLibraryLogs(&logger);
  grpc_init();  // before which gRPC says nothing
  gpr_log(GPR_ERROR, "%s", "trouble");
  EXPECT_EQ(recorder.Messages("trouble").at(0)["library"], "grpc");
  EXPECT_EQ(recorder.Messages("trouble").at(0)["level"], "debug");

  const size_t lines = recorder.Lines().size();
  v1::ArticleKey key;
  EXPECT_FALSE(key.ParseFromString("\x0A\x01\xFF"));  // invalid UTF-8, of which protobuf complains
  ASSERT_THAT(recorder.Lines(), SizeIs(lines + 1));
  EXPECT_EQ(nlohmann::json::parse(recorder.Lines().back())["library"], "protobuf");
}

}  // namespace
}  // namespace gisa
