#include "client/commands/ingest_command.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/article_reader.h"
#include "client/commands/article_view.h"
#include "client/commands/ingest_report.h"
#include "client/ingest_uploader.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

struct IngestFlags {
  std::vector<std::string> paths;
  bool quiet = false;
  bool verbose = false;
  bool undelete = false;
};

constexpr char kExamples[] = R"(
Reads crawled article files (.md) and JSON Lines (.jsonl, .ndjson) with the same field names. Folders are read with all
that is below them; - is standard input. What cannot be read or is refused is named with its reason, and the rest is
stored all the same: then the exit code is 1. Ingesting again what is stored already changes nothing, so after an
interruption simply run the same command again.

Formats (-o): table, the default: a summary; json: one object with the counts and `failures: [{source, reason}]`.

Examples:
  gisa ingest crawled/2025-12-30
  gisa ingest archive.jsonl extra.md -v
  zcat news.jsonl.gz | gisa ingest - -o json
)";

absl::StatusOr<ExitCode> Ingest(const IngestFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format, session.Format({OutputFormat::kTable, OutputFormat::kText,
                                                              OutputFormat::kJson, OutputFormat::kJsonl}));
  const bool as_json = format == OutputFormat::kJson || format == OutputFormat::kJsonl;
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  // Tells the limits, and at once whether there is a server.
  ASSIGN_OR_RETURN(const v1::GetStatsResponse stats, client->GetStats());

  ArticleReader reader(flags.paths, session.flags.zones);
  IngestReport report(&session.console, &reader,
                      {.quiet = flags.quiet, .verbose = flags.verbose, .keep_failures = as_json});
  absl::Status status;
  {
    IngestUploader uploader(
        client.get(),
        {.max_body_bytes = stats.limits().max_body_bytes(),
         .max_message_bytes = stats.limits().max_message_bytes(),
         .undelete = flags.undelete,
         .patience = session.flags.timeout},
        [&report](uint64_t, const absl::StatusOr<v1::IngestResult>& answer) { report.Answered(answer); });
    reader.ReadAll([&](ReadArticle read) {
      if (!read.article.ok()) {
        report.Rejected(read.source, read.article.status());
        return true;
      }
      report.Sent(std::move(read.source));
      status = uploader.Add(*std::move(read.article));
      return status.ok();
    });
    if (status.ok()) status = uploader.Finish();
  }
  report.EndProgress();

  const std::string summary =
      as_json ? JsonText(report.Json(), format == OutputFormat::kJson ? 2 : -1) : report.Summary();
  RETURN_IF_ERROR(session.console.Print(absl::StrCat(summary, "\n")));
  if (!status.ok()) {
    session.console.PrintError(absl::StrCat("gisa: stopped with ", report.unanswered(),
                                            " articles sent and not acknowledged; run the same command again\n"));
    return status;
  }
  return report.rejected() > 0 ? ExitCode::kSomeFailed : ExitCode::kOk;
}

}  // namespace

void AddIngestCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<IngestFlags>();
  CLI::App* const command = app.add_subcommand("ingest", "Store articles out of files, folders and standard input");
  command->add_option("paths", flags->paths, "Files and folders; - for standard input")->type_name("PATH")->required();
  command->add_flag("-q,--quiet", flags->quiet, "Show no progress");
  command->add_flag("-v,--verbose", flags->verbose, "Tell of each article what became of it");
  command->add_flag("--undelete", flags->undelete, "Bring back articles that were deleted");
  command->footer(kExamples);
  command->callback([flags, &session] { session.action = [flags, &session] { return Ingest(*flags, session); }; });
}

}  // namespace gisa
