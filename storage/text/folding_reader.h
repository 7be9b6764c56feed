#ifndef GISA_STORAGE_TEXT_FOLDING_READER_H_
#define GISA_STORAGE_TEXT_FOLDING_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/text/char_traits.h"

namespace gisa {

// A character of folded text, and the bytes of the original that it came from.
struct FoldedChar {
  char32_t code = 0;
  CharClass char_class = CharClass::kSeparator;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// Reads a text as its NFKC_Casefold, a block of characters at a time.
//
// A text is folded segment by segment: from a character that never joins with the one before it to the next such
// character. Nearly all segments of today's Korean are one character that is folded already, which two table look-ups
// tell; ICU folds the others, and all characters that come out of a segment have the whole segment's bytes. What folds
// to nothing (zero-width joiners, soft hyphens, variation selectors) belongs to the segment before it.
//
// Not thread-safe.
class FoldingReader {
 public:
  FoldingReader() : bmp_traits_(BmpTraits()) {}

  // Starts on valid UTF-8 `text` of less than 4 GiB, which must outlive the reading.
  void Reset(absl::string_view text);

  // Reads the characters that come next into `out`, which is not empty: as many as fit, but none behind a separator.
  // Returns how many, 0 at the end.
  size_t Read(absl::Span<FoldedChar> out);

  // Who knows what comes next without a reader may pass over it: while a segment is not read in part, from offset() on
  // to the begin of another.
  bool at_segment() const { return folded_offset_ == folded_.size(); }
  uint32_t offset() const { return offset_; }
  void MoveTo(uint32_t offset) { offset_ = offset; }

 private:
  // A segment longer than this is cut, as the Stream-Safe Text Format (UAX #15, section 13) does for the same reason:
  // putting marks in their canonical order takes time that is quadratic in their number.
  static constexpr int kMaxSegmentChars = 32;

  // As Read, up to the first segment that needs to be folded.
  size_t ReadSimple(absl::Span<FoldedChar> out);
  // Folds the segment at offset() into folded_, and moves behind it.
  void FoldSegment();
  // Moves what fits from folded_ to `out`. Returns how many characters that were.
  size_t TakeFolded(absl::Span<FoldedChar> out);

  // A character of the original.
  struct Character {
    char32_t code = 0;
    CharTraits traits;
    uint32_t end = 0;
  };
  // The one at `offset`; at the end of the text something that is joined by nothing and joins nothing.
  Character CharacterAt(uint32_t offset) const;

  const CharTraits* const bmp_traits_;
  absl::string_view text_;
  uint32_t offset_ = 0;  // of what has not been read or folded

  // What is left of the last segment that ICU folded.
  std::string folded_;
  uint32_t folded_offset_ = 0;
  uint32_t segment_begin_ = 0;
  uint32_t segment_end_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_FOLDING_READER_H_
