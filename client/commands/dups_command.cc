#include "client/commands/dups_command.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/commands/article_view.h"
#include "client/commands/cluster_list.h"
#include "client/commands/option_types.h"
#include "client/commands/table.h"
#include "client/white_space.h"
#include "storage/base/status_macros.h"
#include "storage/base/utf8.h"

namespace gisa {
namespace {

constexpr int kMaxPageSize = 100;

struct DupsFlags {
  std::string key;
  std::string hash;
  std::string text_file;
  double min_similarity = 0;
  bool clusters = false;
  ClusterFlags of_clusters;
  uint64_t limit = 20;
  bool all = false;
};

constexpr char kExamples[] = R"(
The very same bodies come first, then those alike (NEAR), then those of which one is a part of the other (CONTAINED).
SIMILAR is the share of what both have in all that either has, INSIDE the share of the shorter one that the longer has;
BOTH, HERE and THERE count the runs of five letters that both have, only the article asked about, and only the other.

With --clusters: what ran everywhere. Articles whose bodies are the same or NEAR are one cluster; SIZE counts them, BODIES
their different bodies, FIRST and LAST are when they were published, and KEY is the one that had it first here.

Formats (-o): table, the default; json, one object with duplicates or clusters; jsonl, one a line.

Examples:
  gisa dups 018/0006192082
  gisa dups 018/0006192082 --min-similarity 0.6 --all
  gisa dups --text draft.txt
  pbpaste | gisa dups --text -
  gisa dups --clusters --min-size 5 --since 2025-12-30
  gisa dups --clusters --order newest --members 20
)";

absl::StatusOr<std::string> ReadText(const std::string& path) {
  std::string text;
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::ifstream file(path, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(file), {});
    if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  }
  if (const size_t bad = FindInvalidUtf8(text); bad != text.size()) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is not UTF-8 at byte ", bad));
  }
  // As in an article's file: only then a copy is the very same.
  return std::string(StripWhiteSpace(text));
}

absl::StatusOr<v1::FindDuplicatesRequest> MakeRequest(const DupsFlags& flags) {
  v1::FindDuplicatesRequest request;
  if (!flags.key.empty() + !flags.hash.empty() + !flags.text_file.empty() != 1) {
    return absl::InvalidArgumentError("name one article: OID/AID, --hash HEX or --text FILE; or list all --clusters");
  }
  if (!flags.key.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_key(), ParseKey(flags.key));
  } else if (!flags.hash.empty()) {
    request.set_content_hash(flags.hash);
  } else {
    ASSIGN_OR_RETURN(*request.mutable_text(), ReadText(flags.text_file));
  }
  request.set_min_similarity(flags.min_similarity);
  return request;
}

std::string RelationText(v1::DuplicateRelation relation) {
  switch (relation) {
    case v1::DUPLICATE_RELATION_EXACT:
      return "EXACT";
    case v1::DUPLICATE_RELATION_NEAR:
      return "NEAR";
    case v1::DUPLICATE_RELATION_CONTAINED:
      return "CONTAINED";
    default:
      return "?";
  }
}

std::vector<std::string> Row(const v1::Duplicate& duplicate, const Session& session) {
  const v1::Article& article = duplicate.article();
  const bool is_exact = duplicate.relation() == v1::DUPLICATE_RELATION_EXACT;
  const auto count = [is_exact](uint64_t shingles) { return is_exact ? "" : absl::StrCat(shingles); };
  return {RelationText(duplicate.relation()),
          absl::StrFormat("%.3f", duplicate.similarity()),
          absl::StrFormat("%.3f", duplicate.containment()),
          count(duplicate.shared_shingles()),
          count(duplicate.only_here_shingles()),
          count(duplicate.only_there_shingles()),
          KeyText(article),
          article.has_published_at() ? TimeText(article.published_at(), session.flags.zones.published_at) : "",
          article.publisher(),
          article.title()};
}

nlohmann::ordered_json DuplicateJson(const v1::Duplicate& duplicate, const Session& session) {
  nlohmann::ordered_json json;
  json["relation"] = RelationText(duplicate.relation());
  json["similarity"] = duplicate.similarity();
  json["containment"] = duplicate.containment();
  json["shared_shingles"] = duplicate.shared_shingles();
  json["only_here_shingles"] = duplicate.only_here_shingles();
  json["only_there_shingles"] = duplicate.only_there_shingles();
  json["article"] = ArticleJson(duplicate.article(), session.flags.zones, /*with_body=*/false);
  return json;
}

