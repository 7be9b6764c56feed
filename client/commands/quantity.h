#ifndef GISA_CLIENT_COMMANDS_QUANTITY_H_
#define GISA_CLIENT_COMMANDS_QUANTITY_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace gisa {

// 1234567 as 1,234,567.
std::string CountText(uint64_t count);

// 1536 as 1.5 KiB.
std::string BytesText(uint64_t bytes);

// 3725 seconds as 1h02m, 125 as 2m05s, 7 as 7s.
std::string DurationText(absl::Duration duration);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_QUANTITY_H_
