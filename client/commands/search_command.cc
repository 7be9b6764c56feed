#include "client/commands/search_command.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/commands/article_view.h"
#include "client/commands/display_text.h"
#include "client/commands/highlight.h"
#include "client/commands/option_types.h"
#include "client/search_pager.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr int kMaxPageSize = 100;

struct SearchFlags {
  std::vector<std::string> words;
  v1::SearchOrder order = v1::SEARCH_ORDER_RELEVANCE;
  uint64_t limit = 10;
  bool all = false;
};

constexpr char kExamples[] = R"(
Every word has to occur in the title or the body, be it as a part of a longer one: 대전 finds 대전에서. Words that begin
with a dash follow a `--`.

Formats (-o): table, the default; json, one object with total_hits and hits; jsonl, a hit a line.
In json, highlights are half-open ranges of bytes of the title and of the snippet's text.

Examples:
  gisa search 대전 시장
  gisa search 반도체 --order newest --limit 3
  gisa search 독파모 --all -o jsonl | jq -r .article.title
)";

nlohmann::ordered_json RangesJson(const google::protobuf::RepeatedPtrField<v1::TextRange>& ranges) {
  auto json = nlohmann::ordered_json::array();
  for (const v1::TextRange& range : ranges) json.push_back({{"begin", range.begin()}, {"end", range.end()}});
  return json;
}

nlohmann::ordered_json HitJson(const v1::SearchHit& hit, const ArticleFileZones& zones) {
  nlohmann::ordered_json json;
  json["article"] = ArticleJson(hit.article(), zones, /*with_body=*/false);
  json["score"] = hit.score();
  json["title_highlights"] = RangesJson(hit.title_highlights());
  json["snippet"] = {{"text", hit.snippet().text()},
                     {"body_offset", hit.snippet().body_offset()},
                     {"highlights", RangesJson(hit.snippet().highlights())}};
  return json;
}

std::string HitText(const v1::SearchHit& hit, const Session& session) {
  const v1::Article& article = hit.article();
  std::string line = article.publisher().empty() ? "" : absl::StrCat(OneLine(article.publisher()), "  ");
  if (article.has_published_at()) {
    absl::StrAppend(&line, TimeText(article.published_at(), session.flags.zones.published_at), "  ");
  }
  absl::StrAppend(&line, KeyText(article));
  std::string text = absl::StrCat(Highlighted(article.title(), hit.title_highlights(), session.console), "\n  ",
                                  session.console.Styled(Style::kDim, line), "\n");
  if (!hit.snippet().text().empty()) {
    absl::StrAppend(&text, "  ", Highlighted(hit.snippet().text(), hit.snippet().highlights(), session.console), "\n");
  }
  return absl::StrCat(text, "\n");
}

std::string TotalText(const v1::SearchResponse& page, uint64_t shown) {
  return absl::StrCat(page.total_hits_is_lower_bound() ? "at least " : "", page.total_hits(),
                      page.total_hits() == 1 ? " article matches" : " articles match",
                      shown < page.total_hits() ? absl::StrCat("; ", shown, " shown") : "", "\n");
}

absl::StatusOr<ExitCode> Search(const SearchFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kJsonl}));
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  v1::SearchRequest request;
  request.set_query(absl::StrJoin(flags.words, " "));
  request.set_order(flags.order);
  SearchPager pager(client.get(), request);

  const uint64_t limit = flags.all ? std::numeric_limits<uint64_t>::max() : flags.limit;
  uint64_t shown = 0;
  v1::SearchResponse page;
  auto hits = nlohmann::ordered_json::array();
  do {
    ASSIGN_OR_RETURN(page, pager.NextPage(static_cast<int>(std::min<uint64_t>(limit - shown, kMaxPageSize))));
    for (const v1::SearchHit& hit : page.hits()) {
      ++shown;
      if (format == OutputFormat::kTable) {
        RETURN_IF_ERROR(session.console.Print(HitText(hit, session)));
      } else if (format == OutputFormat::kJsonl) {
        RETURN_IF_ERROR(session.console.Print(absl::StrCat(JsonText(HitJson(hit, session.flags.zones), -1), "\n")));
      } else {
        hits.push_back(HitJson(hit, session.flags.zones));
      }
    }
  } while (shown < limit && !pager.done());

  if (format == OutputFormat::kTable) RETURN_IF_ERROR(session.console.Print(TotalText(page, shown)));
  if (format == OutputFormat::kJson) {
    const nlohmann::ordered_json json = {{"total_hits", page.total_hits()},
                                         {"total_hits_is_lower_bound", page.total_hits_is_lower_bound()},
                                         {"hits", std::move(hits)}};
    RETURN_IF_ERROR(session.console.Print(absl::StrCat(JsonText(json, 2), "\n")));
  }
  return ExitCode::kOk;
}

}  // namespace

void AddSearchCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<SearchFlags>();
  CLI::App* const command = app.add_subcommand("search", "Find articles by the words in them");
  command->add_option("words", flags->words, "The words")->type_name("WORD")->required();
  AddChoice<v1::SearchOrder>(*command, "--order", flags->order,
                             {{"relevance", v1::SEARCH_ORDER_RELEVANCE},
                              {"newest", v1::SEARCH_ORDER_NEWEST},
                              {"oldest", v1::SEARCH_ORDER_OLDEST}},
                             "relevance (default), or by published_at: newest, oldest")
      ->type_name("ORDER");
  command->add_option("--limit", flags->limit, "How many to show; 10 by default")->type_name("N")->check(CheckPositive);
  command->add_flag("--all", flags->all, "Show all, whatever the limit");
  command->footer(kExamples);
  command->callback([flags, &session] { session.action = [flags, &session] { return Search(*flags, session); }; });
}

}  // namespace gisa
