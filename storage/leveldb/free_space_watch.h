#ifndef GISA_STORAGE_LEVELDB_FREE_SPACE_WATCH_H_
#define GISA_STORAGE_LEVELDB_FREE_SPACE_WATCH_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "storage/event_sink.h"

namespace gisa {

// Asks for the space that is free on the file system of `path`, for those who are not root; what cannot be told is
// UINT64_MAX.
uint64_t FreeBytesAt(const std::string& path);

// Says when the disk is too full to take more, well before LevelDB finds out.
//
// Not thread-safe.
class FreeSpaceWatch {
 public:
  struct Options {
    // Below this there is no room; 0 for no watch. There is again at a tenth more.
    uint64_t min_free_bytes = 0;
    std::function<uint64_t()> free_bytes;
    // The file system is asked no more often.
    absl::Duration interval = absl::Milliseconds(200);
    EventSink on_event;
  };

  explicit FreeSpaceWatch(Options options) : options_(std::move(options)) {}

  // RESOURCE_EXHAUSTED DISK_FULL, with a delay before a retry, while there is no room.
  absl::Status Check();

 private:
  void Tell(bool is_trouble, std::string message, std::string detail) const;

  const Options options_;
  absl::Time next_look_ = absl::InfinitePast();
  absl::Status status_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_FREE_SPACE_WATCH_H_
