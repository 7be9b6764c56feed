#ifndef GISA_STORAGE_INDEX_ANALYZED_DOCUMENT_H_
#define GISA_STORAGE_INDEX_ANALYZED_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/index/occurrence.h"
#include "storage/index/term_code.h"

namespace gisa {

// Where which terms are in a document, by position.
//
// A run of two or more Hangul or Han characters has a term for each two neighbours, one of a single character has that
// as its term. So every character is the first of a term, or the second of the last one of its run, or a term by
// itself, and a word of one character is found exactly as all the terms that hold it.
struct AnalyzedDocument {
  struct TermPlace {
    TermCode code = 0;
    Occurrence occurrence = 0;
  };

  std::vector<TermPlace> places;
  // What the codes of listed terms count: each place has its own. One text after the other, with the end of each.
  std::string listed_terms;
  std::vector<uint32_t> listed_ends;
  uint32_t title_length = 0;  // occurrences at positions below are in the title
  uint32_t length = 0;        // in characters of runs, and words

  size_t listed_count() const { return listed_ends.size(); }
  absl::string_view listed_term(size_t i) const {
    const uint32_t begin = i == 0 ? 0 : listed_ends[i - 1];
    return absl::string_view(listed_terms).substr(begin, listed_ends[i] - begin);
  }

  // The code for a place of a term in index form, which is listed if it has none of its own.
  TermCode CodeFor(absl::string_view term) {
    if (const std::optional<TermCode> code = CodeOfTerm(term)) return *code;
    listed_terms.append(term.data(), term.size());
    listed_ends.push_back(static_cast<uint32_t>(listed_terms.size()));
    return kFirstListedTerm + static_cast<TermCode>(listed_ends.size() - 1);
  }

  // Adds an occurrence of a term in index form.
  void Add(absl::string_view term, Occurrence occurrence) { places.push_back({CodeFor(term), occurrence}); }

  // The term, in index form, of one of the codes.
  std::string TermOf(TermCode code) const {
    return IsListedTerm(code) ? std::string(listed_term(code - kFirstListedTerm)) : TermOfCode(code);
  }

  // About how much memory it takes.
  size_t memory_bytes() const {
    return places.capacity() * sizeof(TermPlace) + listed_terms.capacity() + listed_ends.capacity() * sizeof(uint32_t);
  }
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_ANALYZED_DOCUMENT_H_
