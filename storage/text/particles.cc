#include "storage/text/particles.h"

#include <bitset>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/text/code_point.h"
#include "storage/text/hangul.h"

namespace gisa {
namespace {

// The lists are our own, from the school grammar of Korean: case particles (격조사), auxiliary particles (보조사), the
// forms of the copula 이다, and the forms of 하다 and 되다 that news writes after a noun. They only rank: a wrong or
// missing form never hides a hit.

// The sound before a form: after what ends of a syllable it may stand.
using Sounds = uint8_t;
constexpr Sounds kVowel = 1;
constexpr Sounds kRieul = 2;  // ㄹ, which 로 treats as a vowel
constexpr Sounds kOtherConsonant = 4;
constexpr Sounds kConsonant = kRieul | kOtherConsonant;
constexpr Sounds kAny = kVowel | kConsonant;

struct Form {
  absl::string_view text;
  Sounds after;
};

// Can be followed by an auxiliary: 에서 + 는.
constexpr Form kCaseParticles[] = {
    {"에", kAny},
    {"에서", kAny},
    {"에게", kAny},
    {"에게서", kAny},
    {"한테", kAny},
    {"한테서", kAny},
    {"께", kAny},
    {"께서", kAny},
    {"로", kVowel | kRieul},
    {"로서", kVowel | kRieul},
    {"로써", kVowel | kRieul},
    {"로부터", kVowel | kRieul},
    {"으로", kOtherConsonant},
    {"으로서", kOtherConsonant},
    {"으로써", kOtherConsonant},
    {"으로부터", kOtherConsonant},
    {"와", kVowel},
    {"과", kConsonant},
    {"랑", kVowel},
    {"이랑", kConsonant},
    {"하고", kAny},
    {"까지", kAny},
    {"부터", kAny},
    {"에서부터", kAny},
    {"만", kAny},
    {"만으로", kAny},
    {"만큼", kAny},
    {"보다", kAny},
    {"처럼", kAny},
    {"같이", kAny},
    {"대로", kAny},
};

// Can follow a noun or a case particle.
constexpr Form kAuxiliaries[] = {
    {"은", kConsonant}, {"는", kVowel}, {"도", kAny},         {"만", kAny},     {"의", kAny},
    {"까지", kAny},     {"부터", kAny}, {"조차", kAny},       {"마저", kAny},   {"보다", kAny},
    {"처럼", kAny},     {"나", kVowel}, {"이나", kConsonant}, {"라도", kVowel}, {"이라도", kConsonant},
};

// Follow a noun only.
constexpr Form kNounParticles[] = {
    {"이", kConsonant}, {"가", kVowel}, {"을", kConsonant}, {"를", kVowel},
    {"아", kConsonant}, {"야", kVowel}, {"여", kVowel},     {"이여", kConsonant},
};

// The copula 이다, which drops 이 after a vowel, and quotations with it.
constexpr absl::string_view kCopulaAfterAny[] = {
    "이다",   "인",     "일",     "임",     "이고",   "이며",       "이자",     "이지만",   "이라고",   "이라는",
    "이라며", "이라면", "이라서", "이어서", "이었다", "이었던",     "이었고",   "이었으며", "이었지만", "인데",
    "인지",   "일지",   "이냐",   "이란",   "입니다", "이었습니다", "이라고도", "이라고는", "이기도",   "이기에",
    "이므로", "인가",   "인만큼", "인데도", "이던",   "이면",       "이면서",   "이면서도", "이거나",   "이니",
};
constexpr absl::string_view kCopulaAfterVowel[] = {
    "다",   "라고", "라는",   "라며",   "라면",     "라서",   "란",   "며",   "였다",
    "였던", "였고", "였으며", "였지만", "였습니다", "라고도", "지만", "면서",
};

// After a noun of an action: 발표 + 했다.
constexpr absl::string_view kVerbEndings[] = {
    // 하다
    "하다",
    "하는",
    "하고",
    "하며",
    "하면",
    "하면서",
    "하면서도",
    "하지",
    "하지만",
    "하지는",
    "하기",
    "하기로",
    "하기도",
    "하기에",
    "하기는",
    "하기가",
    "하기를",
    "하기까지",
    "하게",
    "하도록",
    "하려",
    "하려고",
    "하려는",
    "하려면",
    "하자",
    "하자고",
    "하자는",
    "하던",
    "하거나",
    "하겠다",
    "하겠다고",
    "하겠다는",
    "하겠다며",
    "하라",
    "하라고",
    "하라는",
    "하므로",
    "하는데",
    "하는지",
    "하는가",
    "하더라도",
    "하나",
    "하니",
    "하니까",
    "하는데도",
    "한",
    "한다",
    "한다고",
    "한다는",
    "한다며",
    "한다면",
    "한다는데",
    "한데",
    "한지",
    "할",
    "할지",
    "할까",
    "할수록",
    "함",
    "함께",
    "함으로써",
    "함에",
    "함에도",
    "함을",
    "함이",
    "해",
    "해서",
    "해야",
    "해도",
    "해온",
    "해왔다",
    "해준",
    "했다",
    "했고",
    "했으며",
    "했던",
    "했지만",
    "했다고",
    "했다는",
    "했다며",
    "했다면",
    "했으나",
    "했는데",
    "했는지",
    "했음",
    "했을",
    "했기",
    "했었다",
    "했습니다",
    "합니다",
    "합니다만",
    "하겠습니다",
    "하였다",
    "하였고",
    "하였으며",
    "하여",
    "하여금",
    "하십시오",
    "하세요",
    "해요",
    "했어요",
    "하고도",
    "하고는",
    "하고자",
    // 되다
    "되다",
    "되는",
    "되고",
    "되며",
    "되면",
    "되면서",
    "되지",
    "되지만",
    "되지는",
    "되기",
    "되기도",
    "되기에",
    "되기까지",
    "되게",
    "되도록",
    "되자",
    "되던",
    "되거나",
    "되겠다",
    "되므로",
    "되는데",
    "되는지",
    "되더라도",
    "되나",
    "되니",
    "된",
    "된다",
    "된다고",
    "된다는",
    "된다며",
    "된다면",
    "된데",
    "된지",
    "될",
    "될지",
    "될까",
    "될수록",
    "됨",
    "됨에",
    "됨으로써",
    "돼",
    "돼서",
    "돼야",
    "돼도",
    "돼온",
    "됐다",
    "됐고",
    "됐으며",
    "됐던",
    "됐지만",
    "됐다고",
    "됐다는",
    "됐다며",
    "됐다면",
    "됐으나",
    "됐는데",
    "됐는지",
    "됐음",
    "됐을",
    "됐기",
    "됐었다",
    "됐습니다",
    "됩니다",
    "되겠습니다",
    "되었다",
    "되었고",
    "되었으며",
    "되었던",
    "되었습니다",
    "되어",
    "되어야",
    // 시키다, 당하다, 받다
    "시킨",
    "시키는",
    "시키고",
    "시키며",
    "시켜",
    "시켰다",
    "시킬",
    "시키기",
    "시킨다",
    "시키겠다",
    "당한",
    "당했다",
    "당하는",
    "받은",
    "받는",
    "받았다",
    "받을",
    "받고",
};

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
    for (const Form& particle : kCaseParticles) {
      AddWithPlural(particle.text, particle.after);
      for (const Form& auxiliary : kAuxiliaries) {
        if (SoundsOf(ToCodePoints(particle.text).back()) & auxiliary.after) {
          Add(std::string(particle.text) + std::string(auxiliary.text), particle.after);
        }
      }
    }
    for (const Form& particle : kAuxiliaries) AddWithPlural(particle.text, particle.after);
    for (const Form& particle : kNounParticles) AddWithPlural(particle.text, particle.after);
    for (const absl::string_view form : kCopulaAfterAny) Add(form, kAny);
    for (const absl::string_view form : kCopulaAfterVowel) Add(form, kVowel);
    for (const absl::string_view form : kVerbEndings) Add(form, kAny);
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
