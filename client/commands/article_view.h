#ifndef GISA_CLIENT_COMMANDS_ARTICLE_VIEW_H_
#define GISA_CLIENT_COMMANDS_ARTICLE_VIEW_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/article_file.h"
#include "client/commands/console.h"
#include "gisa/v1/article.pb.h"
#include "nlohmann/json.hpp"

namespace gisa {

// `oid/aid`, as people see and type it.
std::string KeyText(const v1::ArticleKey& key);
std::string KeyText(const v1::Article& article);
// INVALID_ARGUMENT: not of the form `oid/aid`.
absl::StatusOr<v1::ArticleKey> ParseKey(absl::string_view text);

// `YYYY-MM-DD HH:MM` in `zone`.
std::string TimeText(const google::protobuf::Timestamp& timestamp, absl::TimeZone zone);

// The article as a JSON object: the fields of the article files under their names there, then the output-only fields
// as the API names them. An absent time is null. `body` is there only when `with_body`. A line of these can be
// ingested.
nlohmann::ordered_json ArticleJson(const v1::Article& article, const ArticleFileZones& zones, bool with_body);

// JSON text; what is not UTF-8, which the API never carries, becomes U+FFFD. An `indent` of -1 keeps it on one line.
std::string JsonText(const nlohmann::ordered_json& json, int indent);

// A list as JSON text: with `as_lines` each item on a line of its own, else one object that has the items under `name`,
// and then `more`.
std::string JsonListText(const std::vector<nlohmann::ordered_json>& items, bool as_lines, const std::string& name,
                         const nlohmann::ordered_json& more = nlohmann::ordered_json::object());

// The article for reading: a heading with everything that is known about it, then the body.
std::string ReadableArticle(const v1::Article& article, const ArticleFileZones& zones, const Console& console);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_ARTICLE_VIEW_H_
