#ifndef GISA_STORAGE_DEDUP_LETTERS_H_
#define GISA_STORAGE_DEDUP_LETTERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/text/char_traits.h"
#include "storage/text/folding_reader.h"

namespace gisa {

// Reads a body as what its copies have in common: its letters and digits as NFKC_Casefold has them, without white
// space, punctuation, symbols and emoji, which reprints set as their house style wants, and without boilerplate
// (storage/dedup/boilerplate.h).
//
// Not thread-safe: it keeps its buffer. Use one for each thread.
class LetterReader {
 public:
  // Valid until the next call. `body` is valid UTF-8 of less than 4 GiB. Linear in its size.
  absl::Span<const char32_t> Read(absl::string_view body);

 private:
  void ReadLine(absl::string_view line);
  CharTraits TraitsOf(char32_t c) const;
  // Appends the letters of what does not join with what stands around it.
  void FoldPiece(absl::string_view piece);
  // Makes room for at least `count` letters more.
  void Reserve(size_t count);

  const CharTraits* const bmp_traits_ = BmpTraits();
  FoldingReader reader_;
  std::array<FoldedChar, 64> block_;
  std::vector<char32_t> letters_;  // those read, then free places
  size_t size_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_LETTERS_H_
