// Any valid UTF-8, the first line as the query and the rest as the text: ranges are in order, apart and on code point
// boundaries; passages are cut out unchanged, fit, and show a highlight each.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/base/utf8.h"
#include "storage/index/highlighter.h"
#include "storage/index/query_parser.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"

namespace gisa {
namespace {

void CheckRanges(absl::string_view text, const std::vector<TextRange>& ranges) {
  size_t last_end = 0;
  for (const TextRange& range : ranges) {
    FUZZ_CHECK(range.begin >= last_end && range.begin < range.end && range.end <= text.size());
    FUZZ_CHECK(FloorCodePoint(text, range.begin) == range.begin && FloorCodePoint(text, range.end) == range.end);
    last_end = range.end;
  }
}

}  // namespace
}  // namespace gisa

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string valid = gisa::ValidUtf8Of(data, size);
  const absl::string_view input(valid);
  const size_t line_end = std::min(input.find('\n'), input.size());
  const absl::string_view text = input.substr(line_end);
  const absl::StatusOr<gisa::QueryNode> query = gisa::ParseQuery(input.substr(0, line_end));
  if (!query.ok()) return 0;
  const gisa::Highlighter highlighter(*query);

  const std::vector<gisa::TextRange> found = highlighter.FindInTitle(text);
  FUZZ_CHECK(found.size() <= 100);
  gisa::CheckRanges(text, found);
  for (const size_t max_bytes : {size_t{0}, size_t{7}, size_t{40}, size_t{360}}) {
    for (const gisa::Snippet& snippet : highlighter.BestPassages(text, 3, max_bytes)) {
      FUZZ_CHECK(snippet.text.size() <= max_bytes && gisa::IsValidUtf8(snippet.text));
      FUZZ_CHECK(text.substr(snippet.body_offset, snippet.text.size()) == snippet.text);
      gisa::CheckRanges(snippet.text, snippet.highlights);
      FUZZ_CHECK(max_bytes < 4 || !snippet.highlights.empty());
    }
  }
  return 0;
}
