#ifndef GISA_CLIENT_ARTICLE_TIME_H_
#define GISA_CLIENT_ARTICLE_TIME_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace gisa {

// Reads `YYYY-MM-DD HH:MM`, optionally with `:SS` and a fraction of up to nine digits, a `T` in place of the space, and
// a zone: `Z` or an offset such as `+09:00`. Also read is the form in which the portal displays times, such as
// `기사입력2018.01.01. 오후 5:51`, which careless crawlers keep. Without a zone it is wall time in `zone`: where clocks
// are set back and a wall time comes twice, the earlier; where they are set forward and it never comes, the moment when
// they are set.
//
// INVALID_ARGUMENT: not of that form, or no such date. The message reads on after `text`, which it does not repeat.
absl::StatusOr<google::protobuf::Timestamp> ParseArticleTime(absl::string_view text, absl::TimeZone zone);

enum class TimePrecision { kMinutes, kSeconds };

// Writes wall time in `zone` the way the crawled files have it, with seconds and a fraction where the precision asks
// for them or they are not zero. ParseArticleTime gives the same time again: the second of two equal wall times, and
// those outside years 0 to 9999, are written in UTC with a `Z`.
std::string FormatArticleTime(const google::protobuf::Timestamp& timestamp, absl::TimeZone zone,
                              TimePrecision precision);

// Writes RFC 3339 with the offset of `zone`, or with `Z` when RFC 3339 cannot express that offset.
std::string FormatRfc3339Time(const google::protobuf::Timestamp& timestamp, absl::TimeZone zone);

}  // namespace gisa

#endif  // GISA_CLIENT_ARTICLE_TIME_H_
