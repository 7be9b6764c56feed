#include "storage/text/eojeol_reader.h"

#include "storage/text/code_point.h"

namespace gisa {

void EojeolReader::Reset(absl::string_view text, uint32_t first_position) {
  reader_.Reset(text);
  block_next_ = block_end_ = 0;
  position_ = first_position;
  started_ = false;
  gap_ = false;
}

bool EojeolReader::Next() {
  words_.clear();
  syllable_count_ = 0;
  runs_.clear();
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
    // Most eojeols are syllables of Hangul with a space behind them, and need none of the above.
    ReadHangul();
    if (reader_.SkipSeparators()) {
      gap_ = started_;
      if (!runs_.empty()) return true;
      continue;
    }
    block_next_ = 0;
    block_end_ = reader_.Read(absl::MakeSpan(block_));
    if (block_end_ == 0) return !runs_.empty();
  }
}

EojeolReader::Run& EojeolReader::StartRun(const FoldedChar& c, bool syllabic) {
  if (gap_) ++position_;
  gap_ = false;
  started_ = true;
  Run& run = runs_.emplace_back();
  run.syllabic = syllabic;
  run.position = position_;
  run.content_begin = run.content_end = static_cast<uint32_t>(syllabic ? syllable_count_ : words_.size());
  run.begin = c.begin;
  return run;
}

void EojeolReader::ReadHangul() {
  while (true) {
    ReserveSyllables();
    const absl::Span<FoldedChar> room = absl::MakeSpan(syllables_).subspan(syllable_count_);
    const size_t count = reader_.ReadHangul(room);
    if (count > 0) AddSyllables(count);
    if (count < room.size()) return;
  }
}

void EojeolReader::AddSyllables(size_t count) {
  const FoldedChar& first = syllables_[syllable_count_];
  Run& run = runs_.empty() || !runs_.back().syllabic ? StartRun(first, /*syllabic=*/true) : runs_.back();
  syllable_count_ += count;
  run.length += static_cast<uint32_t>(count);
  run.content_end += static_cast<uint32_t>(count);
  run.end = syllables_[syllable_count_ - 1].end;
  position_ += static_cast<uint32_t>(count);
}

void EojeolReader::AddSyllable(const FoldedChar& c) {
  ReserveSyllables();
  syllables_[syllable_count_] = c;
  AddSyllables(1);
}

void EojeolReader::ReserveSyllables() {
  if (syllables_.size() < syllable_count_ + kBlockSize) syllables_.resize(2 * syllables_.size() + kBlockSize);
}

void EojeolReader::AddToWord(const FoldedChar& c) {
  char bytes[4];
  const size_t size = EncodeCodePoint(c.code, bytes);
  const bool starts = runs_.empty() || runs_.back().syllabic || word(runs_.back()).size() + size > kMaxWordBytes;
  Run& run = starts ? StartRun(c, /*syllabic=*/false) : runs_.back();
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
  if (run.syllabic) syllables_[syllable_count_ - 1].end = c.end;
}

void EojeolReader::ReleaseLargeBuffers() {
  constexpr size_t kLarge = 4096;
  if (words_.capacity() > kLarge) std::string().swap(words_);
  if (syllables_.capacity() > kLarge) std::vector<FoldedChar>().swap(syllables_);
  if (runs_.capacity() > kLarge) std::vector<Run>().swap(runs_);
}

}  // namespace gisa
