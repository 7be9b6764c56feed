#include "server/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "absl/time/time.h"
#include "server/version.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

using testing::HasSubstr;

// A variable of the environment while this lives.
class ScopedEnv {
 public:
  ScopedEnv(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~ScopedEnv() { unsetenv(name_); }

 private:
  const char* const name_;
};

std::variant<ServeCommand, CompactCommand, int> Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "gisad");
  return ParseCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

ServeCommand Accepted(std::vector<const char*> arguments) {
  const auto parsed = Parse(std::move(arguments));
  EXPECT_TRUE(std::holds_alternative<ServeCommand>(parsed));
  return std::holds_alternative<ServeCommand>(parsed) ? std::get<ServeCommand>(parsed) : ServeCommand();
}

// The usage error's text.
std::string Refused(std::vector<const char*> arguments) {
  testing::internal::CaptureStderr();
  const auto parsed = Parse(std::move(arguments));
  std::string text = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(std::holds_alternative<int>(parsed) && std::get<int>(parsed) == 2);
  return text;
}

TEST(FlagsTest, CompactTakesAFolder) {
  const auto parsed = Parse({"compact", "--data-dir", "/data"});
  ASSERT_TRUE(std::holds_alternative<CompactCommand>(parsed));
  EXPECT_EQ(std::get<CompactCommand>(parsed).data_dir, "/data");
  EXPECT_THAT(Refused({"compact"}), HasSubstr("--data-dir"));
}

TEST(FlagsTest, OnlyTheFolderIsRequired) {
  const ServeCommand command = Accepted({"serve", "--data-dir", "/data"});
  EXPECT_EQ(command.data_dir, "/data");
  EXPECT_EQ(command.server.listen, "127.0.0.1:7410");
  EXPECT_FALSE(command.server.insecure);
  EXPECT_EQ(command.server.max_body_bytes, 4u << 20);
  EXPECT_EQ(command.server.drain_grace, absl::Seconds(25));
  EXPECT_TRUE(command.sync);
  EXPECT_EQ(command.min_free_bytes, 1u << 30);
  EXPECT_EQ(command.log_level, LogLevel::kInfo);
  EXPECT_THAT(Refused({"serve"}), HasSubstr("--data-dir"));
}

TEST(FlagsTest, EveryOptionIsRead) {
  const ServeCommand command = Accepted(
      {"serve", "--data-dir=/data", "--listen=[::]:1", "--insecure", "--port-file=/run/port", "--max-body-bytes=1MiB",
       "--max-message-bytes=2MiB", "--memory-budget=32MiB", "--max-concurrent-searches=4", "--drain-grace-seconds=5",
       "--durability=async", "--block-cache-bytes=6MiB", "--index-cache-bytes=7MiB", "--write-buffer-bytes=8MiB",
       "--min-free-bytes=9MiB", "--log-level=warning"});
  EXPECT_EQ(command.server.listen, "[::]:1");
  EXPECT_TRUE(command.server.insecure);
  EXPECT_EQ(command.server.port_file, "/run/port");
  EXPECT_EQ(command.server.max_body_bytes, 1u << 20);
  EXPECT_EQ(command.server.max_message_bytes, 2u << 20);
  EXPECT_EQ(command.server.memory_budget_bytes, 32u << 20);
  EXPECT_EQ(command.server.max_concurrent_searches, 4);
  EXPECT_EQ(command.server.drain_grace, absl::Seconds(5));
  EXPECT_FALSE(command.sync);
  EXPECT_EQ(command.block_cache_bytes, 6u << 20);
  EXPECT_EQ(command.index_cache_bytes, 7u << 20);
  EXPECT_EQ(command.write_buffer_bytes, 8u << 20);
  EXPECT_EQ(command.min_free_bytes, 9u << 20);
  EXPECT_EQ(command.log_level, LogLevel::kWarning);
}

TEST(FlagsTest, TheCommandLineCountsBeforeTheFileAndTheFileBeforeTheEnvironment) {
  const TempDir dir;
  const std::string config = dir / "gisad.toml";
  std::ofstream(config) << "[serve]\ndata-dir = \"/file\"\nlisten = \"127.0.0.1:2\"\n";
  const ScopedEnv data_dir("GISA_DATA_DIR", "/environment");
  const ScopedEnv listen("GISA_LISTEN", "127.0.0.1:3");
  const ScopedEnv port_file("GISA_PORT_FILE", "/environment/port");
  const ServeCommand command = Accepted({"serve", "--config", config.c_str(), "--data-dir", "/line"});
  EXPECT_EQ(command.data_dir, "/line");
  EXPECT_EQ(command.server.listen, "127.0.0.1:2");
  EXPECT_EQ(command.server.port_file, "/environment/port");
}

TEST(FlagsTest, AConfigFileThatIsMissingOrHasUnknownOptionsIsRefused) {
  const TempDir dir;
  const std::string config = dir / "gisad.toml";
  EXPECT_THAT(Refused({"serve", "--data-dir=/data", "--config", config.c_str()}), HasSubstr(config));
  std::ofstream(config) << "[serve]\nno-such-option = 1\n";
  EXPECT_THAT(Refused({"serve", "--data-dir=/data", "--config", config.c_str()}), HasSubstr("no-such-option"));
}

TEST(FlagsTest, ValuesOutOfRangeAreRefusedByName) {
  for (const char* argument :
       {"--max-body-bytes=0", "--max-body-bytes=65MiB", "--max-message-bytes=1", "--memory-budget=1MiB",
        "--max-concurrent-searches=0", "--drain-grace-seconds=-1", "--durability=never", "--write-buffer-bytes=1",
        "--min-free-bytes=2TiB", "--log-level=loud"}) {
    const std::string name(argument, std::string(argument).find('='));
    EXPECT_THAT(Refused({"serve", "--data-dir=/data", argument}), HasSubstr(name)) << argument;
  }
}

TEST(FlagsTest, AMessageMustHoldABody) {
  EXPECT_THAT(Refused({"serve", "--data-dir=/data", "--max-message-bytes=4MiB"}),
              HasSubstr("must be more than --max-body-bytes"));
}

TEST(FlagsTest, WithoutACommandOrWithAnUnknownOneItIsWrongUsage) {
  Refused({});
  Refused({"nonsense"});
  Refused({"serve", "--data-dir=/data", "--nonsense"});
}

TEST(FlagsTest, HelpAndVersionArePrintedAndEndWell) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(std::get<int>(Parse({"--version"})), 0);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), std::string("gisad ") + kVersion + "\n");
  testing::internal::CaptureStdout();
  EXPECT_EQ(std::get<int>(Parse({"serve", "--help"})), 0);
  EXPECT_THAT(testing::internal::GetCapturedStdout(), HasSubstr("GISA_DATA_DIR"));
}

}  // namespace
}  // namespace gisa
