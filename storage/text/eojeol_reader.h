#ifndef GISA_STORAGE_TEXT_EOJEOL_READER_H_
#define GISA_STORAGE_TEXT_EOJEOL_READER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/text/char_traits.h"
#include "storage/text/folding_reader.h"
#include "storage/text/hangul.h"

namespace gisa {

// Cuts text into eojeols (stretches without white space, punctuation or symbols) and each eojeol into runs, and gives
// them positions as storage/text/analyzer.h describes. What the analyzer and the word matcher have in common.
//
// A mark that is still there after folding belongs to the run before it: in a word it is part of the term, on a
// syllabic character it is covered but not compared. A mark after a separator is dropped.
//
// Not thread-safe.
class EojeolReader {
 public:
  // Bytes of the original text.
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  // Characters of Hangul, Han and kana, or (a piece of) one word of other letters and numbers.
  struct Run {
    bool syllabic = false;
    bool may_have_hanja = false;
    uint32_t position = 0;  // of its first character
    uint32_t length = 0;    // in positions: the number of characters, 1 for a word
    uint32_t begin = 0;     // the bytes of the original
    uint32_t end = 0;
    uint32_t content_begin = 0;  // in codes_ or words_
    uint32_t content_end = 0;
  };

  // A word longer than this, folded, is cut into pieces that stand at neighbouring positions, so that terms are bounded
  // and a long word is found as a phrase of its pieces.
  static constexpr size_t kMaxWordBytes = 64;

  // Starts on valid UTF-8 `text` of less than 4 GiB, which must outlive the reading.
  void Reset(absl::string_view text, uint32_t first_position);

  // Reads the next eojeol, which has at least one run; false at the end.
  bool Next();

  // The position after the last character read.
  uint32_t position() const { return position_; }

  // The eojeol read last; valid until the next call.
  absl::Span<const Run> runs() const { return runs_; }
  // The characters of a syllabic run, and the bytes of one of them.
  absl::Span<const char32_t> syllables(const Run& run) const {
    return absl::MakeConstSpan((is_plain_ ? plain_.data() : codes_.data()) + run.content_begin, run.length);
  }
  Range range(const Run& run, size_t syllable) const {
    if (is_plain_) {
      const uint32_t begin = run.begin + kHangulBytes * static_cast<uint32_t>(syllable);
      return {begin, begin + kHangulBytes};
    }
    return ranges_[run.content_begin + syllable];
  }
  // The folded text of a run that is not syllabic.
  absl::string_view word(const Run& run) const {
    return absl::string_view(words_).substr(run.content_begin, run.content_end - run.content_begin);
  }

  // Gives back the memory that an uncommonly long eojeol took.
  void ReleaseLargeBuffers();

 private:
  // A block of the folded text; the part from block_next_ on is still to be read.
  static constexpr size_t kBlockSize = 64;
  static constexpr size_t kMaxPlain = 64;

  // Reads the next eojeol if it is plain: kMaxPlain syllables of Hangul or fewer as they stand, with a separator or the
  // end of the text behind. Most are, and need nothing of what others do.
  bool ReadPlain();
  // Passes over separators that stand as they are.
  void PassSeparators();
  CharTraits TraitsOf(char32_t c) const { return c < 0x10000 ? bmp_traits_[c] : FindTraits(c); }

  Run& StartRun(uint32_t begin, bool syllabic);
  void AddSyllable(const FoldedChar& c);
  void AddToWord(const FoldedChar& c);
  void AddMark(const FoldedChar& c);

  const CharTraits* const bmp_traits_ = BmpTraits();
  absl::string_view text_;
  FoldingReader reader_;
  std::array<FoldedChar, kBlockSize> block_;
  size_t block_next_ = 0;
  size_t block_end_ = 0;

  uint32_t position_ = 0;
  bool started_ = false;  // a run has been read
  bool gap_ = false;      // a separator has been read since

  bool is_plain_ = false;
  std::array<char32_t, kMaxPlain> plain_;  // the syllables of a plain eojeol
  std::vector<char32_t> codes_;            // those of another
  std::vector<Range> ranges_;              // of each of them
  std::string words_;
  std::vector<Run> runs_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_EOJEOL_READER_H_
