#include "client/commands/text_diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "client/commands/display_text.h"
#include "client/white_space.h"

namespace gisa {
namespace {

using Sentences = absl::Span<const absl::string_view>;

constexpr size_t kMaxCells = 4 << 20;
constexpr size_t kMinColumn = 10;

void AddGap(Sentences left, Sentences right, std::vector<DiffRow>* rows) {
  for (size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    DiffRow& row = rows->emplace_back();
    if (i < left.size()) row.left = std::string(left[i]);
    if (i < right.size()) row.right = std::string(right[i]);
    row.change = i >= left.size() ? Change::kOnlyRight : i >= right.size() ? Change::kOnlyLeft : Change::kReplaced;
  }
}

void AddSame(Sentences sentences, std::vector<DiffRow>* rows) {
  for (const absl::string_view sentence : sentences) {
    rows->push_back({Change::kSame, std::string(sentence), std::string(sentence)});
  }
}

// Rows of what neither begins nor ends the same.
void AddMiddle(Sentences left, Sentences right, std::vector<DiffRow>* rows) {
  const size_t columns = right.size() + 1;
  if ((left.size() + 1) * columns > kMaxCells) return AddGap(left, right, rows);
  // The length of the longest common subsequence of what is left from sentence i and j on.
  std::vector<uint32_t> lengths((left.size() + 1) * columns);
  for (size_t i = left.size(); i-- > 0;) {
    for (size_t j = right.size(); j-- > 0;) {
      lengths[i * columns + j] = left[i] == right[j]
                                     ? lengths[(i + 1) * columns + j + 1] + 1
                                     : std::max(lengths[(i + 1) * columns + j], lengths[i * columns + j + 1]);
    }
  }
  size_t gap_left = 0;
  size_t gap_right = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < left.size() && j < right.size()) {
    if (left[i] == right[j]) {
      AddGap(left.subspan(gap_left, i - gap_left), right.subspan(gap_right, j - gap_right), rows);
      AddSame(left.subspan(i, 1), rows);
      gap_left = ++i;
      gap_right = ++j;
    } else if (lengths[(i + 1) * columns + j] >= lengths[i * columns + j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  AddGap(left.subspan(gap_left), right.subspan(gap_right), rows);
}

char Mark(Change change) {
  switch (change) {
    case Change::kSame:
      return ' ';
    case Change::kReplaced:
      return '|';
    case Change::kOnlyLeft:
      return '<';
    case Change::kOnlyRight:
      return '>';
  }
  return ' ';
}

bool EndsSentence(absl::string_view text, size_t i) {
  if (text[i] == '\n') return true;
  const bool is_stop = text[i] == '.' || text[i] == '?' || text[i] == '!';
  return is_stop && i + 1 < text.size() && LeadingWhiteSpace(text.substr(i + 1)) > 0;
}

}  // namespace

std::vector<absl::string_view> SplitSentences(absl::string_view text) {
  std::vector<absl::string_view> sentences;
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!EndsSentence(text, i) && i + 1 < text.size()) continue;
    const absl::string_view sentence = StripWhiteSpace(text.substr(begin, i + 1 - begin));
    if (!sentence.empty()) sentences.push_back(sentence);
    begin = i + 1;
  }
  return sentences;
}

std::vector<DiffRow> DiffTexts(absl::string_view left, absl::string_view right) {
  const std::vector<absl::string_view> left_sentences = SplitSentences(left);
  const std::vector<absl::string_view> right_sentences = SplitSentences(right);
  Sentences l = left_sentences;
  Sentences r = right_sentences;
  size_t same_front = 0;
  while (same_front < std::min(l.size(), r.size()) && l[same_front] == r[same_front]) ++same_front;
  std::vector<DiffRow> rows;
  AddSame(l.subspan(0, same_front), &rows);
  l.remove_prefix(same_front);
  r.remove_prefix(same_front);
  size_t same_back = 0;
  while (same_back < std::min(l.size(), r.size()) && l[l.size() - 1 - same_back] == r[r.size() - 1 - same_back]) {
    ++same_back;
  }
  AddMiddle(l.subspan(0, l.size() - same_back), r.subspan(0, r.size() - same_back), &rows);
  AddSame(l.subspan(l.size() - same_back), &rows);
  return rows;
}

std::string SideBySide(const std::vector<DiffRow>& rows, size_t width) {
  constexpr size_t kBetween = 3;
  const size_t column = std::max(kMinColumn, (width - std::min(width, kBetween)) / 2);
  std::string text;
  for (const DiffRow& row : rows) {
    const std::vector<std::string> left = WrapToWidth(OneLine(row.left), column);
    const std::vector<std::string> right = WrapToWidth(OneLine(row.right), column);
    for (size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
      absl::StrAppend(&text, PadToWidth(i < left.size() ? left[i] : "", column), " ", std::string(1, Mark(row.change)));
      if (i < right.size() && !right[i].empty()) absl::StrAppend(&text, " ", right[i]);
      while (text.back() == ' ') text.pop_back();
      text.push_back('\n');
    }
  }
  return text;
}

}  // namespace gisa
