#include "storage/index/document.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "storage/index/analyzed_document.h"
#include "storage/index/term.h"
#include "storage/text/analyzer.h"
#include "storage/text/code_point.h"
#include "storage/text/hanja.h"

namespace gisa {
namespace {

// Positions left empty between title and body, so that no phrase runs from one into the other: a phrase may bridge the
// single position that the analyzer skips at punctuation.
constexpr uint32_t kFieldGap = 8;

// So many terms a document has at most for what its Hanja are read as, in 32 MiB: a text of a million Hanja has them
// all, and one that is made to have many, of 樂樂樂…, does not take a multiple of the memory of others. Of the Hanja
// behind them only single ones are found.
constexpr size_t kMaxReadings = 4 << 20;

// Positions from here on are not indexed, so that positions and listed terms, of which there is one for a position or
// reading at most, fit their numbers; a text has to be larger than 100 MiB to get there.
constexpr uint32_t kPositionLimit = std::min(kMaxPosition, kMaxListedTerms - static_cast<uint32_t>(kMaxReadings));

// A buffer of more is given back after use.
constexpr size_t kMaxKeptPlaces = 1 << 17;

// Adds the terms of texts to a document: each word, each two neighbours of a run, and a character that is a run by
// itself; where there are Hanja in these, at the same place also what they are read as (docs/adr/0017).
//
// Not thread-safe: it keeps its buffer. Use one for each thread.
class TextTerms {
 public:
  void Start(AnalyzedDocument* document) {
    document_ = document;
    size_ = 0;
    readings_ = 0;
  }

  void Add(const TokenRun& run) {
    if (run.position + uint64_t{run.characters.size()} >= kPositionLimit) return;
    if (run.is_word()) {
      AddTerm(CodeFor(run.word), run);
      ++document_->length;
    } else {
      if (run.may_have_hanja) {
        AddHanja(run);
      } else {
        AddCharacters(run);
      }
      // Readings are further terms for the same characters, which make no text longer.
      document_->length += static_cast<uint32_t>(run.characters.size());
    }
  }

  void Finish() {
    document_->places.assign(places_.data(), places_.data() + size_);
    if (places_.size() > kMaxKeptPlaces) std::vector<AnalyzedDocument::TermPlace>().swap(places_);
  }

 private:
  // A term that is the whole run.
  void AddTerm(TermCode code, const TokenRun& run) {
    *Append(1) = {code, MakeOccurrence(run.position, run.starts_eojeol, run.stem_ends & 1)};
  }

  void AddCharacters(const TokenRun& run) {
    const char32_t* const characters = run.characters.data();
    const size_t count = run.characters.size() - 1;  // of pairs
    if (count == 0) {
      AddTerm(CodeFor(characters[0], 0), run);
      return;
    }
    AnalyzedDocument::TermPlace* const places = Append(count);
    // From the last pair back: bit 0 is what follows the pair at hand.
    uint64_t stem_ends = run.stem_ends;
    uint32_t position = run.position + static_cast<uint32_t>(count);
    for (size_t i = count; i-- > 0; stem_ends >>= 1) {
      places[i] = {CodeFor(characters[i], characters[i + 1]), MakeOccurrence(--position, false, stem_ends & 1)};
    }
    places[0].occurrence |= run.starts_eojeol ? kStartsEojeol : 0;
  }

  // As AddCharacters, and the readings. By position, so that the occurrences of each term ascend.
  void AddHanja(const TokenRun& run) {
    const absl::Span<const char32_t> characters = run.characters;
    const size_t width = std::min<size_t>(characters.size(), 2);
    SpokenForms next(characters[0]);
    for (size_t i = 0; i + width <= characters.size(); ++i) {
      const char32_t second = width == 2 ? characters[i + 1] : 0;
      const SpokenForms firsts = std::exchange(next, SpokenForms(second));
      const Occurrence occurrence = MakeOccurrence(run.position + static_cast<uint32_t>(i), run.starts_eojeol && i == 0,
                                                   run.EndsStemBefore(characters.size() - i - width));
      *Append(1) = {CodeFor(characters[i], second), occurrence};
      AddReadings(firsts, next, occurrence);
    }
  }

  // Adds each way to read two characters, the second of which may be 0, as a term, if one of them is a Hanja.
  void AddReadings(const SpokenForms& firsts, const SpokenForms& seconds, Occurrence occurrence) {
    if (!firsts.has_readings() && !seconds.has_readings()) return;
    const size_t count = firsts.size() * seconds.size();
    if (count > kMaxReadings - readings_) return;
    readings_ += count;
    for (size_t i = 0; i < firsts.size(); ++i) {
      for (size_t j = 0; j < seconds.size(); ++j) *Append(1) = {CodeFor(firsts[i], seconds[j]), occurrence};
    }
  }

  // `second` is 0 when there is only one.
  TermCode CodeFor(char32_t first, char32_t second) {
    // No script of such characters has any below U+0800.
    if ((first | second) < 0x10000) return CodeOfCharacters(first, second);
    std::string term;
    AppendCodePoint(first, term);
    if (second != 0) AppendCodePoint(second, term);
    return CodeFor(term);
  }

  TermCode CodeFor(absl::string_view term) {
    term_.clear();
    AppendTerm(Field::kText, term, &term_);
    return document_->CodeFor(term_);
  }

  // Makes room for `count` places at the end.
  AnalyzedDocument::TermPlace* Append(size_t count) {
    if (places_.size() - size_ < count) places_.resize(2 * places_.size() + count);
    size_ += count;
    return places_.data() + size_ - count;
  }

  AnalyzedDocument* document_ = nullptr;
  // Those of the document, then free ones. A vector that grew by as little as a run has would be much slower.
  std::vector<AnalyzedDocument::TermPlace> places_;
  size_t size_ = 0;
  size_t readings_ = 0;  // of size_
  std::string term_;     // in index form
};

}  // namespace

std::shared_ptr<const AnalyzedDocument> AnalyzeDocument(const Article& article) {
  thread_local Analyzer analyzer;
  thread_local TextTerms terms;
  auto document = std::make_shared<AnalyzedDocument>();
  terms.Start(document.get());
  const auto sink = [](const TokenRun& run) { terms.Add(run); };
  document->title_length = analyzer.AnalyzeRuns(article.title, 0, sink);
  analyzer.AnalyzeRuns(article.body, document->title_length + kFieldGap, sink);
  terms.Finish();
  return document;
}

}  // namespace gisa
