#include "tests/bench/neardup/edited_copies.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "storage/text/code_point.h"
#include "storage/text/hangul.h"
#include "tests/bench/random.h"

namespace gisa {
namespace {

using Sentences = std::vector<absl::string_view>;

// Up to this share of the sentences, and of the letters, is changed.
constexpr double kMaxSentenceShare = 0.5;
constexpr double kMaxLetterShare = 0.1;
constexpr double kMaxExcerptShare = 0.4;
constexpr size_t kMaxQuotingArticles = 5;

// With their full stops and line ends, so that putting them together gives the text again.
Sentences SplitSentences(absl::string_view text) {
  Sentences sentences;
  while (!text.empty()) {
    const size_t stop = std::min(text.find(". "), text.find('\n'));
    const size_t size = stop == absl::string_view::npos ? text.size() : stop + (text[stop] == '.' ? 2 : 1);
    sentences.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return sentences;
}

class Editor {
 public:
  Editor(const std::vector<std::string>& bodies, uint64_t seed) : bodies_(bodies), random_(seed) {}

  std::string Make(absl::string_view body, Edit edit) {
    switch (edit) {
      case Edit::kNone:
        return std::string(body);
      case Edit::kByline:
        return absl::StrCat("[새소식 ", Syllables(3), " 기자] ", body, "\n", Syllables(3), " 기자 news",
                            random_.Below(1000), "@example.com\n[ⓒ 새소식 ", random_.Below(1000),
                            ". 무단 전재 및 재배포 금지]");
      case Edit::kHeadline:
        return absl::StrCat(Syllables(8), " ", Syllables(10), "\n", body);
      case Edit::kDeletion:
        return Delete(SplitSentences(body));
      case Edit::kInsertion:
        return Insert(SplitSentences(body));
      case Edit::kReorder:
        return Reorder(SplitSentences(body));
      case Edit::kTypos:
        return AddTypos(body);
      case Edit::kExcerpt:
        return Excerpt(SplitSentences(body));
      case Edit::kQuote:
        return Quote(body);
    }
    return "";
  }

 private:
  // How many of `count` to change: from one to `max_share` of them.
  size_t DrawStrength(size_t count, double max_share) {
    return 1 + random_.Below(std::max<uint64_t>(1, static_cast<uint64_t>(static_cast<double>(count) * max_share)));
  }

  std::string Syllables(size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) AppendCodePoint(kFirstHangulSyllable + random_.Below(kHangulSyllables), text);
    return text;
  }

  absl::string_view SentenceOfAnother() {
    Sentences sentences;
    while (sentences.empty()) sentences = SplitSentences(bodies_[random_.Below(bodies_.size())]);
    return sentences[random_.Below(sentences.size())];
  }

  std::string Delete(Sentences sentences) {
    for (size_t n = DrawStrength(sentences.size(), kMaxSentenceShare); n > 0 && sentences.size() > 1; --n) {
      sentences.erase(sentences.begin() + static_cast<ptrdiff_t>(random_.Below(sentences.size())));
    }
    return absl::StrJoin(sentences, "");
  }

  std::string Insert(Sentences sentences) {
    for (size_t n = DrawStrength(sentences.size(), kMaxSentenceShare); n > 0; --n) {
      sentences.insert(sentences.begin() + static_cast<ptrdiff_t>(random_.Below(sentences.size() + 1)),
                       SentenceOfAnother());
    }
    return absl::StrJoin(sentences, "");
  }

  std::string Reorder(Sentences sentences) {
    for (size_t n = DrawStrength(sentences.size(), kMaxSentenceShare); n > 0; --n) {
      std::swap(sentences[random_.Below(sentences.size())], sentences[random_.Below(sentences.size())]);
    }
    return absl::StrJoin(sentences, "");
  }

  std::string AddTypos(absl::string_view body) {
    // A letter in 10 to 1,000.
    const uint64_t per_mille = 1 + random_.Below(static_cast<uint64_t>(1000 * kMaxLetterShare));
    std::string edited;
    for (uint32_t offset = 0; offset < body.size();) {
      const char32_t c = NextCodePoint(body.data(), offset);
      if (IsHangulSyllable(c) && random_.Below(1000) < per_mille) {
        edited += Syllables(1);
      } else {
        AppendCodePoint(c, edited);
      }
    }
    return edited;
  }

  std::string Excerpt(const Sentences& sentences) {
    const size_t count = DrawStrength(sentences.size(), kMaxExcerptShare);
    const size_t begin = random_.Below(sentences.size() - count + 1);
    return absl::StrJoin(sentences.begin() + static_cast<ptrdiff_t>(begin),
                         sentences.begin() + static_cast<ptrdiff_t>(begin + count), "");
  }

  std::string Quote(absl::string_view body) {
    const size_t count = 1 + random_.Below(kMaxQuotingArticles);
    const size_t place = random_.Below(count + 1);
    std::string text;
    for (size_t i = 0; i <= count; ++i) {
      absl::StrAppend(&text, i == place ? body : bodies_[random_.Below(bodies_.size())], "\n");
    }
    return text;
  }

  const std::vector<std::string>& bodies_;
  Random random_;
};

}  // namespace

absl::string_view EditName(Edit edit) {
  switch (edit) {
    case Edit::kNone:
      return "none";
    case Edit::kByline:
      return "byline";
    case Edit::kHeadline:
      return "headline";
    case Edit::kDeletion:
      return "deletion";
    case Edit::kInsertion:
      return "insertion";
    case Edit::kReorder:
      return "reorder";
    case Edit::kTypos:
      return "typos";
    case Edit::kExcerpt:
      return "excerpt";
    case Edit::kQuote:
      return "quote";
  }
  return "";
}

std::vector<EditedCopy> MakeEditedCopies(const std::vector<std::string>& bodies, uint64_t seed) {
  Editor editor(bodies, seed);
  std::vector<EditedCopy> copies;
  for (size_t i = 0; i < bodies.size(); ++i) {
    if (bodies[i].empty()) continue;
    for (const Edit edit : {Edit::kNone, Edit::kByline, Edit::kHeadline, Edit::kDeletion, Edit::kInsertion,
                            Edit::kReorder, Edit::kTypos, Edit::kExcerpt, Edit::kQuote}) {
      copies.push_back({i, edit, editor.Make(bodies[i], edit)});
    }
  }
  return copies;
}

}  // namespace gisa
