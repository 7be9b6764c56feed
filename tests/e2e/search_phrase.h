#ifndef GISA_TESTS_E2E_SEARCH_PHRASE_H_
#define GISA_TESTS_E2E_SEARCH_PHRASE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "client/archive_client.h"
#include "gisa/v1/article.pb.h"

namespace gisa {

// Up to three consecutive words from the middle of `body`; words with ASCII punctuation, which a query may give a
// meaning, are passed over. Empty when there is none.
std::string PhraseOf(absl::string_view body);

// Whether a search for `query` finds the article, on whatever page.
bool Finds(ArchiveClient* client, const std::string& query, const v1::ArticleKey& key);

}  // namespace gisa

#endif  // GISA_TESTS_E2E_SEARCH_PHRASE_H_
