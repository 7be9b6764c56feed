#ifndef GISA_STORAGE_INDEX_QUERY_H_
#define GISA_STORAGE_INDEX_QUERY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "storage/index/trigram.h"

namespace gisa {

// In which text a part of a query has to occur.
enum class QueryField {
  kText,  // title or body
  kTitle,
  kBody,
  kAuthor,
  kPublisher,
};

constexpr bool IsNameField(QueryField field) { return field == QueryField::kAuthor || field == QueryField::kPublisher; }

// What a query asks for, as a tree.
struct QueryNode {
  enum class Kind {
    kWord,  // `text` occurs in `field`; see WordMatcher
    kAnd,   // every one of `children` matches
    kOr,    // at least one of `children` does
    kNot,   // its only child does not; a child of kAnd
  };

  // A term of the index, or what does as well, at its distance from the first character of its word.
  struct Term {
    enum class Kind {
      kExact,
      kCharacter,   // any term that holds `term`, which is one Hangul, Han or kana character
      kWordPrefix,  // any word that begins with `term`, letters or digits of other scripts
    };

    std::string term;                       // in index form
    std::vector<std::string> alternatives;  // others of the same kind that do as well; each once
    uint32_t offset = 0;
    Kind kind = Kind::kExact;
    bool starts_eojeol = false;  // only where it starts an eojeol
  };

  // Three neighbouring characters of a word, at their distance from its first one.
  struct TrigramPlace {
    Trigram trigram;
    uint32_t offset = 0;
  };

  Kind kind = Kind::kAnd;

  // Of kWord:
  std::string text;
  QueryField field = QueryField::kText;
  bool is_prefix = false;
  std::vector<Term> terms;  // of a text field, by offset; the first and the last term are the word's ends
  // Some trigrams of `terms`, by offset: who has the word has them.
  std::vector<TrigramPlace> trigrams;
  // Of a word whose `terms` are what its Hanja are read as: the word as it stands. Texts that have it so rank higher.
  std::vector<Term> literal_terms;

  std::vector<QueryNode> children;

  // Of kOr: terms in index form, each once, that make no match, but let a document that has them rank higher.
  std::vector<std::string> rank_terms;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_H_
