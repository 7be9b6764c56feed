#include "client/commands/article_view.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "client/article_time.h"
#include "client/commands/display_text.h"
#include "storage/base/article_limits.h"

namespace gisa {

std::string KeyText(const v1::ArticleKey& key) { return absl::StrCat(key.oid(), "/", key.aid()); }

std::string KeyText(const v1::Article& article) { return absl::StrCat(article.oid(), "/", article.aid()); }

absl::StatusOr<v1::ArticleKey> ParseKey(absl::string_view text) {
  const size_t slash = text.find('/');
  v1::ArticleKey key;
  if (slash != text.npos) {
    key.set_oid(std::string(text.substr(0, slash)));
    key.set_aid(std::string(text.substr(slash + 1)));
  }
  if (IsValidKeyPart(key.oid()) && IsValidKeyPart(key.aid())) return key;
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text, "\" is not a key; expected OID/AID, such as 018/0006192082"));
}

std::string TimeText(const google::protobuf::Timestamp& timestamp, absl::TimeZone zone) {
  const absl::Time time = absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
  return absl::FormatTime("%Y-%m-%d %H:%M", time, zone);
}

nlohmann::ordered_json ArticleJson(const v1::Article& article, const ArticleFileZones& zones, bool with_body) {
  // Parsed back rather than built again, so that the names and forms of the file's fields are decided in one place.
  nlohmann::ordered_json file = nlohmann::ordered_json::parse(FormatArticleJson(article, zones));
  nlohmann::ordered_json body = std::move(file["body"]);
  file.erase("body");
  const auto key_or_null = [](bool present, const v1::ArticleKey& key) {
    return present ? nlohmann::ordered_json{{"oid", key.oid()}, {"aid", key.aid()}} : nlohmann::ordered_json();
  };
  const auto time_or_null = [](bool present, const google::protobuf::Timestamp& time) {
    return present ? nlohmann::ordered_json(FormatRfc3339Time(time, absl::UTCTimeZone())) : nlohmann::ordered_json();
  };
  file["revision"] = article.revision();
  file["ingested_at"] = time_or_null(article.has_ingested_at(), article.ingested_at());
  file["last_crawled_at"] = time_or_null(article.has_last_crawled_at(), article.last_crawled_at());
  file["sequence"] = article.sequence();
  file["canonical"] = key_or_null(article.has_canonical(), article.canonical());
  if (with_body) file["body"] = std::move(body);
  return file;
}

std::string JsonText(const nlohmann::ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string JsonListText(const std::vector<nlohmann::ordered_json>& items, bool as_lines, const std::string& name,
                         const nlohmann::ordered_json& more) {
  std::string text;
  if (as_lines) {
    for (const nlohmann::ordered_json& item : items) absl::StrAppend(&text, JsonText(item, -1), "\n");
    return text;
  }
  nlohmann::ordered_json list = {{name, items}};
  list.update(more);
  return absl::StrCat(JsonText(list, 2), "\n");
}

std::string ReadableArticle(const v1::Article& article, const ArticleFileZones& zones, const Console& console) {
  std::string text = absl::StrCat(console.Styled(Style::kBold, OneLine(article.title())), "\n");
  const auto add = [&](absl::string_view name, absl::string_view value) {
    if (value.empty()) return;
    absl::StrAppend(&text, console.Styled(Style::kDim, PadToWidth(name, 12)), OneLine(value), "\n");
  };
  const auto time = [](bool present, const google::protobuf::Timestamp& timestamp, absl::TimeZone zone) {
    return present ? absl::StrCat(TimeText(timestamp, zone), " (", zone.name(), ")") : std::string();
  };
  add("key", KeyText(article));
  add("publisher", article.publisher());
  add("category", article.category());
  add("author", article.author());
  add("published", time(article.has_published_at(), article.published_at(), zones.published_at));
  add("crawled", time(article.has_crawled_at(), article.crawled_at(), zones.crawled_at));
  add("url", article.url());
  add("revision", absl::StrCat(article.revision()));
  add("hash", article.content_hash());
  if (article.has_canonical() && KeyText(article.canonical()) != KeyText(article)) {
    add("canonical", absl::StrCat(KeyText(article.canonical()), " (the same body came first under this key)"));
  }
  absl::StrAppend(&text, "\n", Printable(article.body()), "\n");
  return text;
}

}  // namespace gisa
