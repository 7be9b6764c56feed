#include "client/commands/cli.h"

#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "client/commands/delete_command.h"
#include "client/commands/diff_command.h"
#include "client/commands/display_text.h"
#include "client/commands/dups_command.h"
#include "client/commands/export_command.h"
#include "client/commands/get_command.h"
#include "client/commands/ingest_command.h"
#include "client/commands/list_command.h"
#include "client/commands/option_types.h"
#include "client/commands/search_command.h"
#include "client/commands/session.h"
#include "client/commands/stats_command.h"
#include "client/commands/version.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr char kFooter[] = R"(
The options above may stand before or after the command. `gisa COMMAND --help` explains each command, with examples.

Exit codes:
  0  all went well
  1  some articles were rejected or not found; the others were stored
  2  wrong usage, or a request that the server found malformed
  3  the server cannot be reached, or is starting or shutting down
  4  any other error

Examples:
  gisa ingest crawled/
  gisa search 대전 시장 --order newest
  gisa get 018/0006192082 -o md
  GISA_ADDRESS=archive:7410 gisa stats
)";

constexpr char kCommandTrailer[] = "\nOptions of every command, such as --address and --output: see `gisa --help`.\n";

// The texts of options whose values are no strings, until they are parsed.
struct FlagTexts {
  std::string timeout = "30s";
  std::string published_at_zone = "Asia/Seoul";
  std::string crawled_at_zone = "UTC";
};

std::string CheckTimeout(const std::string& text) {
  absl::Duration timeout;
  const bool valid = absl::ParseDuration(text, &timeout) && timeout > absl::ZeroDuration();
  return valid ? "" : absl::StrCat("\"", text, "\" is not a duration; expected such as 500ms, 30s or 2m");
}

std::string CheckZone(const std::string& text) {
  absl::TimeZone zone;
  return absl::LoadTimeZone(text, &zone) ? "" : absl::StrCat("\"", text, "\" is not a time zone; expected such as UTC");
}

void AddGlobalOptions(CLI::App& app, GlobalFlags& flags, FlagTexts& texts) {
  app.add_option("--address", flags.address, "The server, host:port; 127.0.0.1:7410 by default")
      ->type_name("ADDRESS")
      ->envname("GISA_ADDRESS");
  AddChoice<OutputFormat>(app, "-o,--output", flags.format,
                          {{"table", OutputFormat::kTable},
                           {"text", OutputFormat::kText},
                           {"json", OutputFormat::kJson},
                           {"jsonl", OutputFormat::kJsonl},
                           {"md", OutputFormat::kMarkdown}},
                          "Output format: table, json, jsonl; for `get` text and md as well")
      ->type_name("FORMAT");
  app.add_option("--timeout", texts.timeout, "How long a call may take, its retries included; 30s by default")
      ->type_name("DURATION")
      ->check(CheckTimeout);
  app.add_option("--published-at-zone", texts.published_at_zone,
                 "The zone of published_at, in files that state none and in the output; Asia/Seoul by default")
      ->type_name("ZONE")
      ->check(CheckZone);
  app.add_option("--crawled-at-zone", texts.crawled_at_zone, "The same of crawled_at; UTC by default")
      ->type_name("ZONE")
      ->check(CheckZone);
}

void ReadTexts(const FlagTexts& texts, GlobalFlags& flags) {
  absl::ParseDuration(texts.timeout, &flags.timeout);
  absl::LoadTimeZone(texts.published_at_zone, &flags.zones.published_at);
  absl::LoadTimeZone(texts.crawled_at_zone, &flags.zones.crawled_at);
}

void PrintError(Console& console, absl::string_view message) {
  console.PrintError(absl::StrCat(console.StyledError(Style::kRed, "gisa:"), " ", OneLine(message), "\n"));
}

std::string UsageProblem(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> unknown = app.remaining();
  if (app.get_subcommands().empty()) {
    return unknown.empty() ? "no command given"
                           : absl::StrCat("there is no command or option \"", unknown.front(), "\"");
  }
  return error.what();
}

absl::StatusOr<ExitCode> RunAction(Session& session) {
  ASSIGN_OR_RETURN(const ExitCode code, session.action());
  RETURN_IF_ERROR(session.console.Flush());
  return code;
}

}  // namespace

ExitCode RunGisa(int argc, const char* const* argv, Console& console) {
  Session session(&console);
  FlagTexts texts;
  CLI::App app("gisa: the client of gisad, an archive for crawled news", "gisa");
  AddGlobalOptions(app, session.flags, texts);
  app.set_version_flag("--version", absl::StrCat("gisa ", kVersionOfClient), "Show the version");
  app.require_subcommand(1);
  app.fallthrough();
  AddIngestCommand(app, session);
  AddGetCommand(app, session);
  AddSearchCommand(app, session);
  AddDupsCommand(app, session);
  AddDiffCommand(app, session);
  AddListCommand(app, session);
  AddExportCommand(app, session);
  AddDeleteCommand(app, session);
  AddStatsCommand(app, session);
  app.add_subcommand("version", "Show the version")->callback([&session] {
    session.action = [&session]() -> absl::StatusOr<ExitCode> {
      RETURN_IF_ERROR(session.console.Print(absl::StrCat("gisa ", kVersionOfClient, "\n")));
      return ExitCode::kOk;
    };
  });
  for (CLI::App* const command : app.get_subcommands({})) {
    command->footer(absl::StrCat(command->get_footer(), kCommandTrailer));
  }
  app.footer(kFooter);

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    return console.Print(chosen.empty() ? app.help() : chosen.front()->help("gisa")).ok() ? ExitCode::kOk
                                                                                          : ExitCode::kError;
  } catch (const CLI::CallForVersion& version) {
    return console.Print(absl::StrCat(version.what(), "\n")).ok() ? ExitCode::kOk : ExitCode::kError;
  } catch (const CLI::ParseError& error) {
    PrintError(console, absl::StrCat(UsageProblem(app, error), "; see `gisa --help`"));
    return ExitCode::kUsage;
  }
  ReadTexts(texts, session.flags);

  const absl::StatusOr<ExitCode> code = RunAction(session);
  if (code.ok()) return *code;
  if (ErrorReason(code.status()) == kOutputClosed) return ExitCode::kOk;
  PrintError(console, code.status().message());
  return ExitCodeFor(code.status());
}

}  // namespace gisa
