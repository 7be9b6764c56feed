#ifndef GISA_STORAGE_TEXT_WORD_MATCHER_H_
#define GISA_STORAGE_TEXT_WORD_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gisa {

// What stands at one position of an analyzed text: a character of Hangul, Han or kana, a word (or piece of one), or
// nothing, at the position that separators skip.
struct TextUnit {
  char32_t syllable = 0;    // 0 when it is a word or a gap
  uint32_t word_begin = 0;  // the folded word, in UnitText::words(); empty when it is no word
  uint32_t word_end = 0;
  uint32_t begin = 0;  // the bytes of the original
  uint32_t end = 0;

  bool is_gap() const { return syllable == 0 && word_begin == word_end; }
};

// A text as the sequence of its units, by position from 0.
class UnitText {
 public:
  // Reads valid UTF-8 of less than 4 GiB.
  explicit UnitText(absl::string_view text);

  absl::Span<const TextUnit> units() const { return units_; }
  absl::string_view word(const TextUnit& unit) const {
    return absl::string_view(words_).substr(unit.word_begin, unit.word_end - unit.word_begin);
  }

 private:
  std::string words_;
  std::vector<TextUnit> units_;
};

// Returns the pieces of a query's text that white space (Unicode's White_Space) separates: its words. They point into
// `text`, valid UTF-8.
std::vector<absl::string_view> SplitWords(absl::string_view text);

// Finds a query's word or phrase in texts. It defines what a match is, and the index must find exactly the texts that
// it finds:
//
// A word occurs where all its units stand at the same distances as in the word. So a run of Hangul, Han or kana occurs
// within any run that contains it; other words occur as a whole only; runs that touch in the query touch in the text;
// and where something separates within the word (U.S., 한·미, "달빛 축제"), something must separate in the text,
// whatever it is.
//
// Hanja are what they are read as: 대전 occurs in 大田, and 大田 in 대전. Two Hanja that may be read the same are not
// told apart either (大戰). Only a word that is a single Hanja is looked for as it stands, for its reading is in every
// other text.
//
// A prefix occurs where a word would, but only at the start of an eojeol, and with more behind it: its last unit, when
// that is no syllable, is the beginning of the text's.
//
// Immutable, so thread-safe.
class WordMatcher {
 public:
  enum class Kind { kWord, kPrefix };

  // `word` is valid UTF-8, such as a piece of SplitWords.
  explicit WordMatcher(absl::string_view word, Kind kind = Kind::kWord)
      : word_(word), is_prefix_(kind == Kind::kPrefix), is_single_hanja_(IsSingleHanja(word_)) {}

  // Whether the word has nothing to search for: punctuation, emoji. It then occurs nowhere.
  bool empty() const { return word_.units().empty(); }

  bool Matches(absl::string_view text) const { return Matches(UnitText(text)); }
  bool Matches(const UnitText& text) const;

  // Calls `found` with the bytes of each occurrence, by begin, until it returns false. Occurrences may overlap.
  void FindAll(const UnitText& text, absl::FunctionRef<bool(uint32_t begin, uint32_t end)> found) const;

 private:
  static bool IsSingleHanja(const UnitText& word);
  bool MatchesAt(const UnitText& text, size_t position) const;

  UnitText word_;
  bool is_prefix_;
  bool is_single_hanja_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_WORD_MATCHER_H_
