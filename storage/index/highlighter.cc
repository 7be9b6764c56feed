#include "storage/index/highlighter.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

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
TextRange FindDensestStretch(const std::vector<Occurrence>& occurrences, size_t word_count, size_t max_bytes) {
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

}  // namespace

Highlighter::Highlighter(absl::string_view query) {
  for (const absl::string_view word : SplitWords(query)) {
    WordMatcher matcher(word);
    if (!matcher.empty()) words_.push_back(std::move(matcher));
  }
}

std::vector<TextRange> Highlighter::Find(absl::string_view text, size_t limit) const {
  return JoinOverlapping(FindOccurrences(words_, text), limit);
}

Snippet Highlighter::BestPassage(absl::string_view body, size_t max_bytes) const {
  const std::vector<Occurrence> occurrences = FindOccurrences(words_, body);
  Snippet snippet;
  if (occurrences.empty()) return snippet;
  // A quarter is left for the words around.
  const TextRange stretch = FindDensestStretch(occurrences, words_.size(), max_bytes - max_bytes / 4);
  const TextRange passage = CutPassage(body, stretch, max_bytes);
  snippet.text = std::string(body.substr(passage.begin, passage.end - passage.begin));
  snippet.body_offset = passage.begin;
  for (const TextRange& range : JoinOverlapping(occurrences, occurrences.size())) {
    const size_t begin = std::max(range.begin, passage.begin);
    const size_t end = std::min(range.end, passage.end);
    if (begin < end) snippet.highlights.push_back({begin - passage.begin, end - passage.begin});
  }
  return snippet;
}

}  // namespace gisa
