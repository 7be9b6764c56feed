#ifndef GISA_STORAGE_LEVELDB_MERGE_INPUTS_H_
#define GISA_STORAGE_LEVELDB_MERGE_INPUTS_H_

#include <deque>
#include <functional>
#include <vector>

namespace gisa {

// Replaces *having by the inputs of a merge that stand on the least key, in their order; none when all are at the end.
// `key` gives what an input stands on: an optional, nullopt at the end.
template <typename Reader, typename Key>
void FindLeast(std::deque<Reader>* inputs, Key key, std::vector<Reader*>* having) {
  having->clear();
  for (Reader& input : *inputs) {
    const auto& found = std::invoke(key, input);
    if (!found.has_value()) continue;
    if (!having->empty()) {
      const auto order = *found <=> *std::invoke(key, *having->front());
      if (order > 0) continue;
      if (order < 0) having->clear();
    }
    having->push_back(&input);
  }
}

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_MERGE_INPUTS_H_
