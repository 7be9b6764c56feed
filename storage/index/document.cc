#include "storage/index/document.h"

#include <algorithm>
#include <string>

#include "storage/index/analyzed_document.h"
#include "storage/index/term.h"
#include "storage/text/analyzer.h"
#include "storage/text/code_point.h"

namespace gisa {
namespace {

// Positions left empty between title and body, so that no phrase runs from one into the other: a phrase may bridge the
// single position that the analyzer skips at punctuation.
constexpr uint32_t kFieldGap = 8;

// Positions from here on are not indexed, so that positions and listed terms fit their numbers; a text has to be larger
// than 256 MiB to get there.
constexpr uint32_t kPositionLimit = std::min(kMaxPosition, kMaxListedTerms);

// Adds the terms of a text to a document: each word, and each character of a run together with its successor, the last
// one by itself.
class TextTerms {
 public:
  explicit TextTerms(AnalyzedDocument* document) : document_(*document) {}

  void Add(const TokenRun& run) {
    if (run.position + uint64_t{run.characters.size()} >= kPositionLimit) return;
    if (run.is_word()) {
      document_.places.push_back(
          {CodeFor(run.word), MakeOccurrence(run.position, run.starts_eojeol, run.stem_ends & 1)});
    } else {
      AddCharacters(run);
    }
  }

 private:
  void AddCharacters(const TokenRun& run) {
    const size_t count = run.characters.size();
    const size_t first = document_.places.size();
    document_.places.resize(first + count);
    AnalyzedDocument::TermPlace* const places = document_.places.data() + first;
    const FoldedChar* const characters = run.characters.data();
    // From the last character back: bit 0 is what follows the term at hand. A pair leaves one character less than its
    // first, and what follows the last character by itself is what follows its pair.
    uint64_t stem_ends = uint64_t{run.stem_ends} << 1 | (run.stem_ends & 1);
    uint32_t position = run.position + static_cast<uint32_t>(count);
    char32_t next = 0;
    for (size_t i = count; i-- > 0; stem_ends >>= 1) {
      const char32_t character = characters[i].code;
      places[i] = {CodeFor(character, next), MakeOccurrence(--position, false, stem_ends & 1)};
      next = character;
    }
    if (run.starts_eojeol) places[0].occurrence |= kStartsEojeol;
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
    return document_.CodeFor(term_);
  }

  AnalyzedDocument& document_;
  std::string term_;  // in index form
};

}  // namespace

std::shared_ptr<const AnalyzedDocument> AnalyzeDocument(const Article& article) {
  thread_local Analyzer analyzer;
  auto document = std::make_shared<AnalyzedDocument>();
  // Korean has about a term for each three and a half bytes.
  document->places.reserve((article.title.size() + article.body.size()) * 2 / 7);
  TextTerms terms(document.get());
  const auto sink = [&terms](const TokenRun& run) { terms.Add(run); };
  document->title_length = analyzer.AnalyzeRuns(article.title, 0, sink);
  analyzer.AnalyzeRuns(article.body, document->title_length + kFieldGap, sink);
  return document;
}

}  // namespace gisa
