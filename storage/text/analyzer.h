#ifndef GISA_STORAGE_TEXT_ANALYZER_H_
#define GISA_STORAGE_TEXT_ANALYZER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/text/particles.h"

namespace gisa {

class EojeolReader;

enum class TokenKind : uint8_t {
  kBigram,    // two neighbouring characters of a run of Hangul, Han or kana
  kSyllable,  // the only character of such a run
  kWord,      // a whole run of any other letters and digits, or a piece of at most 64 bytes of a long one
};

// One term where it occurs.
struct Token {
  // Of a bigram both characters, of a syllable itself and 0. Nearly all terms are these, so they are not spelt out.
  std::array<char32_t, 2> characters = {};
  absl::string_view word;  // a word as normalized UTF-8; valid during the call only
  // Counts characters of Hangul, Han and kana, and words of the rest. A run that follows another without anything
  // between begins at the next position; anything else between them skips one. So the characters of a phrase stand at
  // fixed distances, and a bigram never spans a gap.
  uint32_t position = 0;
  uint32_t begin = 0;  // the bytes of the original text that it came from
  uint32_t end = 0;
  TokenKind kind = TokenKind::kWord;
  // The token stands at the start of its eojeol (a stretch without white space or punctuation).
  bool starts_eojeol = false;
  // What follows the token in its eojeol is nothing, or a particle or common ending.
  bool ends_stem = false;

  // The term as normalized UTF-8.
  std::string term() const;
};

// Tokens that stand together: those of a run of Hangul, Han or kana, or one word.
struct TokenRun {
  absl::Span<const char32_t> characters;  // of the run; none in a word
  absl::string_view word;                 // as Token has it
  uint32_t position = 0;                  // of the first character, or of the word
  bool starts_eojeol = false;
  bool may_have_hanja = false;  // else none of the characters is one (storage/text/hanja.h)
  // Bit k: what follows in the eojeol after all characters but the last k is nothing, or a particle or common ending.
  uint32_t stem_ends = 0;

  bool is_word() const { return characters.empty(); }
  // The same of what follows when `rest` characters are left.
  bool EndsStemBefore(size_t rest) const { return rest <= kMaxParticleLength && (stem_ends >> rest & 1) != 0; }
};

// Cuts text into terms: NFKC_Casefold, then runs of Hangul, Han and kana as overlapping bigrams, other letters and
// digits as whole words. Documents and queries go through the same analyzer. Invalid UTF-8 must not be passed, nor 4
// GiB.
//
// - Hangul, Han and kana are written without spaces between words, so they make one kind of run: 美국 is a bigram.
// - Letters and digits together are one word: g20. It is found as a whole only.
// - A word of more than 64 bytes, folded, becomes pieces at neighbouring positions.
// - Everything else separates: white space, punctuation (ㆍ too), symbols, emoji.
// - Hanja stay as they are: what they are read as is the matter of who compares (storage/text/hanja.h).
// - Marks that do not compose are part of a word, and are ignored on a syllabic character.
//
// Not thread-safe: it keeps its buffers. Use one for each thread.
class Analyzer {
 public:
  Analyzer();
  ~Analyzer();
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;

  // Calls `sink` for each token of `text`, by position. Positions begin at `first_position`. Returns the position after
  // the last character, `first_position` when there is none.
  // Time and memory are linear in the text's size.
  uint32_t Analyze(absl::string_view text, uint32_t first_position, absl::FunctionRef<void(const Token&)> sink);

  // The same for who takes all tokens of a run at once, which is much quicker. A run is valid during the call only.
  uint32_t AnalyzeRuns(absl::string_view text, uint32_t first_position, absl::FunctionRef<void(const TokenRun&)> sink);

 private:
  template <typename Sink>
  uint32_t Read(absl::string_view text, uint32_t first_position, Sink sink);

  const std::unique_ptr<EojeolReader> reader_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_ANALYZER_H_
