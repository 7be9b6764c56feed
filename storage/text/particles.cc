#include "storage/text/particles.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/attributes.h"
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

constexpr std::array<Sounds, kFinalConsonants> MakeSoundsOfFinals() {
  std::array<Sounds, kFinalConsonants> sounds = {};
  sounds.fill(kOtherConsonant);
  sounds[0] = kVowel;
  sounds[kFinalRieul] = kRieul;
  return sounds;
}

// What may follow the sound that `c` ends with; everything when `c` is no Hangul syllable (a digit, a Latin letter),
// for it can be read in more than one way.
Sounds SoundsOf(char32_t c) {
  static constexpr std::array<Sounds, kFinalConsonants> kSoundsOfFinals = MakeSoundsOfFinals();
  return IsHangulSyllable(c) ? kSoundsOfFinals[FinalConsonant(c)] : kAny;
}

// All forms, last syllable first, in a trie. The syllables that occur in forms are numbered, and a node is an array of
// edges by these numbers: 220 KB, of which the ends of most eojeols need a few lines.
class ParticleTrie {
 public:
  ParticleTrie() : nodes_(2) {
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

  uint32_t Find(absl::Span<const char32_t> syllables) const {
    uint32_t found = 1;
    // Two steps, whatever comes of them: how many lead somewhere cannot be foreseen.
    size_t node = Step(syllables, 1, kRoot, &found);
    node = Step(syllables, 2, node, &found);
    for (size_t length = 3; node != kNowhere; ++length) node = Step(syllables, length, node, &found);
    return found;
  }

 private:
  static constexpr size_t kNowhere = 0;  // a node without edges
  static constexpr size_t kRoot = 1;
  // Number 0 is of all other characters.
  static constexpr size_t kMaxSyllables = 100;

  struct Edge {
    uint16_t child : 13 = kNowhere;
    uint16_t after : 3 = 0;  // Sounds; 0: no form ends here
  };
  using Node = std::array<Edge, kMaxSyllables>;

  // Goes on from `node` by the `length`th syllable from the end. Sets bit `length` of *found when they are a form.
  size_t Step(absl::Span<const char32_t> syllables, size_t length, size_t node, uint32_t* found) const {
    const auto from_end = [syllables](size_t i) { return i <= syllables.size() ? *(syllables.end() - i) : 0; };
    const Edge edge = nodes_[node][NumberOf(from_end(length))];
    *found |= uint32_t{(edge.after & SoundsOf(from_end(length + 1))) != 0} << length;
    return edge.child;
  }

  size_t NumberOf(char32_t c) const { return IsHangulSyllable(c) ? numbers_[c - kFirstHangulSyllable] : 0; }

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
    size_t node = kRoot;
    for (size_t i = syllables.size(); i > 0; --i) {
      const size_t number = AddSyllable(syllables[i - 1], form);
      if (nodes_[node][number].child == kNowhere) {
        nodes_[node][number].child = nodes_.size() & 0x1FFF;
        nodes_.emplace_back();
      }
      Edge& edge = nodes_[node][number];
      node = edge.child;
      if (i == 1) edge.after |= after & kAny;
    }
  }

  size_t AddSyllable(char32_t syllable, absl::string_view form) {
    if (!IsHangulSyllable(syllable) || last_number_ + 1 == kMaxSyllables) FailAt(form);
    uint8_t& number = numbers_[syllable - kFirstHangulSyllable];
    if (number == 0) number = static_cast<uint8_t>(++last_number_);
    return number;
  }

  std::array<uint8_t, kHangulSyllables> numbers_ = {};
  size_t last_number_ = 0;
  std::vector<Node> nodes_;
};

// Apart from FindParticles, which is to be small.
ABSL_ATTRIBUTE_NOINLINE const ParticleTrie& MakeTrie() { return *new ParticleTrie; }

}  // namespace

uint32_t FindParticles(absl::Span<const char32_t> syllables) {
  static const ParticleTrie& trie = MakeTrie();
  return trie.Find(syllables);
}

}  // namespace gisa
