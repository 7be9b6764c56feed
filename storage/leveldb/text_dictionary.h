#ifndef GISA_STORAGE_LEVELDB_TEXT_DICTIONARY_H_
#define GISA_STORAGE_LEVELDB_TEXT_DICTIONARY_H_

#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "storage/leveldb/frequent_sentences.h"

namespace gisa {

// Makes a dictionary for texts like these, a gisa.storage.v1.TextDictionary: the alphabet of their characters, and a
// Zstandard dictionary, number `id`, of phrases of one to four words that at least eight of the texts have, and of
// tables of how frequent which codes are. Nothing that fewer texts say gets into it, for it is kept when they are
// deleted; Zstandard's own training takes what it likes, and on Korean news makes texts no smaller. Words with a digit
// or an @ are left out. Returns an empty string when the texts have too little in common.
//
// `sentences` are put in front of the phrases, those that save most, up to 1 MiB of codes.
//
// Frequent phrases are made of frequent phrases: Agrawal and Srikant, Fast Algorithms for Mining Association Rules,
// 1994.
std::string MakeTextDictionary(absl::Span<const std::string> texts, uint32_t id,
                               absl::Span<const FrequentSentence> sentences = {});

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TEXT_DICTIONARY_H_
