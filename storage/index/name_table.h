#ifndef GISA_STORAGE_INDEX_NAME_TABLE_H_
#define GISA_STORAGE_INDEX_NAME_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace gisa {

// Numbers the names that many documents share: publishers, categories, authors. 0 is the empty one.
using NameId = uint32_t;
inline constexpr NameId kNoName = 0;

// The names, each kept once. They are never removed. A copy is a snapshot and costs two pointers.
//
// Intern must be called by one thread at a time, on the newest copy; a copy made under the same lock as Intern may be
// read by any thread, but only at names that were there when it was made.
class NameTable {
 public:
  // Returns the number of a name, a new one when it has none.
  NameId Intern(absl::string_view name) {
    if (name.empty()) return kNoName;
    const auto found = writer_->ids.find(name);
    if (found != writer_->ids.end()) return found->second;
    const NameId id = writer_->next++;
    if (id / kPageNames >= pages_->size()) {
      // Snapshots share the list of pages, so it is never changed in place.
      auto pages = std::make_shared<Pages>(*pages_);
      pages->push_back(std::make_shared<Page>());
      pages_ = std::move(pages);
    }
    std::string& kept = (*(*pages_)[id / kPageNames])[id % kPageNames];
    kept = std::string(name);
    writer_->ids.emplace(kept, id);
    return id;
  }

  // Valid while the table or a copy of it is.
  absl::string_view name(NameId id) const { return (*(*pages_)[id / kPageNames])[id % kPageNames]; }

 private:
  static constexpr size_t kPageNames = 256;
  using Page = std::array<std::string, kPageNames>;
  using Pages = std::vector<std::shared_ptr<Page>>;

  // What only Intern touches.
  struct Writer {
    absl::flat_hash_map<absl::string_view, NameId> ids;  // into the pages
    NameId next = kNoName + 1;
  };

  std::shared_ptr<const Pages> pages_ = std::make_shared<Pages>(1, std::make_shared<Page>());
  std::shared_ptr<Writer> writer_ = std::make_shared<Writer>();
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_NAME_TABLE_H_
