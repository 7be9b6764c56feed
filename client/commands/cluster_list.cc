#include "client/commands/cluster_list.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/article_time.h"
#include "client/commands/article_view.h"
#include "client/commands/option_types.h"
#include "client/commands/quantity.h"
#include "client/commands/table.h"
#include "client/commands/time_bound.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr int kMaxPageSize = 100;

struct Answer {
  std::vector<v1::Cluster> clusters;
  uint64_t total = 0;
  bool incomplete = false;
  bool has_more = false;  // than asked for
};

absl::StatusOr<Answer> ReadAnswer(ArchiveClient* client, v1::ListClustersRequest request, uint64_t limit) {
  Answer answer;
  do {
    request.set_page_size(static_cast<int>(std::min<uint64_t>(limit - answer.clusters.size(), kMaxPageSize)));
    ASSIGN_OR_RETURN(v1::ListClustersResponse response, client->ListClusters(request));
    for (v1::Cluster& cluster : *response.mutable_clusters()) answer.clusters.push_back(std::move(cluster));
    answer.total = response.total_clusters();
    answer.incomplete |= response.incomplete();
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && answer.clusters.size() < limit);
  answer.has_more = !request.page_token().empty();
  return answer;
}

std::string TimeCell(bool present, const google::protobuf::Timestamp& time, const Session& session) {
  return present ? TimeText(time, session.flags.zones.published_at) : "";
}

// A row for the cluster, with its canonical article, and one for each other member that was asked for.
void AddRows(const v1::Cluster& cluster, const Session& session, std::vector<std::vector<std::string>>* rows) {
  for (int i = 0; i < cluster.members_size(); ++i) {
    const v1::Article& member = cluster.members(i);
    std::vector<std::string>& row = rows->emplace_back();
    if (i == 0) {
      row = {absl::StrCat(CountText(cluster.size()), cluster.incomplete() ? "+" : ""), CountText(cluster.bodies()),
             TimeCell(cluster.has_first_published_at(), cluster.first_published_at(), session),
             TimeCell(cluster.has_last_published_at(), cluster.last_published_at(), session)};
    } else {
      row = {"", "", TimeCell(member.has_published_at(), member.published_at(), session), ""};
    }
    row.insert(row.end(), {KeyText(member), member.publisher(), member.title()});
  }
}

std::string TableText(const Answer& answer, const Session& session) {
  if (answer.clusters.empty()) return answer.incomplete ? "none found; there may be some\n" : "no clusters\n";
  std::vector<std::vector<std::string>> rows;
  for (const v1::Cluster& cluster : answer.clusters) AddRows(cluster, session, &rows);
  std::string text =
      FormatTable({"SIZE", "BODIES", "FIRST", "LAST", "KEY", "PUBLISHER", "TITLE"}, rows, session.console.out_width());
  if (answer.has_more) absl::StrAppend(&text, "of ", CountText(answer.total), " clusters; see --limit and --all\n");
  if (answer.incomplete) absl::StrAppend(&text, "too much to compare it all: there may be more clusters\n");
  return text;
}

nlohmann::ordered_json ClusterJson(const v1::Cluster& cluster, const Session& session) {
  const auto time_or_null = [](bool present, const google::protobuf::Timestamp& time) {
    return present ? nlohmann::ordered_json(FormatRfc3339Time(time, absl::UTCTimeZone())) : nlohmann::ordered_json();
  };
  nlohmann::ordered_json json;
  json["size"] = cluster.size();
  json["bodies"] = cluster.bodies();
  json["first_published_at"] = time_or_null(cluster.has_first_published_at(), cluster.first_published_at());
  json["last_published_at"] = time_or_null(cluster.has_last_published_at(), cluster.last_published_at());
  json["incomplete"] = cluster.incomplete();
  json["canonical"] = {{"oid", cluster.canonical().oid()}, {"aid", cluster.canonical().aid()}};
  auto members = nlohmann::ordered_json::array();
  for (const v1::Article& member : cluster.members()) {
    members.push_back(ArticleJson(member, session.flags.zones, /*with_body=*/false));
  }
  json["members"] = std::move(members);
  return json;
}

std::string CheckMinSize(const std::string& text) {
  return CheckPositive(text).empty() && text != "1" ? "" : absl::StrCat("\"", text, "\" is not a number from 2 on");
}

}  // namespace

void AddClusterFlags(CLI::App& command, CLI::Option* clusters, ClusterFlags& flags) {
  command.add_option("--min-size", flags.min_size, "Only clusters of so many articles or more; 2 by default")
      ->type_name("N")
      ->check(CheckMinSize)
      ->needs(clusters);
  command.add_option("--since", flags.since, "Only clusters with an article published then or later")
      ->type_name("TIME")
      ->needs(clusters);
  AddChoice<v1::ClusterOrder>(command, "--order", flags.order,
                              {{"size", v1::CLUSTER_ORDER_SIZE}, {"newest", v1::CLUSTER_ORDER_NEWEST}},
                              "size (default), or newest: by the last published article")
      ->type_name("ORDER")
      ->needs(clusters);
  command
      .add_option("--members", flags.members,
                  "How many articles of each cluster to show, up to 100; 1 by default in a table, else 10")
      ->type_name("N")
      ->check(CheckPositive)
      ->needs(clusters);
}

absl::StatusOr<ExitCode> ListClusters(const ClusterFlags& flags, uint64_t limit, Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kJsonl}));
  v1::ListClustersRequest request;
  request.set_min_size(flags.min_size);
  request.set_order(flags.order);
  request.set_max_members(flags.members == 0 && format == OutputFormat::kTable ? 1 : flags.members);
  if (!flags.since.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_since(),
                     ParseTimeBound("--since", flags.since, session.flags.zones.published_at));
  }
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  ASSIGN_OR_RETURN(const Answer answer, ReadAnswer(client.get(), std::move(request), limit));

  std::string text;
  if (format == OutputFormat::kTable) {
    text = TableText(answer, session);
  } else {
    std::vector<nlohmann::ordered_json> clusters;
    clusters.reserve(answer.clusters.size());
    for (const v1::Cluster& cluster : answer.clusters) clusters.push_back(ClusterJson(cluster, session));
    text = JsonListText(
        clusters, format == OutputFormat::kJsonl, "clusters",
        {{"total_clusters", answer.total}, {"has_more", answer.has_more}, {"incomplete", answer.incomplete}});
  }
  RETURN_IF_ERROR(session.console.Print(text));
  return ExitCode::kOk;
}

}  // namespace gisa
