// Any valid UTF-8: tokens are in order, bounded, valid, and lie on code point boundaries of the text.
#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/base/utf8.h"
#include "storage/text/analyzer.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = gisa::ValidUtf8Of(data, size);
  static gisa::Analyzer& analyzer = *new gisa::Analyzer;
  uint32_t next_position = 7;
  uint32_t last_begin = 0;
  const uint32_t after = analyzer.Analyze(text, 7, [&](const gisa::Token& token) {
    FUZZ_CHECK(token.position >= next_position);
    next_position = token.position + 1;
    const std::string term = token.term();
    FUZZ_CHECK(!term.empty() && term.size() <= 64 && gisa::IsValidUtf8(term));
    FUZZ_CHECK(token.begin >= last_begin && token.begin < token.end && token.end <= text.size());
    last_begin = token.begin;
    FUZZ_CHECK(gisa::FloorCodePoint(text, token.begin) == token.begin);
    FUZZ_CHECK(gisa::FloorCodePoint(text, token.end) == token.end);
  });
  FUZZ_CHECK(after == next_position || after == next_position + 1);
  return 0;
}
