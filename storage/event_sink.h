#ifndef GISA_STORAGE_EVENT_SINK_H_
#define GISA_STORAGE_EVENT_SINK_H_

#include <functional>
#include <string>

namespace gisa {

// What the operator of an archive should read in the log.
struct StorageEvent {
  bool is_trouble = false;  // else it is the end of one, or of no concern
  std::string message;      // the same for all of a kind
  std::string detail;       // this one's cause, or empty
};

// Is told of events, by any thread; must not block. May be empty.
using EventSink = std::function<void(const StorageEvent&)>;

}  // namespace gisa

#endif  // GISA_STORAGE_EVENT_SINK_H_
