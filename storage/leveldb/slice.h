#ifndef GISA_STORAGE_LEVELDB_SLICE_H_
#define GISA_STORAGE_LEVELDB_SLICE_H_

#include "absl/strings/string_view.h"
#include "leveldb/slice.h"

namespace gisa {

// The same bytes as LevelDB calls them, and as everybody else does.
inline leveldb::Slice ToSlice(absl::string_view text) { return {text.data(), text.size()}; }
inline absl::string_view ToView(const leveldb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_SLICE_H_
