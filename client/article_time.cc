#include "client/article_time.h"

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

namespace gisa {
namespace {

using ::google::protobuf::Timestamp;

constexpr size_t kMaxFractionDigits = 9;
// What google.protobuf.Timestamp may hold: years 1 to 9999.
constexpr int64_t kMinSeconds = -62135596800;
constexpr int64_t kMaxSeconds = 253402300799;

// Takes `digits` decimal digits off the front of `text`.
std::optional<int> TakeNumber(absl::string_view& text, size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (size_t i = 0; i < digits; ++i) {
    if (!absl::ascii_isdigit(text[i])) return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return number;
}

// Takes `separator`, then `digits` digits.
std::optional<int> TakeNumber(absl::string_view& text, char separator, size_t digits) {
  if (!absl::StartsWith(text, absl::string_view(&separator, 1))) return std::nullopt;
  text.remove_prefix(1);
  return TakeNumber(text, digits);
}

// The parts of a written time; whether it exists is another question.
struct WrittenTime {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, nanos = 0;
  std::optional<int> offset_minutes;  // east of UTC; absent when no zone was written
};

// Takes the nanoseconds of a fraction such as `.25`; 0 when there is none.
std::optional<int> TakeFraction(absl::string_view& text) {
  if (!absl::StartsWith(text, ".")) return 0;
  text.remove_prefix(1);
  int nanos = 0;
  size_t digits = 0;
  for (; digits < text.size() && absl::ascii_isdigit(text[digits]); ++digits) {
    if (digits == kMaxFractionDigits) return std::nullopt;
    nanos = nanos * 10 + (text[digits] - '0');
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  for (; digits < kMaxFractionDigits; ++digits) nanos *= 10;
  return nanos;
}

// Reads `Z` or `+HH:MM`, which must be all of `text`.
std::optional<int> ReadOffset(absl::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int sign = text[0] == '-' ? -1 : 1;
  text.remove_prefix(1);
  const std::optional<int> hours = TakeNumber(text, 2);
  const std::optional<int> minutes = hours.has_value() ? TakeNumber(text, ':', 2) : std::nullopt;
  if (!minutes.has_value() || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

std::optional<WrittenTime> ReadWrittenTime(absl::string_view text) {
  WrittenTime time;
  const auto take = [&text](int& field, auto... arguments) {
    const std::optional<int> number = TakeNumber(text, arguments...);
    field = number.value_or(0);
    return number.has_value();
  };
  if (!take(time.year, 4) || !take(time.month, '-', 2) || !take(time.day, '-', 2)) return std::nullopt;
  const char separator = text.empty() ? '\0' : text[0];
  if (separator != ' ' && separator != 'T' && separator != 't') return std::nullopt;
  if (!take(time.hour, separator, 2) || !take(time.minute, ':', 2)) return std::nullopt;
  if (absl::StartsWith(text, ":")) {
    if (!take(time.second, ':', 2)) return std::nullopt;
    const std::optional<int> nanos = TakeFraction(text);
    if (!nanos.has_value()) return std::nullopt;
    time.nanos = *nanos;
  }
  if (text.empty()) return time;
  time.offset_minutes = ReadOffset(text);
  if (!time.offset_minutes.has_value()) return std::nullopt;
  return time;
}

// Reads the portal's display form, such as `기사입력2018.01.01. 오후 5:51`.
std::optional<WrittenTime> ReadPortalTime(absl::string_view text) {
  WrittenTime time;
  absl::ConsumePrefix(&text, "기사입력");
  text = absl::StripLeadingAsciiWhitespace(text);
  const std::optional<int> year = TakeNumber(text, 4);
  const std::optional<int> month = year.has_value() ? TakeNumber(text, '.', 2) : std::nullopt;
  const std::optional<int> day = month.has_value() ? TakeNumber(text, '.', 2) : std::nullopt;
  if (!day.has_value()) return std::nullopt;
  absl::ConsumePrefix(&text, ".");
  const bool is_morning = absl::ConsumePrefix(&text, " 오전 ");
  if (!is_morning && !absl::ConsumePrefix(&text, " 오후 ")) return std::nullopt;
  const size_t hour_digits = text.find(':');
  const std::optional<int> hour = hour_digits == 1 || hour_digits == 2 ? TakeNumber(text, hour_digits) : std::nullopt;
  const std::optional<int> minute = hour.has_value() ? TakeNumber(text, ':', 2) : std::nullopt;
  if (!minute.has_value() || !text.empty() || *hour < 1 || *hour > 12) return std::nullopt;
  time.year = *year;
  time.month = *month;
  time.day = *day;
  time.hour = *hour % 12 + (is_morning ? 0 : 12);
  time.minute = *minute;
  return time;
}

// Writes `separator` between date and time, and seconds when asked for or not zero.
std::string FormatCivil(const absl::CivilSecond& civil, int nanos, char separator, bool with_seconds) {
  std::string text = absl::StrFormat("%04d-%02d-%02d%c%02d:%02d", civil.year(), civil.month(), civil.day(), separator,
                                     civil.hour(), civil.minute());
  if (with_seconds || civil.second() != 0 || nanos != 0) absl::StrAppendFormat(&text, ":%02d", civil.second());
  if (nanos != 0) {
    absl::StrAppendFormat(&text, ".%09d", nanos);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text;
}

bool HasFourDigitYear(const absl::CivilSecond& civil) { return civil.year() >= 0 && civil.year() <= 9999; }

}  // namespace

absl::StatusOr<Timestamp> ParseArticleTime(absl::string_view text, absl::TimeZone zone) {
  std::optional<WrittenTime> written = ReadWrittenTime(text);
  if (!written.has_value()) written = ReadPortalTime(text);
  if (!written.has_value()) return absl::InvalidArgumentError("is not a time; expected YYYY-MM-DD HH:MM[:SS]");

  // CivilSecond carries what is too large over into the next field: 30 February becomes 2 March.
  const absl::CivilSecond civil(written->year, written->month, written->day, written->hour, written->minute,
                                written->second);
  if (civil.month() != written->month || civil.day() != written->day || civil.hour() != written->hour ||
      civil.minute() != written->minute || civil.second() != written->second) {
    return absl::InvalidArgumentError("is not a date that exists; expected YYYY-MM-DD HH:MM[:SS]");
  }
  const absl::Time time = written->offset_minutes.has_value()
                              ? absl::FromCivil(civil, absl::UTCTimeZone()) - absl::Minutes(*written->offset_minutes)
                              : absl::FromCivil(civil, zone);
  Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  timestamp.set_nanos(written->nanos);
  if (timestamp.seconds() < kMinSeconds || timestamp.seconds() > kMaxSeconds) {
    return absl::InvalidArgumentError("is outside the years 1 to 9999");
  }
  return timestamp;
}

std::string FormatArticleTime(const Timestamp& timestamp, absl::TimeZone zone, TimePrecision precision) {
  const absl::Time time = absl::FromUnixSeconds(timestamp.seconds());
  const absl::CivilSecond civil = absl::ToCivilSecond(time, zone);
  const bool with_seconds = precision == TimePrecision::kSeconds;
  if (HasFourDigitYear(civil) && absl::FromCivil(civil, zone) == time) {
    return FormatCivil(civil, timestamp.nanos(), ' ', with_seconds);
  }
  return FormatCivil(absl::ToCivilSecond(time, absl::UTCTimeZone()), timestamp.nanos(), ' ', with_seconds) + "Z";
}

std::string FormatRfc3339Time(const Timestamp& timestamp, absl::TimeZone zone) {
  const absl::Time time = absl::FromUnixSeconds(timestamp.seconds());
  const absl::TimeZone::CivilInfo local = zone.At(time);
  const int offset_minutes = local.offset / 60;
  if (local.offset == 0 || local.offset % 60 != 0 || !HasFourDigitYear(local.cs)) {
    return FormatCivil(absl::ToCivilSecond(time, absl::UTCTimeZone()), timestamp.nanos(), 'T', true) + "Z";
  }
  const int magnitude = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  return absl::StrFormat("%s%c%02d:%02d", FormatCivil(local.cs, timestamp.nanos(), 'T', true),
                         offset_minutes < 0 ? '-' : '+', magnitude / 60, magnitude % 60);
}

}  // namespace gisa
