#include "storage/text/folding_reader.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "storage/text/code_point.h"
#include "storage/text/hangul.h"
#include "storage/text/nfkc_casefold.h"

namespace gisa {
namespace {

// Of the end of a text, which nothing joins with.
constexpr CharTraits kEndTraits(CharClass::kSeparator, /*stable=*/true, /*boundary_before=*/true);

constexpr uint32_t kHangulBytes = 3;

// Decodes what three bytes encode; something that is no Hangul when they are not one code point.
char32_t DecodeThreeBytes(const char* text) {
  const auto* const p = reinterpret_cast<const uint8_t*>(text);
  if (p[0] >> 4 != 0xE) return 0;
  return (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

}  // namespace

inline void FoldingReader::Decode(uint32_t& offset, char32_t& code, CharTraits& traits) const {
  code = NextCodePoint(text_.data(), offset);
  traits = code < 0x10000 ? bmp_traits_[code] : FindTraits(code);
}

inline bool FoldingReader::NextIsBoundary() const {
  if (end_ >= text_.size() || static_cast<uint8_t>(text_[end_]) < 0x80) return true;
  uint32_t offset = end_;
  char32_t code = 0;
  CharTraits traits;
  Decode(offset, code, traits);
  return traits.boundary_before();
}

inline void FoldingReader::Advance() {
  begin_ = end_;
  traits_ = kEndTraits;
  if (begin_ < text_.size()) Decode(end_, code_, traits_);
}

void FoldingReader::Reset(absl::string_view text) {
  text_ = text;
  end_ = 0;
  Advance();
  folded_.clear();
  folded_offset_ = 0;
}

size_t FoldingReader::Read(absl::Span<FoldedChar> out) {
  size_t count = TakeFolded(out);
  while (count == 0 && begin_ < text_.size()) {
    count = ReadSimple(out);
    if (count > 0) break;
    FoldSegment();
    count = TakeFolded(out);
  }
  return count;
}

size_t FoldingReader::ReadHangul(absl::Span<FoldedChar> out) {
  if (!IsHangulSyllable(code_) || begin_ >= text_.size() || folded_offset_ < folded_.size()) return 0;
  // The state in locals, for this is the analyzer's hottest loop and must not go through memory.
  FoldedChar* c = out.data();
  FoldedChar* const out_end = c + out.size();
  const char* const text = text_.data();
  const uint32_t size = static_cast<uint32_t>(text_.size());
  uint32_t begin = begin_;
  uint32_t end = end_;
  char32_t code = code_;
  // Before another one a syllable stands by itself, as all of them begin a segment.
  while (c != out_end && size - end >= kHangulBytes) {
    const char32_t next = DecodeThreeBytes(text + end);
    if (!IsHangulSyllable(next)) break;
    *c++ = {code, CharClass::kSyllabic, begin, end};
    begin = end;
    end += kHangulBytes;
    code = next;
  }
  begin_ = begin;
  end_ = end;
  code_ = code;  // and traits_ holds, for all syllables have the same
  // The last one, whatever is next to it.
  if (c != out_end && NextIsBoundary()) {
    *c++ = {code_, CharClass::kSyllabic, begin_, end_};
    Advance();
  }
  return c - out.data();
}

bool FoldingReader::SkipSeparators() {
  if (folded_offset_ < folded_.size()) return false;
  const uint32_t begin = begin_;
  while (begin_ < text_.size() && code_ < 0x80 && traits_.char_class() == CharClass::kSeparator && NextIsBoundary()) {
    Advance();
  }
  return begin_ > begin;
}

size_t FoldingReader::ReadSimple(absl::Span<FoldedChar> out) {
  // In locals as above.
  FoldedChar* c = out.data();
  FoldedChar* const out_end = c + out.size();
  const uint32_t size = static_cast<uint32_t>(text_.size());
  uint32_t begin = begin_;
  uint32_t end = end_;
  char32_t code = code_;
  CharTraits traits = traits_;
  while (c != out_end && begin < size) {
    uint32_t next_end = end;
    char32_t next_code = 0;
    CharTraits next_traits = kEndTraits;
    if (end < size) Decode(next_end, next_code, next_traits);
    if (!traits.stable() || !next_traits.boundary_before()) break;
    c->code = code - 'A' < 26 ? code + ('a' - 'A') : code;
    c->char_class = traits.char_class();
    c->begin = begin;
    c->end = end;
    ++c;
    begin = end;
    end = next_end;
    code = next_code;
    traits = next_traits;
    if (IsHangulSyllable(code)) break;
  }
  begin_ = begin;
  end_ = end;
  code_ = code;
  traits_ = traits;
  return c - out.data();
}

void FoldingReader::FoldSegment() {
  segment_begin_ = begin_;
  int chars = 0;
  do {
    Advance();
    ++chars;
  } while (!traits_.boundary_before() && chars < kMaxSegmentChars);
  segment_end_ = begin_;
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
