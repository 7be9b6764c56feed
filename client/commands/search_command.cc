#include "client/commands/search_command.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/commands/article_view.h"
#include "client/commands/search_flags.h"
#include "client/commands/search_view.h"
#include "client/search_pager.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr int kMaxPageSize = 100;

constexpr char kHelp[] = R"(
The query:
  대전 시장             both words occur in the title or the body, be it within longer ones: 대전에서
  '"달빛 축제"'         these words side by side
  대전 OR 세종          one of them; binds less than standing side by side
  '(대전 OR 세종) 시장'
  -- 대전 -시장         without the second word; after --, for else it looks like an option
  title:대전            only in the title; so body:, author:, publisher:, and title:"…" or title:(…)
  '대전*' 'sam*'        at the beginning of an eojeol; of a Latin word, any that begins so

Formats (-o): table, the default; json, one object with total_hits, facets and hits; jsonl, a hit a line.
In json, highlights are half-open ranges of the title and of a snippet's text, in bytes and in code points.

Examples:
  gisa search 대전 시장
  gisa search 반도체 --order newest --limit 3 --facets=publisher,month
  gisa search --publisher 한빛신문 --published-after 2026-01-01 --collapse
  gisa search 달빛 축제 --match any --open 1
  gisa search 독파모 --all -o jsonl | jq -r .article.title
)";

// What is printed as the pages come.
class Printer {
 public:
  Printer(OutputFormat format, Session* session) : format_(format), session_(*session) {}

  absl::Status AddPage(const v1::SearchResponse& page) {
    if (shown_ == 0) facets_ = page.facets();
    for (const v1::SearchHit& hit : page.hits()) {
      ++shown_;
      if (format_ == OutputFormat::kTable) {
        RETURN_IF_ERROR(session_.console.Print(HitText(hit, shown_, session_)));
      } else if (format_ == OutputFormat::kJsonl) {
        RETURN_IF_ERROR(session_.console.Print(absl::StrCat(JsonText(HitJson(hit, session_.flags.zones), -1), "\n")));
      } else {
        hits_.push_back(HitJson(hit, session_.flags.zones));
      }
    }
    return absl::OkStatus();
  }

  absl::Status Finish(const v1::SearchResponse& last_page) {
    if (format_ == OutputFormat::kTable) {
      for (const v1::FacetResult& facet : facets_) {
        RETURN_IF_ERROR(session_.console.Print(FacetText(facet, session_.console)));
      }
      return session_.console.Print(TotalText(last_page, shown_));
    }
    if (format_ == OutputFormat::kJsonl) return absl::OkStatus();
    auto facets = nlohmann::ordered_json::array();
    for (const v1::FacetResult& facet : facets_) facets.push_back(FacetJson(facet));
    const nlohmann::ordered_json json = {{"total_hits", last_page.total_hits()},
                                         {"total_hits_is_lower_bound", last_page.total_hits_is_lower_bound()},
                                         {"facets", std::move(facets)},
                                         {"hits", std::move(hits_)}};
    return session_.console.Print(absl::StrCat(JsonText(json, 2), "\n"));
  }

  uint64_t shown() const { return shown_; }

 private:
  const OutputFormat format_;
  Session& session_;
  uint64_t shown_ = 0;
  google::protobuf::RepeatedPtrField<v1::FacetResult> facets_;
  nlohmann::ordered_json hits_ = nlohmann::ordered_json::array();
};

// The key of hit `number`.
absl::StatusOr<v1::ArticleKey> FindHit(SearchPager* pager, uint64_t number) {
  uint64_t passed = 0;
  while (!pager->done()) {
    const auto page_size = static_cast<int>(std::min<uint64_t>(number - passed, kMaxPageSize));
    ASSIGN_OR_RETURN(const v1::SearchResponse page, pager->NextPage(page_size));
    passed += static_cast<uint64_t>(page.hits_size());
    if (passed < number) continue;
    const v1::Article& article = page.hits(page.hits_size() - 1).article();
    v1::ArticleKey key;
    key.set_oid(article.oid());
    key.set_aid(article.aid());
    return key;
  }
  return absl::NotFoundError(absl::StrCat("--open: there are only ", passed, " hits"));
}

absl::StatusOr<ExitCode> Open(ArchiveClient* client, SearchPager* pager, uint64_t number, Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kText, OutputFormat::kTable, OutputFormat::kJson}));
  v1::GetRequest request;
  ASSIGN_OR_RETURN(*request.mutable_key(), FindHit(pager, number));
  ASSIGN_OR_RETURN(const v1::GetResponse response, client->Get(request));
  const std::string text =
      format == OutputFormat::kJson
          ? absl::StrCat(JsonText(ArticleJson(response.article(), session.flags.zones, /*with_body=*/true), 2), "\n")
          : ReadableArticle(response.article(), session.flags.zones, session.console);
  RETURN_IF_ERROR(session.console.Print(text));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Search(const SearchFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(v1::SearchRequest request, MakeSearchRequest(flags, session.flags.zones));
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  if (flags.open > 0) {
    request.clear_facets();
    SearchPager pager(client.get(), std::move(request));
    return Open(client.get(), &pager, flags.open, session);
  }
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kJsonl}));
  SearchPager pager(client.get(), std::move(request));
  const uint64_t limit = flags.all ? std::numeric_limits<uint64_t>::max() : flags.limit;
  Printer printer(format, &session);
  v1::SearchResponse page;
  do {
    const auto page_size = static_cast<int>(std::min<uint64_t>(limit - printer.shown(), kMaxPageSize));
    ASSIGN_OR_RETURN(page, pager.NextPage(page_size));
    RETURN_IF_ERROR(printer.AddPage(page));
  } while (printer.shown() < limit && !pager.done());
  RETURN_IF_ERROR(printer.Finish(page));
  return ExitCode::kOk;
}

}  // namespace

void AddSearchCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<SearchFlags>();
  CLI::App* const command =
      app.add_subcommand("search", "Find articles by the words in them and by what is known of them");
  AddSearchFlags(*command, *flags);
  command->footer(kHelp);
  command->callback([flags, &session] { session.action = [flags, &session] { return Search(*flags, session); }; });
}

}  // namespace gisa
