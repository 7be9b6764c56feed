#include "storage/text/folding_reader.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "storage/text/code_point.h"
#include "storage/text/nfkc_casefold.h"

namespace gisa {

inline FoldingReader::Character FoldingReader::CharacterAt(uint32_t offset) const {
  if (offset >= text_.size()) return {0, CharTraits(CharClass::kSeparator, true, /*boundary_before=*/true), offset};
  Character c;
  c.end = offset;
  c.code = NextCodePoint(text_.data(), c.end);
  c.traits = c.code < 0x10000 ? bmp_traits_[c.code] : FindTraits(c.code);
  return c;
}

void FoldingReader::Reset(absl::string_view text) {
  text_ = text;
  offset_ = 0;
  folded_.clear();
  folded_offset_ = 0;
}

size_t FoldingReader::Read(absl::Span<FoldedChar> out) {
  size_t count = TakeFolded(out);
  while (count == 0 && offset_ < text_.size()) {
    count = ReadSimple(out);
    if (count > 0) break;
    FoldSegment();
    count = TakeFolded(out);
  }
  return count;
}

size_t FoldingReader::ReadSimple(absl::Span<FoldedChar> out) {
  size_t count = 0;
  Character c = CharacterAt(offset_);
  while (count < out.size() && offset_ < text_.size()) {
    const Character next = CharacterAt(c.end);
    if (!c.traits.stable() || !next.traits.boundary_before()) break;
    FoldedChar& folded = out[count++];
    folded.code = c.code - 'A' < 26 ? c.code + ('a' - 'A') : c.code;
    folded.char_class = c.traits.char_class();
    folded.begin = offset_;
    folded.end = c.end;
    offset_ = c.end;
    if (folded.char_class == CharClass::kSeparator) break;
    c = next;
  }
  return count;
}

void FoldingReader::FoldSegment() {
  segment_begin_ = offset_;
  segment_end_ = offset_;
  int chars = 0;
  do {
    segment_end_ = CharacterAt(segment_end_).end;
    ++chars;
  } while (!CharacterAt(segment_end_).traits.boundary_before() && chars < kMaxSegmentChars);
  offset_ = segment_end_;
  folded_.clear();
  folded_offset_ = 0;
  icu::StringByteSink<std::string> sink(&folded_);
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece segment(text_.data() + segment_begin_, static_cast<int32_t>(segment_end_ - segment_begin_));
  NfkcCasefold().normalizeUTF8(0, segment, sink, nullptr, status);
  // Fails for want of memory only; the segment then counts as it is.
  if (U_FAILURE(status)) folded_.assign(segment.data(), segment.size());
}

size_t FoldingReader::TakeFolded(absl::Span<FoldedChar> out) {
  size_t count = 0;
  while (count < out.size() && folded_offset_ < folded_.size()) {
    FoldedChar& c = out[count++];
    c.code = NextCodePoint(folded_.data(), folded_offset_);
    c.char_class = FindTraits(c.code).char_class();
    c.begin = segment_begin_;
    c.end = segment_end_;
  }
  return count;
}

}  // namespace gisa
