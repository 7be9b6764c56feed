#include "storage/leveldb/text_alphabet.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace gisa {
namespace {

constexpr size_t kCodePoints = 0x10000;  // those that may have a code: of two and three bytes
constexpr size_t kFirstOneByte = 0x80;
constexpr size_t kFirstLead = 0xF7;
constexpr size_t kEscape = 0xFF;
constexpr size_t kOneByteCodes = kFirstLead - kFirstOneByte;
constexpr size_t kTwoByteCodes = (kEscape - kFirstLead) * 256;

// Where those with codes of two bytes begin in the table of characters, behind all single bytes.
constexpr size_t kFirstOfTwoBytes = 256;

// UTF-8 of three bytes, the first lowest: which bits say that it is, and what they are.
constexpr uint32_t kThreeMask = 0xC0C0F0;
constexpr uint32_t kThree = 0x8080E0;

struct Character {
  uint32_t code_point = 0;
  size_t size = 0;  // in bytes; 0: what is there cannot have a code
};

// Where the code of a character is among codes: at its code point, but for those of two bytes, which have a part of
// their own. So three bytes that are not the shortest form of a character find no code.
constexpr size_t kPlaces = kCodePoints + 0x800;
constexpr size_t PlaceOf(const Character& character) {
  return character.code_point + (character.size == 2 ? kCodePoints : 0);
}

// Reads a character behind ASCII. Only its shortest form: no other would come back.
inline Character ReadCharacter(absl::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(text[i])); };
  const auto continues = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  if (text.size() >= 3 && (byte(0) & 0xF0) == 0xE0 && continues(1) && continues(2)) {
    const uint32_t code_point = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (code_point >= 0x800) return {code_point, 3};
  } else if (text.size() >= 2 && (byte(0) & 0xE0) == 0xC0 && continues(1)) {
    const uint32_t code_point = (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    if (code_point >= 0x80) return {code_point, 2};
  }
  return {};
}

}  // namespace

std::string TextAlphabet::Choose(absl::Span<const std::string> texts, uint32_t min_texts) {
  struct Count {
    uint64_t uses = 0;
    uint32_t texts = 0;
    uint32_t last_text = UINT32_MAX;
    absl::string_view bytes;
  };
  std::vector<Count> counts(kCodePoints);
  for (uint32_t text = 0; text < texts.size(); ++text) {
    absl::string_view rest = texts[text];
    while (!rest.empty()) {
      const Character character = ReadCharacter(rest);
      if (character.size > 0) {
        Count& count = counts[character.code_point];
        count.bytes = rest.substr(0, character.size);
        ++count.uses;
        if (std::exchange(count.last_text, text) != text) ++count.texts;
      }
      rest.remove_prefix(std::max<size_t>(character.size, 1));
    }
  }
  counts.erase(
      std::remove_if(counts.begin(), counts.end(), [&](const Count& count) { return count.texts < min_texts; }),
      counts.end());
  std::stable_sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) { return a.uses > b.uses; });
  std::string characters;
  for (size_t i = 0; i < std::min(counts.size(), kOneByteCodes + kTwoByteCodes); ++i) {
    characters.append(counts[i].bytes.data(), counts[i].bytes.size());
  }
  return characters;
}

TextAlphabet::TextAlphabet(absl::string_view characters)
    : codes_(kPlaces), characters_(kFirstOfTwoBytes + kTwoByteCodes) {
  for (uint8_t i = 0; i < kFirstOneByte; ++i) {
    codes_[i] = i;
    characters_[i] = {{static_cast<char>(i)}, 1};
  }
  size_t number = 0;
  while (!characters.empty() && number < kOneByteCodes + kTwoByteCodes) {
    const Character character = ReadCharacter(characters);
    if (character.size > 0 && codes_[PlaceOf(character)] == 0) {
      const bool has_lead = number >= kOneByteCodes;
      const size_t place = has_lead ? number - kOneByteCodes : number;
      const size_t code = has_lead ? (kFirstLead + place / 256) | (place % 256) << 8 : kFirstOneByte + place;
      codes_[PlaceOf(character)] = static_cast<uint16_t>(code);
      Utf8& utf8 = characters_[has_lead ? kFirstOfTwoBytes + place : code];
      std::memcpy(utf8.bytes.data(), characters.data(), character.size);
      utf8.size = static_cast<uint8_t>(character.size);
      ++number;
    }
    characters.remove_prefix(std::max<size_t>(character.size, 1));
  }
}