struct Answer {
  std::vector<v1::Duplicate> duplicates;
  bool incomplete = false;
  bool has_more = false;  // than asked for
};

absl::StatusOr<Answer> ReadAnswer(ArchiveClient* client, v1::FindDuplicatesRequest request, uint64_t limit) {
  Answer answer;
  do {
    request.set_page_size(static_cast<int>(std::min<uint64_t>(limit - answer.duplicates.size(), kMaxPageSize)));
    ASSIGN_OR_RETURN(const v1::FindDuplicatesResponse response, client->FindDuplicates(request));
    answer.duplicates.insert(answer.duplicates.end(), response.duplicates().begin(), response.duplicates().end());
    answer.incomplete |= response.incomplete();
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && answer.duplicates.size() < limit);
  answer.has_more = !request.page_token().empty();
  return answer;
}

std::string TableText(const Answer& answer, const Session& session) {
  if (answer.duplicates.empty()) return answer.incomplete ? "none found; there may be some\n" : "no duplicates\n";
  std::vector<std::vector<std::string>> rows;
  rows.reserve(answer.duplicates.size());
  for (const v1::Duplicate& duplicate : answer.duplicates) rows.push_back(Row(duplicate, session));
  std::string text =
      FormatTable({"RELATION", "SIMILAR", "INSIDE", "BOTH", "HERE", "THERE", "KEY", "PUBLISHED", "PUBLISHER", "TITLE"},
                  rows, session.console.out_width());
  if (answer.has_more) absl::StrAppend(&text, "there are more; see --all\n");
  if (answer.incomplete)
    absl::StrAppend(&text, "too many candidates to compare them all: there may be more near ones\n");
  return text;
}

absl::StatusOr<ExitCode> Dups(const DupsFlags& flags, Session& session) {
  const uint64_t limit = flags.all ? std::numeric_limits<uint64_t>::max() : flags.limit;
  if (flags.clusters) return ListClusters(flags.of_clusters, limit, session);
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kJsonl}));
  ASSIGN_OR_RETURN(v1::FindDuplicatesRequest request, MakeRequest(flags));
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  ASSIGN_OR_RETURN(const Answer answer, ReadAnswer(client.get(), std::move(request), limit));

  std::string text;
  if (format == OutputFormat::kTable) {
    text = TableText(answer, session);
  } else {
    std::vector<nlohmann::ordered_json> duplicates;
    duplicates.reserve(answer.duplicates.size());
    for (const v1::Duplicate& duplicate : answer.duplicates) duplicates.push_back(DuplicateJson(duplicate, session));
    text = JsonListText(duplicates, format == OutputFormat::kJsonl, "duplicates",
                        {{"has_more", answer.has_more}, {"incomplete", answer.incomplete}});
  }
  RETURN_IF_ERROR(session.console.Print(text));
  return ExitCode::kOk;
}

}  // namespace

void AddDupsCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<DupsFlags>();
  CLI::App* const command = app.add_subcommand("dups", "Find the copies of an article, or of a text, or all clusters");
  CLI::Option* const of_one[] = {
      command->add_option("key", flags->key, "The article's key, OID/AID")->type_name("OID/AID"),
      command->add_option("--hash", flags->hash, "The content_hash of a stored body instead")->type_name("HEX"),
      command
          ->add_option("--text", flags->text_file, "A file with a body that need not be stored; - for standard input")
          ->type_name("FILE"),
      command
          ->add_option("--min-similarity", flags->min_similarity,
                       "How similar, or how much of the shorter inside the longer; 0.8 by default")
          ->type_name("0.5..1")};
  CLI::Option* const clusters =
      command->add_flag("--clusters", flags->clusters, "List the groups of copies, the largest first");
  for (CLI::Option* const option : of_one) option->excludes(clusters);
  AddClusterFlags(*command, clusters, flags->of_clusters);
  command->add_option("--limit", flags->limit, "How many to show; 20 by default")->type_name("N")->check(CheckPositive);
  command->add_flag("--all", flags->all, "Show all, whatever the limit");
  command->footer(kExamples);
  command->callback([flags, &session] { session.action = [flags, &session] { return Dups(*flags, session); }; });
}

}  // namespace gisa
