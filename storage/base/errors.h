#ifndef GISA_STORAGE_BASE_ERRORS_H_
#define GISA_STORAGE_BASE_ERRORS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace gisa {

// What a status says beyond its code and message. It travels inside absl::Status as a payload, so that every layer can
// add to it and the server turns it into google.rpc details without knowing who failed.

// A bad field of the input and what was expected of it.
struct FieldViolation {
  std::string field;        // a path as in the API, such as `article.published_at`
  std::string description;  // what is wrong and what was expected
};

// Makes an error with a stable UPPER_SNAKE reason, such as ARTICLE_NOT_FOUND.
absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message);

// Makes an INVALID_ARGUMENT error out of at least one violation; the message lists them.
absl::Status InvalidFieldsError(absl::string_view reason, const std::vector<FieldViolation>& violations);

// Makes an INTERNAL error with the reason DATA_CORRUPTED: `what` tells how something stored is not as it was written.
absl::Status DataCorruptedError(absl::string_view what);

// Says when a retry is worth it.
absl::Status WithRetryDelay(absl::Status status, absl::Duration delay);

// What the makers above put in. "" / empty / nullopt when nothing was put in.
std::string ErrorReason(const absl::Status& status);
std::vector<FieldViolation> ErrorViolations(const absl::Status& status);
std::optional<absl::Duration> ErrorRetryDelay(const absl::Status& status);

}  // namespace gisa

#endif  // GISA_STORAGE_BASE_ERRORS_H_
