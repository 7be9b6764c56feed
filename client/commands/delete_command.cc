#include "client/commands/delete_command.h"

#include "absl/strings/str_cat.h"
#include "client/article_time.h"
#include "client/commands/article_view.h"
#include "client/commands/display_text.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

struct DeleteFlags {
  std::string key;
  std::string reason;
};

constexpr char kExamples[] = R"(
The article goes with all its revisions. A tombstone stays, so that a re-crawl does not bring it back; `gisa ingest
--undelete` does. Deleting it again shows the tombstone.

Example:
  gisa delete 018/0006192082 --reason "takedown request of 2026-01-05"
)";

absl::StatusOr<ExitCode> Delete(const DeleteFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format, session.Format({OutputFormat::kText, OutputFormat::kTable,
                                                              OutputFormat::kJson, OutputFormat::kJsonl}));
  v1::DeleteRequest request;
  ASSIGN_OR_RETURN(*request.mutable_key(), ParseKey(flags.key));
  request.set_reason(flags.reason);
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  ASSIGN_OR_RETURN(const v1::DeleteResponse response, client->Delete(request));
  const std::string deleted_at = FormatRfc3339Time(response.deleted_at(), absl::UTCTimeZone());
  std::string text =
      absl::StrCat("deleted ", KeyText(response.key()), " at ", deleted_at, ": ", OneLine(response.reason()), "\n");
  if (format == OutputFormat::kJson || format == OutputFormat::kJsonl) {
    const nlohmann::ordered_json json = {{"key", {{"oid", response.key().oid()}, {"aid", response.key().aid()}}},
                                         {"sequence", response.sequence()},
                                         {"deleted_at", deleted_at},
                                         {"reason", response.reason()}};
    text = absl::StrCat(JsonText(json, format == OutputFormat::kJson ? 2 : -1), "\n");
  }
  RETURN_IF_ERROR(session.console.Print(text));
  return ExitCode::kOk;
}

}  // namespace

void AddDeleteCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<DeleteFlags>();
  CLI::App* const command = app.add_subcommand("delete", "Take an article down");
  command->add_option("key", flags->key, "The article's key, OID/AID")->type_name("OID/AID")->required();
  command->add_option("--reason", flags->reason, "Why; kept in the tombstone")->type_name("TEXT")->required();
  command->footer(kExamples);
  command->callback([flags, &session] { session.action = [flags, &session] { return Delete(*flags, session); }; });
}

}  // namespace gisa
