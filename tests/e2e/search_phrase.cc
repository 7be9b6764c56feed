#include "tests/e2e/search_phrase.h"

#include <algorithm>
#include <iostream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/search_pager.h"

namespace gisa {
namespace {

constexpr size_t kWords = 3;

bool IsPlain(absl::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80 || absl::ascii_isalnum(c); });
}

}  // namespace

std::string PhraseOf(absl::string_view body) {
  const std::vector<absl::string_view> words = absl::StrSplit(body, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  std::vector<absl::string_view> best;
  std::vector<absl::string_view> run;
  // From the middle on, then around to the beginning: the middle of an article is its own.
  for (size_t i = 0; i < words.size() && best.size() < kWords; ++i) {
    const size_t at = (words.size() / 2 + i) % words.size();
    if (at == 0) run.clear();
    if (IsPlain(words[at])) {
      run.push_back(words[at]);
    } else {
      run.clear();
    }
    if (run.size() > best.size()) best = run;
  }
  return absl::StrJoin(best, " ");
}

bool Finds(ArchiveClient* client, const std::string& query, const v1::ArticleKey& key) {
  v1::SearchRequest request;
  request.set_query(query);
  SearchPager pager(client, request);
  while (!pager.done()) {
    const absl::StatusOr<v1::SearchResponse> page = pager.NextPage(/*page_size=*/100);
    if (!page.ok()) {
      std::cerr << query << ": " << page.status() << "\n";
      return false;
    }
    for (const v1::SearchHit& hit : page->hits()) {
      if (hit.article().oid() == key.oid() && hit.article().aid() == key.aid()) return true;
    }
  }
  return false;
}

}  // namespace gisa
