#ifndef GISA_STORAGE_INDEX_SECOND_CHARACTERS_H_
#define GISA_STORAGE_INDEX_SECOND_CHARACTERS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace gisa {

// The terms of two characters from U+0800 on, turned over: for each character that is the second of one, those before
// it. Terms stand in the order of their first characters, so this is how those that end with one are found.
class SecondCharacters {
 public:
  // Takes note of a term in index form if it is of two such characters. Each term may be added once.
  void Add(absl::string_view term);

  // Calls `visit` for each second character, ascending, with the stored form of those before it, until it returns an
  // error; returns that.
  absl::Status ForEach(absl::FunctionRef<absl::Status(absl::string_view character, absl::string_view before)> visit);

 private:
  absl::flat_hash_map<char32_t, std::vector<char32_t>> before_;
};

// Takes apart what ForEach gave, into characters in the order of their terms. INTERNAL DATA_CORRUPTED.
absl::StatusOr<std::vector<std::string>> DecodeCharactersBefore(absl::string_view before);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_SECOND_CHARACTERS_H_
