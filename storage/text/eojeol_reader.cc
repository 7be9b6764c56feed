#include "storage/text/eojeol_reader.h"

#include "storage/text/code_point.h"
#include "storage/text/hanja.h"

namespace gisa {
namespace {

// The character at `offset` when three bytes encode it, as they do Hangul; else 0.
inline char32_t ThreeBytesAt(absl::string_view text, uint32_t offset) {
  if (text.size() - offset < kHangulBytes) return 0;
  const auto* const p = reinterpret_cast<const uint8_t*>(text.data() + offset);
  if (p[0] >> 4 != 0xE) return 0;
  return (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

bool StandsAsSeparator(CharTraits traits) { return traits.stable() && traits.char_class() == CharClass::kSeparator; }

}  // namespace

void EojeolReader::Reset(absl::string_view text, uint32_t first_position) {
  text_ = text;
  reader_.Reset(text);
  block_next_ = block_end_ = 0;
  position_ = first_position;
  started_ = false;
  gap_ = false;
}

inline EojeolReader::Run& EojeolReader::StartRun(uint32_t begin, bool syllabic) {
  if (gap_) ++position_;
  gap_ = false;
  started_ = true;
  Run& run = runs_.emplace_back();
  run.syllabic = syllabic;
  run.position = position_;
  run.content_begin = run.content_end = static_cast<uint32_t>(syllabic ? codes_.size() : words_.size());
  run.begin = begin;
  return run;
}

inline void EojeolReader::PassSeparators() {
  uint32_t passed = reader_.offset();
  uint32_t end = passed;
  while (end < text_.size() && !IsHangulSyllable(ThreeBytesAt(text_, end))) {
    const CharTraits traits = TraitsOf(NextCodePoint(text_.data(), end));
    // The one before joins with it, and is left to the reader with all before that.
    if (!traits.boundary_before()) return;
    if (!StandsAsSeparator(traits)) break;
    passed = end;
  }
  if (passed == reader_.offset()) return;
  gap_ = started_;
  reader_.MoveTo(passed);
}

inline bool EojeolReader::ReadPlain() {
  PassSeparators();
  const uint32_t begin = reader_.offset();
  uint32_t end = begin;
  size_t count = 0;
  while (count < kMaxPlain) {
    const char32_t code = ThreeBytesAt(text_, end);
    if (!IsHangulSyllable(code)) break;
    plain_[count++] = code;
    end += kHangulBytes;
  }
  if (count == 0) return false;
  if (end < text_.size()) {
    // What may stand behind the separator does not matter: it is a separator with any mark.
    uint32_t offset = end;
    const CharTraits traits = TraitsOf(NextCodePoint(text_.data(), offset));
    if (!StandsAsSeparator(traits) || !traits.boundary_before()) return false;
  }
  is_plain_ = true;
  Run& run = StartRun(begin, /*syllabic=*/true);
  run.content_begin = 0;
  run.content_end = run.length = static_cast<uint32_t>(count);
  run.end = end;
  position_ += run.length;
  reader_.MoveTo(end);
  return true;
}

bool EojeolReader::Next() {
  runs_.clear();
  if (block_next_ == block_end_ && reader_.at_segment() && ReadPlain()) return true;
  is_plain_ = false;
  words_.clear();
  codes_.clear();
  ranges_.clear();
  while (true) {
    while (block_next_ < block_end_) {
      switch (block_[block_next_].char_class) {
        case CharClass::kSyllabic:
          AddSyllable(block_[block_next_++]);
          break;
        case CharClass::kLetter:
          AddToWord(block_[block_next_++]);
          break;
        case CharClass::kMark:
        case CharClass::kEnclosing:
          AddMark(block_[block_next_++]);
          break;
        case CharClass::kSeparator:
          ++block_next_;
          gap_ = started_;
          if (!runs_.empty()) return true;
          break;
      }
    }
    block_next_ = 0;
    block_end_ = reader_.Read(absl::MakeSpan(block_));
    if (block_end_ == 0) return !runs_.empty();
  }
}

void EojeolReader::AddSyllable(const FoldedChar& c) {
  Run& run = runs_.empty() || !runs_.back().syllabic ? StartRun(c.begin, /*syllabic=*/true) : runs_.back();
  codes_.push_back(c.code);
  ranges_.push_back({c.begin, c.end});
  ++run.length;
  ++run.content_end;
  run.end = c.end;
  run.may_have_hanja |= MayBeHanja(c.code);
  ++position_;
}

void EojeolReader::AddToWord(const FoldedChar& c) {
  char bytes[4];
  const size_t size = EncodeCodePoint(c.code, bytes);
  const bool starts = runs_.empty() || runs_.back().syllabic || word(runs_.back()).size() + size > kMaxWordBytes;
  Run& run = starts ? StartRun(c.begin, /*syllabic=*/false) : runs_.back();
  if (starts) {
    run.length = 1;
    ++position_;
  }
  words_.append(bytes, size);
  run.content_end += size;
  run.end = c.end;
}

void EojeolReader::AddMark(const FoldedChar& c) {
  if (runs_.empty()) return;
  Run& run = runs_.back();
  if (c.char_class == CharClass::kMark && !run.syllabic) {
    AddToWord(c);
    return;
  }
  run.end = c.end;
  if (run.syllabic) ranges_.back().end = c.end;
}

void EojeolReader::ReleaseLargeBuffers() {
  constexpr size_t kLarge = 4096;
  if (words_.capacity() > kLarge) std::string().swap(words_);
  if (codes_.capacity() > kLarge) std::vector<char32_t>().swap(codes_);
  if (ranges_.capacity() > kLarge) std::vector<Range>().swap(ranges_);
  if (runs_.capacity() > kLarge) std::vector<Run>().swap(runs_);
}

}  // namespace gisa
