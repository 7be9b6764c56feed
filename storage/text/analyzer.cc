#include "storage/text/analyzer.h"

#include <algorithm>

#include "absl/types/span.h"
#include "storage/text/code_point.h"
#include "storage/text/eojeol_reader.h"
#include "storage/text/particles.h"

namespace gisa {
namespace {

// Calls `sink(tokens, run)` for each run of the eojeol that was read last.
template <typename Sink>
void EmitEojeol(const EojeolReader& reader, Sink sink) {
  const absl::Span<const EojeolReader::Run> runs = reader.runs();
  const EojeolReader::Run& last = runs.back();
  const uint32_t particles = last.syllabic ? FindParticles(reader.syllables(last)) : 1;
  for (size_t i = 0; i < runs.size(); ++i) {
    const EojeolReader::Run& run = runs[i];
    TokenRun tokens;
    if (run.syllabic) {
      tokens.characters = reader.syllables(run);
    } else {
      tokens.word = reader.word(run);
    }
    tokens.position = run.position;
    tokens.starts_eojeol = i == 0;
    tokens.may_have_hanja = run.may_have_hanja;
    if (i + 1 == runs.size()) {
      tokens.stem_ends = particles;
    } else if (i + 2 == runs.size() && last.syllabic && last.length <= kMaxParticleLength) {
      // 로 of 19로: the last run is a particle as a whole.
      tokens.stem_ends = particles >> last.length & 1;
    }
    sink(tokens, run);
  }
}

void EmitTokens(const EojeolReader& reader, const TokenRun& tokens, const EojeolReader::Run& run,
                absl::FunctionRef<void(const Token&)> sink) {
  Token token;
  token.position = tokens.position;
  token.starts_eojeol = tokens.starts_eojeol;
  if (tokens.is_word()) {
    token.word = tokens.word;
    token.begin = run.begin;
    token.end = run.end;
    token.kind = TokenKind::kWord;
    token.ends_stem = tokens.EndsStemBefore(0);
    sink(token);
    return;
  }
  const absl::Span<const char32_t> characters = tokens.characters;
  const size_t width = std::min<size_t>(characters.size(), 2);
  token.kind = width == 2 ? TokenKind::kBigram : TokenKind::kSyllable;
  for (size_t i = 0; i + width <= characters.size(); ++i) {
    token.characters[0] = characters[i];
    if (width == 2) token.characters[1] = characters[i + 1];
    token.begin = reader.range(run, i).begin;
    token.end = reader.range(run, i + width - 1).end;
    token.ends_stem = tokens.EndsStemBefore(characters.size() - i - width);
    sink(token);
    ++token.position;
    token.starts_eojeol = false;
  }
}

}  // namespace

std::string Token::term() const {
  if (kind == TokenKind::kWord) return std::string(word);
  std::string term;
  AppendCodePoint(characters[0], term);
  if (kind == TokenKind::kBigram) AppendCodePoint(characters[1], term);
  return term;
}

Analyzer::Analyzer() : reader_(std::make_unique<EojeolReader>()) {}

Analyzer::~Analyzer() = default;

template <typename Sink>
uint32_t Analyzer::Read(absl::string_view text, uint32_t first_position, Sink sink) {
  reader_->Reset(text, first_position);
  while (reader_->Next()) EmitEojeol(*reader_, sink);
  reader_->ReleaseLargeBuffers();
  return reader_->position();
}

uint32_t Analyzer::Analyze(absl::string_view text, uint32_t first_position,
                           absl::FunctionRef<void(const Token&)> sink) {
  return Read(text, first_position, [this, sink](const TokenRun& tokens, const EojeolReader::Run& run) {
    EmitTokens(*reader_, tokens, run, sink);
  });
}

uint32_t Analyzer::AnalyzeRuns(absl::string_view text, uint32_t first_position,
                               absl::FunctionRef<void(const TokenRun&)> sink) {
  return Read(text, first_position, [sink](const TokenRun& tokens, const EojeolReader::Run&) { sink(tokens); });
}

}  // namespace gisa
