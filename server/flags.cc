#include "server/flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "server/version.h"

namespace gisa {
namespace {

constexpr int kUsageError = 2;

// So that even the part of the budget that waits for the committer holds one of the largest messages.
constexpr size_t kMessagesInBudget = 8;

constexpr char kFooter[] = R"(
Every option can also be set in the environment, by the name shown after it, or in the file that --config names, under
[serve] and without its dashes:

  [serve]
  data-dir = "/var/lib/gisa"
  listen = "127.0.0.1:7410"

The command line counts before the file, the file before the environment. Byte counts may have a unit: 64MiB.

Signals: SIGTERM or SIGINT shuts down in order, within --drain-grace-seconds; a second one ends the process at once,
which loses nothing that was acknowledged.

Exit codes: 0 shut down in order, 1 could not start or not shut down cleanly, 2 wrong usage.)";

constexpr char kCompactFooter[] = R"(
Texts that came before an archive had made its newest dictionary are compressed with that, and what was overwritten or
deleted goes from the files of the records. It takes tens of microseconds an article, and meanwhile space for the records
twice. What a crash interrupts is whole, and can be begun anew.

Exit codes: 0 done, 1 the archive could not be opened or written, 2 wrong usage.)";

// GISA_DATA_DIR for --data-dir.
std::string EnvironmentName(const std::string& flag) {
  std::string name = "GISA_" + flag.substr(2);
  std::replace(name.begin(), name.end(), '-', '_');
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
  return name;
}

// Adds options that have a place in the environment.
class OptionAdder {
 public:
  explicit OptionAdder(CLI::App* app) : app_(app) {}

  template <typename T>
  CLI::Option* Add(const std::string& flag, T* value, const std::string& help) {
    return app_->add_option(flag, *value, help)->envname(EnvironmentName(flag))->capture_default_str();
  }

  CLI::Option* AddBytes(const std::string& flag, size_t* value, size_t min, size_t max, const std::string& help) {
    return Add(flag, value, help)
        ->transform(CLI::Validator(CLI::AsSizeValue(/*kb_is_1000=*/false)).description(""))
        ->check(CLI::Range(min, max).description(""))
        ->type_name("BYTES");
  }

  CLI::Option* AddFlag(const std::string& flag, bool* value, const std::string& help) {
    return app_->add_flag(flag, *value, help)->envname(EnvironmentName(flag));
  }

 private:
  CLI::App* const app_;
};

