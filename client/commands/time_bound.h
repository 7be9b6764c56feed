#ifndef GISA_CLIENT_COMMANDS_TIME_BOUND_H_
#define GISA_CLIENT_COMMANDS_TIME_BOUND_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace gisa {

// Parses the value of `flag`, a moment: without a zone it is in `zone`, without a time of day the day's beginning.
// INVALID_ARGUMENT: not a time.
absl::StatusOr<google::protobuf::Timestamp> ParseTimeBound(absl::string_view flag, absl::string_view text,
                                                           absl::TimeZone zone);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_TIME_BOUND_H_
