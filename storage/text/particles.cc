#include "storage/text/particles.h"

#include <bitset>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "storage/text/code_point.h"
#include "storage/text/hangul.h"
#include "storage/text/particles_file.h"

namespace gisa {
namespace {

// The sound before a form: after what ends of a syllable it may stand.
using Sounds = uint8_t;
constexpr Sounds kVowel = 1;
constexpr Sounds kRieul = 2;  // ㄹ, which 로 treats as a vowel
constexpr Sounds kOtherConsonant = 4;
constexpr Sounds kConsonant = kRieul | kOtherConsonant;
constexpr Sounds kAny = kVowel | kConsonant;

enum class Kind { kCase, kAuxiliary, kNoun, kCopula, kVerb };

struct Form {
  Kind kind;
  absl::string_view text;
  Sounds after;
};

// The file is part of the program, and so is a mistake in it.
[[noreturn]] void FailAt(absl::string_view what) {
  std::fprintf(stderr, "particles.txt: %.*s is not understood\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// The value that goes with a name in particles.txt.
template <typename Value>
Value ValueOf(absl::string_view name, std::initializer_list<std::pair<absl::string_view, Value>> names) {
  for (const auto& [known, value] : names) {
    if (name == known) return value;
  }
  FailAt(name);
}

std::vector<Form> ReadForms() {
  std::vector<Form> forms;
  for (const absl::string_view line : absl::StrSplit(kParticlesFile, '\n')) {
    const std::vector<absl::string_view> columns = absl::StrSplit(line, ' ', absl::SkipEmpty());
    if (columns.empty() || columns[0][0] == '#') continue;
    if (columns.size() != 3) FailAt(line);
    forms.push_back({ValueOf<Kind>(columns[0], {{"case", Kind::kCase},
                                                {"auxiliary", Kind::kAuxiliary},
                                                {"noun", Kind::kNoun},
                                                {"copula", Kind::kCopula},
                                                {"verb", Kind::kVerb}}),
                     columns[1],
                     ValueOf<Sounds>(columns[2], {{"any", kAny},
                                                  {"vowel", kVowel},
                                                  {"consonant", kConsonant},
                                                  {"vowel-or-rieul", kVowel | kRieul},
                                                  {"consonant-but-rieul", kOtherConsonant}})});
  }
  return forms;
}

// The plural suffix; any single particle may follow it.
constexpr absl::string_view kPlural = "들";

std::u32string ToCodePoints(absl::string_view text) {
  std::u32string code_points;
  for (uint32_t offset = 0; offset < text.size();) code_points.push_back(NextCodePoint(text.data(), offset));
  return code_points;
}

// What may follow the sound that `c` ends with; everything when `c` is no Hangul syllable (a digit, a Latin letter),
// for it can be read in more than one way.
Sounds SoundsOf(char32_t c) {
  if (!IsHangulSyllable(c)) return kAny;
  const uint32_t final_consonant = FinalConsonant(c);
  if (final_consonant == 0) return kVowel;
  return final_consonant == kFinalRieul ? kRieul : kOtherConsonant;
}

// All forms, last syllable first, in a trie whose edges are one hash table.
class ParticleTrie {
 public:
  ParticleTrie() : edges_(kSlots) {
    const std::vector<Form> forms = ReadForms();
    for (const Form& form : forms) {
      if (form.kind == Kind::kCopula || form.kind == Kind::kVerb) {
        Add(form.text, form.after);
      } else {
        AddWithPlural(form.text, form.after);
      }
      if (form.kind == Kind::kCase) AddWithAuxiliaries(form, forms);
    }
    Add(kPlural, kAny);
  }

  uint32_t Find(absl::Span<const FoldedChar> syllables) const {
    uint32_t found = 1;
    if (syllables.empty() || !MayEnd(syllables.back().code)) return found;
    uint32_t node = kRoot;
    const size_t size = syllables.size();
    for (size_t length = 1; length <= size && length <= kMaxParticleLength; ++length) {
      const Edge& edge = FindEdge(node, syllables[size - length].code);
      if (edge.child == 0) break;
      node = edge.child;
      const Sounds before = length < size ? SoundsOf(syllables[size - length - 1].code) : kAny;
      found |= uint32_t{(edge.after & before) != 0} << length;
    }
    return found;
  }

 private:
  static constexpr uint32_t kRoot = 1;
  // A power of two, at least twice the number of edges.
  static constexpr size_t kSlots = 2048;

  struct Edge {
    uint32_t key = 0;    // 0: free
    uint16_t child = 0;  // 0: no such edge
    Sounds after = 0;    // 0: no form ends here
  };

  void AddWithAuxiliaries(const Form& particle, const std::vector<Form>& forms) {
    const Sounds end = SoundsOf(ToCodePoints(particle.text).back());
    for (const Form& form : forms) {
      if (form.kind == Kind::kAuxiliary && (end & form.after) != 0) {
        Add(absl::StrCat(particle.text, form.text), particle.after);
      }
    }
  }

  void AddWithPlural(absl::string_view form, Sounds after) {
    Add(form, after);
    if (after & kRieul) Add(std::string(kPlural) + std::string(form), kAny);
  }

  void Add(absl::string_view form, Sounds after) {
    const std::u32string syllables = ToCodePoints(form);
    if (syllables.size() > kMaxParticleLength) return;
    uint32_t node = kRoot;
    for (size_t i = syllables.size(); i > 0; --i) {
      Edge& edge = edges_[SlotOf(node, syllables[i - 1])];
      if (edge.child == 0) edge = {KeyOf(node, syllables[i - 1]), ++last_node_, 0};
      if (node == kRoot) last_syllables_.set(syllables[i - 1] - kFirstHangulSyllable);
      node = edge.child;
      if (i == 1) edge.after |= after;
    }
  }

  // Whether any form ends with `c`: half of all eojeols end here, with a bit out of few.
  bool MayEnd(char32_t c) const { return IsHangulSyllable(c) && last_syllables_[c - kFirstHangulSyllable]; }

  const Edge& FindEdge(uint32_t node, char32_t c) const {
    static constexpr Edge kNone;
    return IsHangulSyllable(c) ? edges_[SlotOf(node, c)] : kNone;
  }

  // 13 bits of node and 14 of syllable.
  static uint32_t KeyOf(uint32_t node, char32_t syllable) { return node << 14 | (syllable - kFirstHangulSyllable); }

  // The slot of the edge, or the free one where it would be.
  size_t SlotOf(uint32_t node, char32_t syllable) const {
    const uint32_t key = KeyOf(node, syllable);
    size_t slot = (key * 0x9E3779B1u) >> 21;
    while (edges_[slot].key != 0 && edges_[slot].key != key) slot = (slot + 1) % kSlots;
    return slot;
  }

  std::bitset<kHangulSyllables> last_syllables_;
  std::vector<Edge> edges_;
  uint16_t last_node_ = kRoot;
};

}  // namespace

uint32_t FindParticles(absl::Span<const FoldedChar> syllables) {
  static const ParticleTrie& trie = *new ParticleTrie;
  return trie.Find(syllables);
}

}  // namespace gisa
