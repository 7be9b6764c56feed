#ifndef GISA_STORAGE_INDEX_UNION_CURSOR_H_
#define GISA_STORAGE_INDEX_UNION_CURSOR_H_

#include <functional>
#include <memory>
#include <vector>

#include "storage/index/posting_cursor.h"
#include "storage/index/search_guard.h"
#include "storage/index/term.h"

namespace gisa {

// One of the terms that hold a character.
struct UnionSource {
  // Makes a new cursor over the source. Called up to twice: to walk, and to read occurrences.
  std::function<std::unique_ptr<PostingCursor>()> open;
  CharacterPlace place = CharacterPlace::kAlone;
};

// Walks all sources as one term, from `begin` on: the character. Between its neighbours a character is in two terms, so
// two sources may have the same occurrence of it; Occurrences has it once, while freq() counts both.
//
// There can be thousands of sources, and a character can be in every document, so this does not merge them document by
// document: it gathers one window of documents after another and sorts it. Memory is bounded by the window.
// `guard` must outlive the cursor.
std::unique_ptr<PostingCursor> NewUnionCursor(std::vector<UnionSource> sources, DocId begin, SearchGuard* guard);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_UNION_CURSOR_H_
