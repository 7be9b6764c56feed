#include "storage/text/html_entities.h"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "storage/text/code_point.h"

namespace gisa {
namespace {

constexpr std::array<std::pair<absl::string_view, char>, 5> kNames = {{
    {"&amp;", '&'},
    {"&lt;", '<'},
    {"&gt;", '>'},
    {"&quot;", '"'},
    {"&apos;", '\''},
}};

constexpr uint32_t kMaxCodePoint = 0x10FFFF;

// Returns the value of a digit in `base` (10 or 16), nullopt for any other character.
std::optional<uint32_t> DigitValue(char c, uint32_t base) {
  if (c >= '0' && c <= '9') return c - '0';
  if (base == 16 && c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (base == 16 && c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// Decodes the reference that `text` begins with onto `out`. Returns its length, 0 when there is none.
size_t DecodeNumeric(absl::string_view text, std::string& out) {
  if (!absl::StartsWith(text, "&#")) return 0;
  size_t pos = 2;
  uint32_t base = 10;
  if (pos < text.size() && (text[pos] == 'x' || text[pos] == 'X')) {
    base = 16;
    ++pos;
  }
  const size_t first_digit = pos;
  uint32_t code_point = 0;
  for (; pos < text.size(); ++pos) {
    const std::optional<uint32_t> digit = DigitValue(text[pos], base);
    if (!digit.has_value()) break;
    code_point = code_point * base + *digit;
    if (code_point > kMaxCodePoint) return 0;
  }
  if (pos == first_digit || pos == text.size() || text[pos] != ';') return 0;
  if (!IsScalarValue(code_point)) return 0;
  AppendCodePoint(code_point, out);
  return pos + 1;
}

size_t DecodeNamed(absl::string_view text, std::string& out) {
  for (const auto& [name, character] : kNames) {
    if (absl::StartsWith(text, name)) {
      out.push_back(character);
      return name.size();
    }
  }
  return 0;
}

}  // namespace

std::string HtmlUnescape(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const size_t ampersand = text.find('&');
    out.append(text.data(), ampersand == text.npos ? text.size() : ampersand);
    if (ampersand == text.npos) return out;
    text.remove_prefix(ampersand);
    size_t length = DecodeNamed(text, out);
    if (length == 0) length = DecodeNumeric(text, out);
    if (length == 0) {
      out.push_back('&');
      length = 1;
    }
    text.remove_prefix(length);
  }
}

std::string HtmlEscape(absl::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  while (true) {
    const size_t special = text.find_first_of("&<>\"'`=");
    out.append(text.data(), special == text.npos ? text.size() : special);
    if (special == text.npos) return out;
    switch (text[special]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#x27;";
        break;
      case '`':
        out += "&#x60;";
        break;
      case '=':
        out += "&#x3D;";
        break;
    }
    text.remove_prefix(special + 1);
  }
}

}  // namespace gisa
