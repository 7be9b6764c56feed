#include "storage/dedup/boilerplate.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"

namespace gisa {
namespace {

using absl::string_view;

constexpr size_t kMaxCopyrightBytes = 160;
constexpr size_t kMaxSignatureBytes = 80;
constexpr size_t kMaxCaptionBytes = 120;
constexpr size_t kMaxSectionBytes = 60;
constexpr size_t kMaxLinkBytes = 160;
constexpr size_t kMaxDatelineBytes = 120;
constexpr size_t kLongestRule = 160;

constexpr string_view kCopyrightMarks[] = {"ⓒ", "©", "opyright", "OPYRIGHT", "저작권자", "재배포"};
// What is forbidden after 무단 ("without permission").
constexpr string_view kForbidden[] = {"전재", "복제", "배포", "도용"};
constexpr string_view kRoles[] = {"기자", "특파원", "앵커", "리포터", "논설위원"};
constexpr string_view kCaptionBegins[] = {"사진=", "사진제공", "[사진", "(사진", "자료사진"};
constexpr string_view kCaptionEnds[] = {"제공", "제공)", "제공]", "자료사진", "자료사진)", "자료사진]"};
constexpr string_view kLinkBegins[] = {"▶", "☞"};

struct Brackets {
  string_view open;
  string_view close;
};
constexpr Brackets kBrackets[] = {{"[", "]"},   {"<", ">"},   {"(", ")"},   {"◀", "▶"},
                                  {"＜", "＞"}, {"［", "］"}, {"【", "】"}, {"〈", "〉"}};

template <typename List>
bool BeginsWithAny(string_view text, const List& list) {
  return std::any_of(std::begin(list), std::end(list), [text](string_view s) { return absl::StartsWith(text, s); });
}

template <typename List>
bool EndsWithAny(string_view text, const List& list) {
  return std::any_of(std::begin(list), std::end(list), [text](string_view s) { return absl::EndsWith(text, s); });
}

bool ForbidsCopying(string_view line) {
  constexpr string_view kWithoutPermission = "무단";
  const size_t found = line.find(kWithoutPermission);
  if (found == string_view::npos) return false;
  return BeginsWithAny(absl::StripLeadingAsciiWhitespace(line.substr(found + kWithoutPermission.size())), kForbidden);
}

bool IsCopyright(string_view line) {
  if (line.size() > kMaxCopyrightBytes) return false;
  return ForbidsCopying(line) || std::any_of(std::begin(kCopyrightMarks), std::end(kCopyrightMarks),
                                             [line](string_view mark) { return absl::StrContains(line, mark); });
}

bool IsAddressChar(char c) { return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '_'; }

// Something like name@host.kr.
bool HasEmailAddress(string_view line) {
  const size_t at = line.find('@');
  if (at == string_view::npos || at == 0 || !IsAddressChar(line[at - 1])) return false;
  size_t end = at + 1;
  while (end < line.size() && IsAddressChar(line[end])) ++end;
  return absl::StrContains(line.substr(at + 1, end - at - 1), '.');
}

bool IsSignature(string_view line) {
  return line.size() <= kMaxSignatureBytes && (EndsWithAny(line, kRoles) || HasEmailAddress(line));
}

bool IsCaption(string_view line) {
  return line.size() <= kMaxCaptionBytes && (BeginsWithAny(line, kCaptionBegins) || EndsWithAny(line, kCaptionEnds));
}

// Whether one pair of brackets holds the whole line: [앵커], but not [가] 나 [다].
bool IsSection(string_view line) {
  if (line.size() > kMaxSectionBytes) return false;
  return std::any_of(std::begin(kBrackets), std::end(kBrackets), [line](const Brackets& brackets) {
    return absl::StartsWith(line, brackets.open) && line.find(brackets.close) == line.size() - brackets.close.size();
  });
}

bool IsLink(string_view line) { return line.size() <= kMaxLinkBytes && BeginsWithAny(line, kLinkBegins); }

}  // namespace

bool IsBoilerplateLine(string_view line) {
  line = absl::StripAsciiWhitespace(line);
  // Most lines of a body are longer, and decided here.
  if (line.empty() || line.size() > kLongestRule) return false;
  return IsSection(line) || IsSignature(line) || IsCaption(line) || IsLink(line) || IsCopyright(line);
}

string_view StripDateline(string_view line) {
  string_view rest = absl::StripLeadingAsciiWhitespace(line);
  const string_view front = rest.substr(0, kMaxDatelineBytes);
  for (const Brackets& brackets : kBrackets) {
    if (!absl::StartsWith(front, brackets.open)) continue;
    const size_t close = front.find(brackets.close);
    if (close == string_view::npos) return line;
    const string_view inside = front.substr(brackets.open.size(), close - brackets.open.size());
    if (!absl::StrContains(inside, '=') && !EndsWithAny(inside, kRoles)) return line;
    rest.remove_prefix(close + brackets.close.size());
    break;
  }
  // The reporter, up to an equals sign.
  const size_t equals = rest.substr(0, kMaxSignatureBytes).find('=');
  if (equals == string_view::npos) return rest;
  const string_view reporter = absl::StripTrailingAsciiWhitespace(rest.substr(0, equals));
  return EndsWithAny(reporter, kRoles) ? rest.substr(equals + 1) : rest;
}

}  // namespace gisa
