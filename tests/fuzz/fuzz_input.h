#ifndef GISA_TESTS_FUZZ_FUZZ_INPUT_H_
#define GISA_TESTS_FUZZ_FUZZ_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/base/utf8.h"

namespace gisa {

// Returns the input without the bytes that are no UTF-8, so that mutations of Hangul are not wasted.
inline std::string ValidUtf8Of(const uint8_t* data, size_t size) {
  absl::string_view rest(reinterpret_cast<const char*>(data), size);
  std::string text;
  while (!rest.empty()) {
    const size_t valid = FindInvalidUtf8(rest);
    text.append(rest.data(), valid);
    rest.remove_prefix(valid);
    if (!rest.empty()) rest.remove_prefix(1);
  }
  return text;
}

}  // namespace gisa

#endif  // GISA_TESTS_FUZZ_FUZZ_INPUT_H_
