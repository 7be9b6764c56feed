#ifndef GISA_STORAGE_INDEX_NAME_PREDICATE_H_
#define GISA_STORAGE_INDEX_NAME_PREDICATE_H_

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/index/doc_table.h"

namespace gisa {

// A condition on names of a table, evaluated once for each name that is met: an archive has far fewer names than
// documents. Takes a byte for each name.
class NamePredicate {
 public:
  // `docs` outlives the predicate.
  NamePredicate(const DocTable& docs, std::function<bool(absl::string_view name)> holds)
      : docs_(docs), holds_(std::move(holds)) {}

  bool Holds(NameId id) {
    if (id >= known_.size()) known_.resize(id + 1, Known::kNothing);
    if (known_[id] == Known::kNothing) known_[id] = holds_(docs_.name(id)) ? Known::kTrue : Known::kFalse;
    return known_[id] == Known::kTrue;
  }

 private:
  enum class Known : uint8_t { kNothing, kFalse, kTrue };

  const DocTable& docs_;
  std::function<bool(absl::string_view)> holds_;
  std::vector<Known> known_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_NAME_PREDICATE_H_
