#include "client/white_space.h"

#include "absl/strings/match.h"

namespace gisa {
namespace {

bool IsAsciiWhiteSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Those beyond ASCII.
constexpr absl::string_view kWideWhiteSpace[] = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\ufeff",
};

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

size_t LeadingWhiteSpace(absl::string_view text) {
  if (text.empty()) return 0;
  if (IsAscii(text.front())) return IsAsciiWhiteSpace(text.front()) ? 1 : 0;
  for (const absl::string_view space : kWideWhiteSpace) {
    if (absl::StartsWith(text, space)) return space.size();
  }
  return 0;
}

size_t TrailingWhiteSpace(absl::string_view text) {
  if (text.empty()) return 0;
  if (IsAscii(text.back())) return IsAsciiWhiteSpace(text.back()) ? 1 : 0;
  for (const absl::string_view space : kWideWhiteSpace) {
    if (absl::EndsWith(text, space)) return space.size();
  }
  return 0;
}

absl::string_view StripWhiteSpace(absl::string_view text) {
  while (const size_t length = LeadingWhiteSpace(text)) text.remove_prefix(length);
  while (const size_t length = TrailingWhiteSpace(text)) text.remove_suffix(length);
  return text;
}

std::string CollapseWhiteSpace(absl::string_view text) {
  text = StripWhiteSpace(text);
  std::string collapsed;
  collapsed.reserve(text.size());
  bool in_run = false;
  while (!text.empty()) {
    const size_t space = LeadingWhiteSpace(text);
    if (space == 0) {
      collapsed.push_back(text.front());
    } else if (!in_run) {
      collapsed.push_back(' ');
    }
    in_run = space > 0;
    text.remove_prefix(space > 0 ? space : 1);
  }
  return collapsed;
}

}  // namespace gisa
