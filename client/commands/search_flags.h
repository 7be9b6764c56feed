#ifndef GISA_CLIENT_COMMANDS_SEARCH_FLAGS_H_
#define GISA_CLIENT_COMMANDS_SEARCH_FLAGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "client/article_file.h"
#include "gisa/v1/archive_service.pb.h"

namespace gisa {

// What `gisa search` was asked for.
struct SearchFlags {
  std::vector<std::string> words;
  v1::SearchMatch match = v1::SEARCH_MATCH_ALL;
  v1::SearchOrder order = v1::SEARCH_ORDER_UNSPECIFIED;
  std::vector<std::string> oids;
  std::vector<std::string> publishers;
  std::vector<std::string> categories;
  std::string published_after;
  std::string published_before;
  std::string crawled_after;
  std::string crawled_before;
  std::string content_hash;
  bool collapse = false;
  std::string facets;  // names with commas between, or all; empty for none
  uint32_t snippets = 1;
  uint64_t limit = 10;
  bool all = false;
  uint64_t open = 0;  // the number of a hit, from 1 on; 0 for none
};

// `flags` outlives `command`.
void AddSearchFlags(CLI::App& command, SearchFlags& flags);

// The request, without a page. INVALID_ARGUMENT: not a time, or not a facet.
absl::StatusOr<v1::SearchRequest> MakeSearchRequest(const SearchFlags& flags, const ArticleFileZones& zones);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_SEARCH_FLAGS_H_
