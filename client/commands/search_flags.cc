#include "client/commands/search_flags.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/commands/option_types.h"
#include "client/commands/time_bound.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr char kAllFacets[] = "publisher,category,day,month";
// The value of the flag without one.
constexpr char kAll[] = "all";

const Choices<v1::SearchFacet>& FacetNames() {
  static const auto& names = *new Choices<v1::SearchFacet>{{"publisher", v1::SEARCH_FACET_PUBLISHER},
                                                           {"category", v1::SEARCH_FACET_CATEGORY},
                                                           {"day", v1::SEARCH_FACET_DAY},
                                                           {"month", v1::SEARCH_FACET_MONTH}};
  return names;
}

absl::StatusOr<v1::SearchFacet> ParseFacet(absl::string_view name) {
  for (const auto& [known, facet] : FacetNames()) {
    if (known == name) return facet;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--facets: \"", name, "\" is not known; expected some of ", kAllFacets));
}

void AddNames(CLI::App& command, const std::string& flag, std::vector<std::string>& names, const std::string& help,
              const std::string& type) {
  command.add_option(flag, names, help)->type_name(type)->allow_extra_args(false);
}

void AddTime(CLI::App& command, const std::string& flag, std::string& time, const std::string& help) {
  command.add_option(flag, time, help)->type_name("TIME");
}

absl::Status SetTime(absl::string_view flag, const std::string& text, absl::TimeZone zone,
                     google::protobuf::Timestamp* (v1::SearchFilter::*field)(), v1::SearchFilter* filter) {
  if (text.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(*(filter->*field)(), ParseTimeBound(flag, text, zone));
  return absl::OkStatus();
}

absl::Status SetFilter(const SearchFlags& flags, const ArticleFileZones& zones, v1::SearchFilter* filter) {
  for (const std::string& oid : flags.oids) filter->add_oids(oid);
  for (const std::string& publisher : flags.publishers) filter->add_publishers(publisher);
  for (const std::string& category : flags.categories) filter->add_categories(category);
  filter->set_content_hash(flags.content_hash);
  RETURN_IF_ERROR(SetTime("--published-after", flags.published_after, zones.published_at,
                          &v1::SearchFilter::mutable_published_after, filter));
  RETURN_IF_ERROR(SetTime("--published-before", flags.published_before, zones.published_at,
                          &v1::SearchFilter::mutable_published_before, filter));
  RETURN_IF_ERROR(SetTime("--crawled-after", flags.crawled_after, zones.crawled_at,
                          &v1::SearchFilter::mutable_crawled_after, filter));
  return SetTime("--crawled-before", flags.crawled_before, zones.crawled_at, &v1::SearchFilter::mutable_crawled_before,
                 filter);
}

}  // namespace

void AddSearchFlags(CLI::App& command, SearchFlags& flags) {
  command.add_option("query", flags.words, "What to look for; see below. None lists what the filters let through")
      ->type_name("QUERY");
  AddChoice<v1::SearchMatch>(command, "--match", flags.match,
                             {{"all", v1::SEARCH_MATCH_ALL}, {"any", v1::SEARCH_MATCH_ANY}},
                             "Whether all (default) or any of the words must occur")
      ->type_name("MATCH");
  AddChoice<v1::SearchOrder>(command, "--order", flags.order,
                             {{"relevance", v1::SEARCH_ORDER_RELEVANCE},
                              {"newest", v1::SEARCH_ORDER_NEWEST},
                              {"oldest", v1::SEARCH_ORDER_OLDEST}},
                             "relevance (default), or by published_at: newest (default without words), oldest")
      ->type_name("ORDER");
  AddNames(command, "--oid", flags.oids, "Only this publisher, by number; may be repeated", "OID");
  AddNames(command, "--publisher", flags.publishers, "Only this publisher, by its whole name; may be repeated", "NAME");
  AddNames(command, "--category", flags.categories, "Only this category; may be repeated", "NAME");
  AddTime(command, "--published-after", flags.published_after, "Only what was published then or later");
  AddTime(command, "--published-before", flags.published_before, "Only what was published before that");
  AddTime(command, "--crawled-after", flags.crawled_after, "Only what was crawled then or later");
  AddTime(command, "--crawled-before", flags.crawled_before, "Only what was crawled before that");
  command.add_option("--hash", flags.content_hash, "Only articles with the body of this content_hash")
      ->type_name("HEX");
  command.add_flag("--collapse", flags.collapse, "Show one article for each body, with the number of its copies");
  command.add_flag(absl::StrCat("--facets{", kAll, "}"), flags.facets,
                   "Count the hits by publisher, category, day and month, or those named: --facets=publisher,day");
  command.add_option("--snippets", flags.snippets, "How many passages of each article to show; 1 by default")
      ->type_name("N")
      ->check(CLI::Range(1, 5).description(""));
  command.add_option("--limit", flags.limit, "How many to show; 10 by default")->type_name("N")->check(CheckPositive);
  command.add_flag("--all", flags.all, "Show all, whatever the limit");
  command.add_option("--open", flags.open, "Show the whole of the article with this number in the list, and no list")
      ->type_name("N")
      ->check(CheckPositive);
}

absl::StatusOr<v1::SearchRequest> MakeSearchRequest(const SearchFlags& flags, const ArticleFileZones& zones) {
  v1::SearchRequest request;
  request.set_query(absl::StrJoin(flags.words, " "));
  request.set_match(flags.match);
  request.set_order(flags.order);
  v1::SearchFilter filter;
  RETURN_IF_ERROR(SetFilter(flags, zones, &filter));
  if (filter.ByteSizeLong() > 0) *request.mutable_filter() = std::move(filter);
  request.set_collapse_duplicates(flags.collapse);
  request.set_max_snippets(static_cast<int>(flags.snippets));
  const std::string facets = flags.facets == kAll ? kAllFacets : flags.facets;
  for (const absl::string_view name : absl::StrSplit(facets, ',', absl::SkipEmpty())) {
    ASSIGN_OR_RETURN(const v1::SearchFacet facet, ParseFacet(name));
    request.add_facets(facet);
  }
  return request;
}

}  // namespace gisa
