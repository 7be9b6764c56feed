#include "storage/index/highlighter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

#include "absl/types/span.h"
#include "storage/index/passage.h"

namespace gisa {
namespace {

// Where a word of the query occurs.
struct Occurrence {
  TextRange range;
  size_t word = 0;  // its number
};

// Returns all occurrences, by begin.
std::vector<Occurrence> FindOccurrences(const std::vector<WordMatcher>& words, absl::string_view text) {
  const UnitText units(text);
  std::vector<Occurrence> occurrences;
  for (size_t word = 0; word < words.size(); ++word) {
    words[word].FindAll(units, [&](uint32_t begin, uint32_t end) {
      occurrences.push_back({{begin, end}, word});
      return true;
    });
  }
  std::sort(occurrences.begin(), occurrences.end(), [](const Occurrence& a, const Occurrence& b) {
    return std::tie(a.range.begin, a.range.end, a.word) < std::tie(b.range.begin, b.range.end, b.word);
  });
  return occurrences;
}

// Joins what overlaps. Returns at most `limit` ranges.
std::vector<TextRange> JoinOverlapping(const std::vector<Occurrence>& occurrences, size_t limit) {
  std::vector<TextRange> ranges;
  for (const Occurrence& occurrence : occurrences) {
    if (!ranges.empty() && occurrence.range.begin < ranges.back().end) {
      ranges.back().end = std::max(ranges.back().end, occurrence.range.end);
    } else if (ranges.size() < limit) {
      ranges.push_back(occurrence.range);
    } else {
      break;
    }
  }
  return ranges;
}

// Returns the stretch of at most `max_bytes`, or of a single longer occurrence, with the most distinct words of
// `word_count`, then the most occurrences, then the first. `occurrences` is not empty.
TextRange FindDensestStretch(absl::Span<const Occurrence> occurrences, size_t word_count, size_t max_bytes) {
  std::pair<size_t, size_t> best_count;    // distinct words, occurrences
  std::pair<size_t, size_t> best(0, 0);    // the first and the last occurrence
  std::vector<size_t> inside(word_count);  // occurrences of each word between first and last
  size_t distinct = 0;
  size_t first = 0;
  for (size_t last = 0; last < occurrences.size(); ++last) {
    if (inside[occurrences[last].word]++ == 0) ++distinct;
    const size_t end = occurrences[last].range.end;
    for (; first < last && end - occurrences[first].range.begin > max_bytes; ++first) {
      if (--inside[occurrences[first].word] == 0) --distinct;
    }
    const std::pair<size_t, size_t> count(distinct, last - first + 1);
    if (count <= best_count) continue;
    best_count = count;
    best = {first, last};
  }
  TextRange stretch = occurrences[best.first].range;
  for (size_t i = best.first; i <= best.second; ++i) stretch.end = std::max(stretch.end, occurrences[i].range.end);
  return stretch;
}

// How many code points begin before `offset`, which is on the boundary of one.
size_t CountCodePoints(absl::string_view text, size_t offset) {
  const auto begins_one = [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; };
  return static_cast<size_t>(
      std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), begins_one));
}

Snippet MakeSnippet(absl::string_view body, const TextRange& passage, const std::vector<TextRange>& highlights) {
  Snippet snippet;
  snippet.text = std::string(body.substr(passage.begin, passage.end - passage.begin));
  snippet.body_offset = passage.begin;
  snippet.body_code_point_offset = CountCodePoints(body, passage.begin);
  for (const TextRange& range : highlights) {
    const size_t begin = std::max(range.begin, passage.begin);
    const size_t end = std::min(range.end, passage.end);
    if (begin < end) snippet.highlights.push_back({begin - passage.begin, end - passage.begin});
  }
  return snippet;
}

}  // namespace

void Highlighter::AddWords(const QueryNode& node) {
  if (node.kind == QueryNode::Kind::kNot) return;
  for (const QueryNode& child : node.children) AddWords(child);
  if (node.kind != QueryNode::Kind::kWord || IsNameField(node.field)) return;
  const WordMatcher matcher(node.text, node.is_prefix ? WordMatcher::Kind::kPrefix : WordMatcher::Kind::kWord);
  if (node.field != QueryField::kBody) title_words_.push_back(matcher);
  if (node.field != QueryField::kTitle) body_words_.push_back(matcher);
}

std::vector<TextRange> Highlighter::FindInTitle(absl::string_view title, size_t limit) const {
  return JoinOverlapping(FindOccurrences(title_words_, title), limit);
}

std::vector<Snippet> Highlighter::BestPassages(absl::string_view body, size_t max_passages, size_t max_bytes) const {
  const std::vector<Occurrence> occurrences = FindOccurrences(body_words_, body);
  const std::vector<TextRange> highlights = JoinOverlapping(occurrences, occurrences.size());
  std::vector<Occurrence> left = occurrences;  // outside of the passages so far
  std::vector<Snippet> snippets;
  while (!left.empty() && snippets.size() < max_passages) {
    // A quarter is left for the words around.
    const TextRange stretch = FindDensestStretch(left, body_words_.size(), max_bytes - max_bytes / 4);
    const TextRange passage = CutPassage(body, stretch, max_bytes);
    snippets.push_back(MakeSnippet(body, passage, highlights));
    // What follows must not show the same text again.
    const auto is_near = [&passage, max_bytes](const Occurrence& occurrence) {
      return occurrence.range.begin < passage.end + max_bytes && occurrence.range.end + max_bytes > passage.begin;
    };
    left.erase(std::remove_if(left.begin(), left.end(), is_near), left.end());
  }
  return snippets;
}

}  // namespace gisa
