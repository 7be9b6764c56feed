#include "client/commands/export_command.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "client/commands/article_view.h"
#include "client/commands/export_flags.h"
#include "client/export_reader.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

struct ExportCommandFlags {
  ExportFlags filter;
  std::string file;
};

constexpr char kExamples[] = R"(
Writes the archive as it stood when the export began, an article a line. `gisa ingest` reads it again.

Examples:
  gisa export -O archive.jsonl
  gisa export --oid 018 --published-after 2025-12-01 --published-before 2026-01-01 --order time
  gisa export | gisa ingest - --address other-host:7410
)";

struct FileCloser {
  void operator()(FILE* file) const { std::fclose(file); }
};

absl::Status FileError(absl::string_view file, int error) {
  return absl::InternalError(absl::StrCat("cannot write ", file, ": ", std::strerror(error)));
}

absl::StatusOr<ExitCode> Export(const ExportCommandFlags& flags, Session& session) {
  RETURN_IF_ERROR(session.Format({OutputFormat::kJsonl}).status());
  const ArticleFileZones& zones = session.flags.zones;
  ASSIGN_OR_RETURN(const v1::ExportRequest request,
                   MakeExportRequest(flags.filter, v1::ARTICLE_VIEW_FULL, zones.published_at));
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  ExportReader reader(client.get(), request);
  // The first article is waited for, so that a server that is not there does not cost the file that was.
  ASSIGN_OR_RETURN(std::optional<v1::Article> article, reader.Next());
  std::unique_ptr<FILE, FileCloser> file;
  if (!flags.file.empty()) {
    file.reset(std::fopen(flags.file.c_str(), "w"));
    if (file == nullptr) return FileError(flags.file, errno);
  }
  while (article.has_value()) {
    const std::string line = absl::StrCat(JsonText(ArticleJson(*article, zones, /*with_body=*/true), -1), "\n");
    if (file == nullptr) {
      RETURN_IF_ERROR(session.console.Print(line));
    } else if (std::fwrite(line.data(), 1, line.size(), file.get()) != line.size()) {
      return FileError(flags.file, errno);
    }
    ASSIGN_OR_RETURN(article, reader.Next());
  }
  if (file != nullptr && std::fclose(file.release()) != 0) return FileError(flags.file, errno);
  return ExitCode::kOk;
}

}  // namespace

void AddExportCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<ExportCommandFlags>();
  CLI::App* const command = app.add_subcommand("export", "Write articles with their bodies as JSON Lines");
  AddExportFlags(*command, flags->filter);
  command->add_option("-O,--output-file", flags->file, "Write to this file instead of standard output")
      ->type_name("FILE");
  command->footer(kExamples);
  command->callback([flags, &session] { session.action = [flags, &session] { return Export(*flags, session); }; });
}

}  // namespace gisa
