#ifndef GISA_CLIENT_COMMANDS_SEARCH_VIEW_H_
#define GISA_CLIENT_COMMANDS_SEARCH_VIEW_H_

#include <cstdint>
#include <string>

#include "client/commands/session.h"
#include "gisa/v1/archive_service.pb.h"
#include "nlohmann/json.hpp"

namespace gisa {

// A hit for reading: its number in the list, title, publisher, date, key and snippets, with the words shown.
std::string HitText(const v1::SearchHit& hit, uint64_t number, const Session& session);
nlohmann::ordered_json HitJson(const v1::SearchHit& hit, const ArticleFileZones& zones);

// A facet for reading: a value a line.
std::string FacetText(const v1::FacetResult& facet, const Console& console);
nlohmann::ordered_json FacetJson(const v1::FacetResult& facet);

// How many articles match, of which `shown` were shown.
std::string TotalText(const v1::SearchResponse& page, uint64_t shown);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_SEARCH_VIEW_H_