void AddServeOptions(CLI::App* app, ServeCommand* command, int* drain_grace_seconds) {
  constexpr size_t kKib = 1 << 10;
  constexpr size_t kMib = 1 << 20;
  constexpr size_t kGib = 1 << 30;
  OptionAdder add(app);
  ServerOptions& server = command->server;
  add.Add("--data-dir", &command->data_dir, "Folder of the archive; made when it is not there. One server per folder")
      ->required()
      ->type_name("DIR");
  add.Add("--listen", &server.listen, "Address to serve; port 0 takes a free one, see --port-file")
      ->type_name("HOST:PORT");
  add.Add("--port-file", &server.port_file, "Write the port to this file once the server serves")->type_name("FILE");
  add.AddFlag("--insecure", &server.insecure,
              "Serve an address that other machines can reach without TLS; only where the network keeps strangers out");
  add.AddBytes("--max-body-bytes", &server.max_body_bytes, 1, 64 * kMib, "Largest body of an article");
  add.AddBytes("--max-message-bytes", &server.max_message_bytes, 64 * kKib, kGib,
               "Largest message that is read; more than --max-body-bytes");
  add.AddBytes("--memory-budget", &server.memory_budget_bytes, kMib, 1024 * kGib,
               "Most memory that calls may hold, beside the caches; beyond it streams wait and other calls are refused "
               "with RESOURCE_EXHAUSTED");
  add.Add("--max-concurrent-searches", &server.max_concurrent_searches,
          "Most searches at a time; beyond it they are refused with RESOURCE_EXHAUSTED")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("N");
  add.Add("--max-exact-hits", &server.max_exact_hits,
          "Count the hits of a search exactly up to so many; beyond it the total is a lower bound and marked so")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1'000'000'000}).description(""))
      ->type_name("N");
  add.Add("--drain-grace-seconds", drain_grace_seconds, "How long calls in flight may take after SIGTERM")
      ->check(CLI::Range(0, 3600).description(""))
      ->type_name("N");
  add.Add("--durability", &command->sync,
          "sync: answer a write when it is on disk; async: sooner, and lose the last ones when the machine fails")
      ->transform(CLI::Transformer(std::map<std::string, bool>{{"sync", true}, {"async", false}}).description(""))
      ->default_str("sync")
      ->type_name("sync|async");
  add.AddBytes("--block-cache-bytes", &command->block_cache_bytes, 0, 64 * kGib, "Memory for blocks of the records");
  add.AddBytes("--index-cache-bytes", &command->index_cache_bytes, 0, 64 * kGib,
               "Memory for postings that searches read");
  add.AddBytes("--write-buffer-bytes", &command->write_buffer_bytes, kMib, kGib,
               "Memory for new data: up to twice this for the records and four times for the index");
  add.AddBytes(
      "--min-free-bytes", &command->min_free_bytes, 0, 1024 * kGib,
      "Space to keep free on the disk: with less, ingests are refused until there is a tenth more; 0 for none");
  add.Add("--log-level", &command->log_level, "Least severe lines to log, as JSON on standard error")
      ->transform(CLI::Transformer(std::map<std::string, LogLevel>{{"debug", LogLevel::kDebug},
                                                                   {"info", LogLevel::kInfo},
                                                                   {"warning", LogLevel::kWarning},
                                                                   {"error", LogLevel::kError}})
                      .description(""))
      ->default_str("info")
      ->type_name("debug|info|warning|error");
}

void AddCompactOptions(CLI::App* app, CompactCommand* command) {
  OptionAdder(app)
      .Add("--data-dir", &command->data_dir, "Folder of the archive, which no server has open")
      ->required()
      ->type_name("DIR");
}

}  // namespace

std::variant<ServeCommand, CompactCommand, int> ParseCommandLine(int argc, const char* const* argv) {
  ServeCommand command;
  CompactCommand compact_command;
  int drain_grace_seconds = static_cast<int>(absl::ToInt64Seconds(command.server.drain_grace));

  CLI::App app("gisad keeps an archive of news articles and serves it over gRPC.", "gisad");
  app.set_version_flag("--version", absl::StrCat("gisad ", kVersion));
  app.set_config("--config", "", "Read options from this TOML or INI file")->envname("GISA_CONFIG")->type_name("FILE");
  app.allow_config_extras(CLI::config_extras_mode::error);  // what is misspelt is no option
  app.require_subcommand(1);
  app.footer("`gisad serve --help` and `gisad compact --help` list the options.");

  CLI::App* const serve = app.add_subcommand("serve", "Serve an archive until SIGTERM");
  serve->fallthrough();  // so that --config may follow `serve`
  serve->footer(kFooter);
  AddServeOptions(serve, &command, &drain_grace_seconds);
  serve->final_callback([&] {
    if (command.server.max_message_bytes <= command.server.max_body_bytes) {
      throw CLI::ValidationError("--max-message-bytes", "must be more than --max-body-bytes");
    }
    if (command.server.memory_budget_bytes / kMessagesInBudget < command.server.max_message_bytes) {
      throw CLI::ValidationError("--memory-budget",
                                 absl::StrCat("must be at least ", kMessagesInBudget, " times --max-message-bytes"));
    }
  });

  CLI::App* const compact = app.add_subcommand("compact", "Make the files of an archive as small as they get");
  compact->fallthrough();
  compact->footer(kCompactFooter);
  AddCompactOptions(compact, &compact_command);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsageError;
  }
  if (compact->parsed()) return compact_command;
  command.server.drain_grace = absl::Seconds(drain_grace_seconds);
  return command;
}

}  // namespace gisa
