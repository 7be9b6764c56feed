#include "client/commands/list_command.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "client/commands/article_view.h"
#include "client/commands/export_flags.h"
#include "client/commands/option_types.h"
#include "client/commands/table.h"
#include "client/export_reader.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

struct ListFlags {
  std::string key;
  ExportFlags filter;
  uint64_t limit = 20;
};

constexpr char kExamples[] = R"(
Formats (-o): table, the default; json, one object with articles (or revisions); jsonl, one a line. Bodies are left out:
`gisa get` shows them, `gisa export` writes them.

Examples:
  gisa list
  gisa list --oid 018 --published-after 2025-12-30 --order time --limit 100
  gisa list 018/0006192082        the revisions of one article, newest first
)";

absl::StatusOr<std::vector<v1::Article>> ReadArticles(ArchiveClient* client, const v1::ExportRequest& request,
                                                      uint64_t limit) {
  std::vector<v1::Article> articles;
  ExportReader reader(client, request);
  while (articles.size() < limit) {
    ASSIGN_OR_RETURN(auto article, reader.Next());
    if (!article.has_value()) break;
    articles.push_back(*std::move(article));
  }
  return articles;
}

absl::StatusOr<std::vector<v1::Article>> ReadRevisions(ArchiveClient* client, const v1::ArticleKey& key,
                                                       uint64_t limit) {
  std::vector<v1::Article> revisions;
  v1::ListRevisionsRequest request;
  *request.mutable_key() = key;
  do {
    ASSIGN_OR_RETURN(v1::ListRevisionsResponse page, client->ListRevisions(request));
    for (v1::Article& revision : *page.mutable_revisions()) {
      if (revisions.size() < limit) revisions.push_back(std::move(revision));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && revisions.size() < limit);
  return revisions;
}

std::string Published(const v1::Article& article, const ArticleFileZones& zones) {
  return article.has_published_at() ? TimeText(article.published_at(), zones.published_at) : "";
}

std::string ArticleTable(const std::vector<v1::Article>& articles, const Session& session) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(articles.size());
  for (const v1::Article& article : articles) {
    rows.push_back({KeyText(article), Published(article, session.flags.zones), article.publisher(), article.title()});
  }
  return FormatTable({"KEY", "PUBLISHED", "PUBLISHER", "TITLE"}, rows, session.console.out_width());
}

std::string RevisionTable(const std::vector<v1::Article>& revisions, const Session& session) {
  constexpr size_t kShortHash = 12;
  std::vector<std::vector<std::string>> rows;
  rows.reserve(revisions.size());
  for (const v1::Article& revision : revisions) {
    rows.push_back(
        {absl::StrCat(revision.revision()), TimeText(revision.ingested_at(), session.flags.zones.published_at),
         Published(revision, session.flags.zones), revision.content_hash().substr(0, kShortHash), revision.title()});
  }
  return FormatTable({"REVISION", "INGESTED", "PUBLISHED", "HASH", "TITLE"}, rows, session.console.out_width());
}

bool HasFilter(const ExportFlags& filter) {
  return !filter.oids.empty() || !filter.published_after.empty() || !filter.published_before.empty() ||
         filter.order != v1::EXPORT_ORDER_UNSPECIFIED;
}

absl::StatusOr<ExitCode> List(const ListFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kJsonl}));
  const ArticleFileZones& zones = session.flags.zones;
  const bool of_one = !flags.key.empty();
  if (of_one && HasFilter(flags.filter)) {
    return absl::InvalidArgumentError(
        "the revisions of one article cannot be filtered; leave the filters or OID/AID out");
  }
  std::vector<v1::Article> articles;
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  if (of_one) {
    ASSIGN_OR_RETURN(const v1::ArticleKey key, ParseKey(flags.key));
    ASSIGN_OR_RETURN(articles, ReadRevisions(client.get(), key, flags.limit));
  } else {
    ASSIGN_OR_RETURN(const v1::ExportRequest request,
                     MakeExportRequest(flags.filter, v1::ARTICLE_VIEW_BASIC, zones.published_at));
    ASSIGN_OR_RETURN(articles, ReadArticles(client.get(), request, flags.limit));
  }

  std::string text;
  if (format == OutputFormat::kTable) {
    text = of_one ? RevisionTable(articles, session) : ArticleTable(articles, session);
  } else {
    std::vector<nlohmann::ordered_json> list;
    list.reserve(articles.size());
    for (const v1::Article& article : articles) list.push_back(ArticleJson(article, zones, /*with_body=*/false));
    text = JsonListText(list, format == OutputFormat::kJsonl, of_one ? "revisions" : "articles");
  }
  RETURN_IF_ERROR(session.console.Print(text));
  return ExitCode::kOk;
}

}  // namespace

void AddListCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<ListFlags>();
  CLI::App* const command = app.add_subcommand("list", "List articles, or the revisions of one");
  command->add_option("key", flags->key, "List the revisions of this article, without the filters below")
      ->type_name("OID/AID");
  AddExportFlags(*command, flags->filter);
  command->add_option("--limit", flags->limit, "How many to list; 20 by default")->type_name("N")->check(CheckPositive);
  command->footer(kExamples);
  command->callback([flags, &session] { session.action = [flags, &session] { return List(*flags, session); }; });
}

}  // namespace gisa
