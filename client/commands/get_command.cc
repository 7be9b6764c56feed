#include "client/commands/get_command.h"

#include "absl/strings/str_cat.h"
#include "client/commands/article_view.h"
#include "client/commands/option_types.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

struct GetFlags {
  std::string key;
  std::string hash;
  uint32_t revision = 0;
};

constexpr char kExamples[] = R"(
Formats (-o): text, the default; json; jsonl; md, the crawled file format, which `gisa ingest` reads again.

Examples:
  gisa get 018/0006192082
  gisa get 018/0006192082 --revision 1 -o json
  gisa get 018/0006192082 -o md > 018_0006192082.md
  gisa get --hash 48a378e5ab5e3dcade63c3869d1756816f217dd61d3d17d12b17b7337f4d431f
)";

absl::StatusOr<v1::GetRequest> MakeRequest(const GetFlags& flags) {
  v1::GetRequest request;
  if (flags.key.empty() == flags.hash.empty()) {
    return absl::InvalidArgumentError("name one article: either OID/AID or --hash HEX");
  }
  if (!flags.hash.empty()) {
    if (flags.revision != 0) return absl::InvalidArgumentError("--revision goes with OID/AID, not with --hash");
    request.set_content_hash(flags.hash);
  } else {
    ASSIGN_OR_RETURN(*request.mutable_key(), ParseKey(flags.key));
    request.set_revision(flags.revision);
  }
  return request;
}

std::string Format(const v1::Article& article, OutputFormat format, const Session& session) {
  const ArticleFileZones& zones = session.flags.zones;
  switch (format) {
    case OutputFormat::kMarkdown:
      return FormatArticleFile(article, zones);
    case OutputFormat::kJson:
      return absl::StrCat(JsonText(ArticleJson(article, zones, /*with_body=*/true), 2), "\n");
    case OutputFormat::kJsonl:
      return absl::StrCat(JsonText(ArticleJson(article, zones, /*with_body=*/true), -1), "\n");
    default:
      return ReadableArticle(article, zones, session.console);
  }
}

absl::StatusOr<ExitCode> Get(const GetFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kText, OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kJsonl,
                                   OutputFormat::kMarkdown}));
  ASSIGN_OR_RETURN(const v1::GetRequest request, MakeRequest(flags));
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  ASSIGN_OR_RETURN(const v1::GetResponse response, client->Get(request));
  RETURN_IF_ERROR(session.console.Print(Format(response.article(), format, session)));
  return ExitCode::kOk;
}

}  // namespace

void AddGetCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<GetFlags>();
  CLI::App* const command = app.add_subcommand("get", "Show one article, by its key or by the hash of its body");
  command->add_option("key", flags->key, "The article's key, OID/AID")->type_name("OID/AID");
  command->add_option("--hash", flags->hash, "The content_hash of its body: shows the article that first brought it")
      ->type_name("HEX");
  command->add_option("--revision", flags->revision, "An earlier revision, counted from 1; the current one by default")
      ->type_name("N")
      ->check(CheckPositive);
  command->footer(kExamples);
  command->callback([flags, &session] { session.action = [flags, &session] { return Get(*flags, session); }; });
}

}  // namespace gisa
