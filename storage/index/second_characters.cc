#include "storage/index/second_characters.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/coding.h"
#include "storage/text/code_point.h"

namespace gisa {
namespace {

// How many bytes the character has at `offset` of a text, if it is from U+0800 on; 0 if not, or at the end.
size_t BytesOfCharacter(absl::string_view text, size_t offset) {
  const uint8_t lead = offset < text.size() ? static_cast<uint8_t>(text[offset]) : 0;
  return lead < 0xE0 ? 0 : lead < 0xF0 ? 3 : 4;
}

}  // namespace

void SecondCharacters::Add(absl::string_view term) {
  const absl::string_view text = term.substr(1);  // behind the field
  const size_t first_bytes = BytesOfCharacter(text, 0);
  const size_t second_bytes = BytesOfCharacter(text, first_bytes);
  if (first_bytes == 0 || second_bytes == 0 || first_bytes + second_bytes != text.size()) return;
  uint32_t offset = 0;
  const char32_t first = NextCodePoint(text.data(), offset);
  const char32_t second = NextCodePoint(text.data(), offset);
  before_[second].push_back(first);
}

absl::Status SecondCharacters::ForEach(
    absl::FunctionRef<absl::Status(absl::string_view character, absl::string_view before)> visit) {
  std::vector<char32_t> characters;
  for (const auto& [character, before] : before_) characters.push_back(character);
  std::sort(characters.begin(), characters.end());
  std::string bytes;
  for (const char32_t character : characters) {
    std::vector<char32_t>& before = before_[character];
    std::sort(before.begin(), before.end());
    bytes.clear();
    char32_t last = 0;
    for (const char32_t c : before) AppendVarint64(c - std::exchange(last, c), &bytes);
    std::string text;
    AppendCodePoint(character, text);
    RETURN_IF_ERROR(visit(text, bytes));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> DecodeCharactersBefore(absl::string_view before) {
  std::vector<std::string> characters;
  Decoder decoder(before);
  uint64_t character = 0;
  while (!decoder.rest().empty()) {
    character += decoder.Varint32();
    if (!decoder.ok() || character > UINT32_MAX || !IsScalarValue(static_cast<uint32_t>(character))) {
      return DataCorruptedError("the characters before another do not parse");
    }
    AppendCodePoint(static_cast<uint32_t>(character), characters.emplace_back());
  }
  return characters;
}

}  // namespace gisa