// Nothing tells whether the next character is a space or a syllable, or a frequent one: a branch would be guessed wrong
// as often as not. So both kinds are computed, and masks choose; compilers make branches of most other ways to say so.
std::string TextAlphabet::Encode(absl::string_view text) const {
  std::string coded(2 * text.size(), '\0');
  char* out = coded.data();
  const auto put = [&out](uint32_t code) {
    out[0] = static_cast<char>(code);
    out[1] = static_cast<char>(code >> 8);  // overwritten by what follows when there is no lead
    out += 1 + static_cast<size_t>((code & 0xFF) >= kFirstLead);
  };
  const auto* in = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* const end = in + text.size();
  while (in < end) {
    if (end - in >= 4) {
      uint32_t bytes = 0;  // the first lowest
      std::memcpy(&bytes, in, sizeof(bytes));
      const uint32_t is_high = bytes >> 7 & 1;
      const uint32_t high_mask = 0 - is_high;
      const uint32_t of_three = (bytes << 12 & 0xF000) | (bytes >> 2 & 0x0FC0) | (bytes >> 16 & 0x3F);
      const uint32_t code = codes_[(of_three & high_mask) | (bytes & 0x7F & ~high_mask)];
      if ((bytes & kThreeMask & high_mask) == (kThree & high_mask) && code != 0) {
        put(code);
        in += 1 + 2 * is_high;
        continue;
      }
    }
    const Character character = ReadCharacter({reinterpret_cast<const char*>(in), static_cast<size_t>(end - in)});
    const uint32_t code = *in < kFirstOneByte ? *in : codes_[PlaceOf(character)];
    if (code != 0) {
      put(code);
      in += std::max<size_t>(character.size, 1);
    } else {
      put(static_cast<uint32_t>(kEscape | *in++ << 8));
    }
  }
  coded.resize(static_cast<size_t>(out - coded.data()));
  return coded;
}

std::optional<std::string> TextAlphabet::Decode(absl::string_view coded) const {
  // The last character is written as four bytes, too.
  std::string text(3 * coded.size() + 1, '\0');
  char* out = text.data();
  const auto* in = reinterpret_cast<const uint8_t*>(coded.data());
  const uint8_t* const end = in + coded.size();
  while (in < end) {
    const bool is_last = end - in == 1;
    const size_t has_two = static_cast<size_t>(in[0] >= kFirstLead);
    if (is_last && has_two != 0) return std::nullopt;
    const size_t second = is_last ? 0 : in[1];
    if (in[0] == kEscape) {
      *out++ = static_cast<char>(second);
      in += 2;
      continue;
    }
    // As Encode: masked in place of a branch. Of two bytes: kFirstOfTwoBytes + (in[0] - kFirstLead) * 256 + second.
    const size_t of_two = (kFirstOfTwoBytes - in[0]) + (in[0] - kFirstLead) * size_t{256} + second;
    const Utf8& utf8 = characters_[in[0] + (of_two & (0 - has_two))];
    if (utf8.size == 0) return std::nullopt;
    std::memcpy(out, utf8.bytes.data(), utf8.bytes.size());
    out += utf8.size;
    in += 1 + has_two;
  }
  text.resize(static_cast<size_t>(out - text.data()));
  return text;
}

}  // namespace gisa
