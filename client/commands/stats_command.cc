#include "client/commands/stats_command.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/article_time.h"
#include "client/commands/article_view.h"
#include "client/commands/display_text.h"
#include "client/commands/quantity.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

nlohmann::ordered_json StatsJson(const v1::GetStatsResponse& stats) {
  return {{"articles", stats.articles()},
          {"revisions", stats.revisions()},
          {"bodies", stats.bodies()},
          {"tombstones", stats.tombstones()},
          {"text_bytes", stats.text_bytes()},
          {"unique_text_bytes", stats.unique_text_bytes()},
          {"stored_text_bytes", stats.stored_text_bytes()},
          {"dedup_ratio", stats.dedup_ratio()},
          {"last_sequence", stats.last_sequence()},
          {"index",
           {{"documents", stats.index().documents()},
            {"unflushed_documents", stats.index().unflushed_documents()},
            {"indexed_up_to", stats.index().indexed_up_to()},
            {"disk_bytes", stats.index().disk_bytes()}}},
          {"limits",
           {{"max_message_bytes", stats.limits().max_message_bytes()},
            {"max_body_bytes", stats.limits().max_body_bytes()},
            {"memory_budget_bytes", stats.limits().memory_budget_bytes()},
            {"max_page_size", stats.limits().max_page_size()},
            {"max_exact_hits", stats.limits().max_exact_hits()}}},
          {"version", stats.version()},
          {"started_at", FormatRfc3339Time(stats.started_at(), absl::UTCTimeZone())},
          {"records_disk_bytes", stats.records_disk_bytes()},
          {"near_disk_bytes", stats.near_disk_bytes()}};
}

std::string StatsText(const v1::GetStatsResponse& stats) {
  std::string text;
  const auto add = [&text](absl::string_view name, absl::string_view value) {
    absl::StrAppend(&text, PadToWidth(name, 14), value, "\n");
  };
  add("articles", CountText(stats.articles()));
  add("revisions", CountText(stats.revisions()));
  add("bodies", CountText(stats.bodies()));
  add("deleted", CountText(stats.tombstones()));
  add("text", absl::StrCat(BytesText(stats.text_bytes()), "; each body once: ", BytesText(stats.unique_text_bytes()),
                           ", compressed ", BytesText(stats.stored_text_bytes())));
  add("dedup ratio", absl::StrFormat("%.3f", stats.dedup_ratio()));
  add("sequence", absl::StrCat(stats.last_sequence()));
  add("index",
      absl::StrCat(CountText(stats.index().documents()), " articles, ", CountText(stats.index().unflushed_documents()),
                   " of them in memory; on disk up to sequence ", stats.index().indexed_up_to()));
  add("disk",
      absl::StrCat("records ", BytesText(stats.records_disk_bytes()), ", index ", BytesText(stats.index().disk_bytes()),
                   ", near copies ", BytesText(stats.near_disk_bytes())));
  add("limits", absl::StrCat("body ", BytesText(stats.limits().max_body_bytes()), ", message ",
                             BytesText(stats.limits().max_message_bytes()), ", memory ",
                             BytesText(stats.limits().memory_budget_bytes())));
  add("server", absl::StrCat("gisad ", stats.version(), ", up since ",
                             FormatRfc3339Time(stats.started_at(), absl::UTCTimeZone())));
  return text;
}

absl::StatusOr<ExitCode> Stats(Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kJsonl}));
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  ASSIGN_OR_RETURN(const v1::GetStatsResponse stats, client->GetStats());
  const std::string text = format == OutputFormat::kTable
                               ? StatsText(stats)
                               : absl::StrCat(JsonText(StatsJson(stats), format == OutputFormat::kJson ? 2 : -1), "\n");
  RETURN_IF_ERROR(session.console.Print(text));
  return ExitCode::kOk;
}

}  // namespace

void AddStatsCommand(CLI::App& app, Session& session) {
  CLI::App* const command = app.add_subcommand("stats", "Show how much the archive holds and the server's limits");
  command->footer("\nFormats (-o): table, the default; json; jsonl.\n");
  command->callback([&session] { session.action = [&session] { return Stats(session); }; });
}

}  // namespace gisa
