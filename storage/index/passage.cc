#include "storage/index/passage.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "storage/base/utf8.h"
#include "storage/text/char_traits.h"
#include "storage/text/code_point.h"

namespace gisa {
namespace {

char32_t CodePointAt(absl::string_view text, size_t offset) {
  auto next = static_cast<uint32_t>(offset);
  return NextCodePoint(text.data(), next);
}

size_t AfterCodePoint(absl::string_view text, size_t offset) {
  auto next = static_cast<uint32_t>(offset);
  NextCodePoint(text.data(), next);
  return next;
}

size_t BeforeCodePoint(absl::string_view text, size_t offset) { return FloorCodePoint(text, offset - 1); }

size_t CeilCodePoint(absl::string_view text, size_t offset) {
  const size_t floor = FloorCodePoint(text, offset);
  return floor < offset ? AfterCodePoint(text, floor) : floor;
}

bool IsSpaceAt(absl::string_view text, size_t offset) {
  return u_isUWhiteSpace(static_cast<UChar32>(CodePointAt(text, offset)));
}

// Whether the text may be cut at `offset`, at white space or, failing that, between characters that do not join.
bool IsWordEdge(absl::string_view text, size_t offset) {
  return offset == 0 || offset == text.size() || IsSpaceAt(text, offset) ||
         IsSpaceAt(text, BeforeCodePoint(text, offset));
}

bool IsCharacterEdge(absl::string_view text, size_t offset) {
  return offset == 0 || offset == text.size() || FindTraits(CodePointAt(text, offset)).boundary_before();
}

using IsEdge = bool (*)(absl::string_view text, size_t offset);

// Returns the first edge in [begin, end), else `end`.
size_t FirstEdge(absl::string_view text, size_t begin, size_t end, IsEdge is_edge) {
  while (begin < end && !is_edge(text, begin)) begin = AfterCodePoint(text, begin);
  return begin;
}

// Returns the last edge in (begin, end], else `begin`.
size_t LastEdge(absl::string_view text, size_t begin, size_t end, IsEdge is_edge) {
  while (end > begin && !is_edge(text, end)) end = BeforeCodePoint(text, end);
  return end;
}

}  // namespace

TextRange CutPassage(absl::string_view body, TextRange core, size_t max_bytes) {
  if (core.end - core.begin >= max_bytes) return {core.begin, FloorCodePoint(body, core.begin + max_bytes)};

  const size_t spare = max_bytes - (core.end - core.begin);
  size_t before = std::min(core.begin, spare / 3);
  // What the end of the body leaves over goes before the core as well.
  const size_t after = std::min(body.size() - core.end, spare - before);
  before = std::min(core.begin, spare - after);

  const size_t earliest = CeilCodePoint(body, core.begin - before);
  size_t begin = FirstEdge(body, earliest, core.begin, IsWordEdge);
  if (begin == core.begin) begin = FirstEdge(body, earliest, core.begin, IsCharacterEdge);
  while (begin < core.begin && IsSpaceAt(body, begin)) begin = AfterCodePoint(body, begin);

  const size_t latest = FloorCodePoint(body, begin + max_bytes);
  size_t end = LastEdge(body, core.end, latest, IsWordEdge);
  if (end == core.end) end = LastEdge(body, core.end, latest, IsCharacterEdge);
  while (end > core.end && IsSpaceAt(body, BeforeCodePoint(body, end))) end = BeforeCodePoint(body, end);
  return {begin, end};
}

}  // namespace gisa
