#ifndef GISA_STORAGE_INDEX_QUERY_H_
#define GISA_STORAGE_INDEX_QUERY_H_

#include <cstdint>
#include <string>
#include <vector>

namespace gisa {

// What a query asks for: a tree of words.
struct QueryNode {
  enum class Kind {
    kWord,  // `terms` occur together
    kAnd,   // every one of `children` matches
  };

  // A term at its distance from the first character of its word.
  struct Term {
    std::string term;  // in index form
    uint32_t offset = 0;
    // Any term that holds `term`, which is one character, will do.
    bool is_character = false;
  };

  Kind kind = Kind::kAnd;
  std::vector<Term> terms;  // by offset; the first and the last term are the word's ends
  std::vector<QueryNode> children;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_H_
