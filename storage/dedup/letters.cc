#include "storage/dedup/letters.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "storage/dedup/boilerplate.h"
#include "storage/text/code_point.h"
#include "storage/text/hangul.h"

namespace gisa {
namespace {

// A buffer of more is given back after use.
constexpr size_t kMaxKeptLetters = 1 << 18;

bool Counts(CharClass char_class) { return char_class != CharClass::kSeparator && char_class != CharClass::kEnclosing; }

// The character at `offset`, which moves past it; at the end of the line a space, which joins with nothing either.
char32_t Next(absl::string_view line, uint32_t& offset) {
  return offset < line.size() ? NextCodePoint(line.data(), offset) : U' ';
}

}  // namespace

absl::Span<const char32_t> LetterReader::Read(absl::string_view body) {
  size_ = 0;
  if (letters_.size() > kMaxKeptLetters) std::vector<char32_t>().swap(letters_);
  bool at_start = true;
  while (!body.empty()) {
    const size_t end = std::min(body.find('\n'), body.size());
    absl::string_view line = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (IsBoilerplateLine(line)) continue;
    if (at_start) line = StripDateline(line);
    const size_t size_before = size_;
    ReadLine(line);
    if (size_ > size_before) at_start = false;
  }
  return absl::MakeConstSpan(letters_.data(), size_);
}

// Nearly all characters are folded as they stand, for nothing joins with them: a syllable before another always, which
// of Korean is most of it, and others by their traits. From one that is not, the rest of its word is folded by a reader
// that knows all of Unicode.
void LetterReader::ReadLine(absl::string_view line) {
  Reserve(line.size());
  const auto size = static_cast<uint32_t>(line.size());
  char32_t* out = letters_.data() + size_;
  uint32_t begin = 0;
  uint32_t end = 0;
  char32_t c = Next(line, end);
  while (begin < size) {
    uint32_t next_end = end;
    const char32_t next = Next(line, next_end);
    if (IsHangulSyllable(c) && IsHangulSyllable(next)) {
      *out++ = c;
      begin = end;
      end = next_end;
      c = next;
      continue;
    }
    const CharTraits traits = TraitsOf(c);
    if (traits.stable() && TraitsOf(next).boundary_before()) {
      // Always written, and kept when it counts.
      *out = c - 'A' < 26 ? c + ('a' - 'A') : c;
      out += Counts(traits.char_class());
      begin = end;
      end = next_end;
      c = next;
      continue;
    }
    size_ = out - letters_.data();
    end = static_cast<uint32_t>(std::min(line.find(' ', end), line.size()));
    FoldPiece(line.substr(begin, end - begin));
    Reserve(size - end);
    out = letters_.data() + size_;
    begin = end;
    c = Next(line, end);
  }
  size_ = out - letters_.data();
}

CharTraits LetterReader::TraitsOf(char32_t c) const { return c < 0x10000 ? bmp_traits_[c] : FindTraits(c); }

void LetterReader::FoldPiece(absl::string_view piece) {
  reader_.Reset(piece);
  while (const size_t count = reader_.Read(absl::MakeSpan(block_))) {
    Reserve(count);
    for (size_t i = 0; i < count; ++i) {
      letters_[size_] = block_[i].code;
      size_ += Counts(block_[i].char_class);
    }
  }
}

void LetterReader::Reserve(size_t count) {
  // One place more than the letters, for the character that is written and not kept.
  if (letters_.size() - size_ <= count) letters_.resize(std::max(size_ + count + 1, letters_.size() * 2));
}

}  // namespace gisa
