#include "client/commands/search_view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/commands/article_view.h"
#include "client/commands/display_text.h"
#include "client/commands/highlight.h"

namespace gisa {
namespace {

constexpr char kNoValue[] = "(none)";

nlohmann::ordered_json RangesJson(const google::protobuf::RepeatedPtrField<v1::TextRange>& ranges) {
  auto json = nlohmann::ordered_json::array();
  for (const v1::TextRange& range : ranges) {
    json.push_back({{"begin", range.begin()},
                    {"end", range.end()},
                    {"begin_code_point", range.begin_code_point()},
                    {"end_code_point", range.end_code_point()}});
  }
  return json;
}

nlohmann::ordered_json SnippetJson(const v1::Snippet& snippet) {
  return {{"text", snippet.text()},
          {"body_offset", snippet.body_offset()},
          {"body_code_point_offset", snippet.body_code_point_offset()},
          {"highlights", RangesJson(snippet.highlights())}};
}

// SEARCH_FACET_DAY as day.
std::string FacetName(v1::SearchFacet facet) {
  return absl::AsciiStrToLower(v1::SearchFacet_Name(facet).substr(sizeof("SEARCH_FACET_") - 1));
}

}  // namespace

std::string HitText(const v1::SearchHit& hit, uint64_t number, const Session& session) {
  const v1::Article& article = hit.article();
  std::string line = article.publisher().empty() ? "" : absl::StrCat(OneLine(article.publisher()), "  ");
  if (article.has_published_at()) {
    absl::StrAppend(&line, TimeText(article.published_at(), session.flags.zones.published_at), "  ");
  }
  absl::StrAppend(&line, KeyText(article));
  if (hit.copies() > 1) absl::StrAppend(&line, "  ", hit.copies(), " with this body");
  std::string text = absl::StrCat(number, ". ", Highlighted(article.title(), hit.title_highlights(), session.console),
                                  "\n  ", session.console.Styled(Style::kDim, line), "\n");
  for (const v1::Snippet& snippet : hit.snippets()) {
    absl::StrAppend(&text, "  ", Highlighted(snippet.text(), snippet.highlights(), session.console), "\n");
  }
  return absl::StrCat(text, "\n");
}

nlohmann::ordered_json HitJson(const v1::SearchHit& hit, const ArticleFileZones& zones) {
  nlohmann::ordered_json json;
  json["article"] = ArticleJson(hit.article(), zones, /*with_body=*/false);
  json["score"] = hit.score();
  json["copies"] = hit.copies();
  json["title_highlights"] = RangesJson(hit.title_highlights());
  json["snippets"] = nlohmann::ordered_json::array();
  for (const v1::Snippet& snippet : hit.snippets()) json["snippets"].push_back(SnippetJson(snippet));
  return json;
}

std::string FacetText(const v1::FacetResult& facet, const Console& console) {
  std::string text = absl::StrCat(console.Styled(Style::kBold, FacetName(facet.facet())), "\n");
  size_t width = 0;
  for (const v1::FacetValue& value : facet.values()) width = std::max(width, absl::StrCat(value.hits()).size());
  const auto add = [&text, width](const std::string& name, uint64_t hits) {
    const std::string count = absl::StrCat(hits);
    const size_t padding = width > count.size() ? width - count.size() : 0;
    absl::StrAppend(&text, "  ", std::string(padding, ' '), count, "  ", name, "\n");
  };
  for (const v1::FacetValue& value : facet.values()) {
    add(value.value().empty() ? kNoValue : OneLine(value.value()), value.hits());
  }
  if (facet.other_hits() > 0) add("(other)", facet.other_hits());
  return absl::StrCat(text, "\n");
}

nlohmann::ordered_json FacetJson(const v1::FacetResult& facet) {
  auto values = nlohmann::ordered_json::array();
  for (const v1::FacetValue& value : facet.values()) {
    values.push_back({{"value", value.value()}, {"hits", value.hits()}});
  }
  return {{"facet", FacetName(facet.facet())}, {"values", std::move(values)}, {"other_hits", facet.other_hits()}};
}

std::string TotalText(const v1::SearchResponse& page, uint64_t shown) {
  return absl::StrCat(page.total_hits_is_lower_bound() ? "more than " : "", page.total_hits(),
                      page.total_hits() == 1 ? " article matches" : " articles match",
                      shown < page.total_hits() ? absl::StrCat("; ", shown, " shown") : "", "\n");
}

}  // namespace gisa
