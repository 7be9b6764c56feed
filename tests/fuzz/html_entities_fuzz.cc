// Any bytes: unescaping never grows a text, and undoes escaping exactly.
#include <cstddef>
#include <cstdint>

#include "storage/text/html_entities.h"
#include "tests/fuzz/fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  FUZZ_CHECK(gisa::HtmlUnescape(text).size() <= text.size());
  FUZZ_CHECK(gisa::HtmlUnescape(gisa::HtmlEscape(text)) == text);
  return 0;
}
