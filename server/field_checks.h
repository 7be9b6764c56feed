#ifndef GISA_SERVER_FIELD_CHECKS_H_
#define GISA_SERVER_FIELD_CHECKS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gisa/v1/article.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "storage/base/errors.h"

namespace gisa {

// Checks the fields of one request and gathers what is wrong with them. `field` is always the path in the request.
//
// Not thread-safe.
class FieldChecks {
 public:
  void Add(absl::string_view field, absl::string_view description);

  void MaxBytes(absl::string_view field, absl::string_view value, size_t max_bytes);
  void MaxEntries(absl::string_view field, int count, int max_count);
  // An oid or aid.
  void KeyPart(absl::string_view field, absl::string_view part);
  // 64 lower-case hex digits.
  void ContentHash(absl::string_view field, absl::string_view hex);
  // Within 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z, as google.protobuf.Timestamp has it.
  void Timestamp(absl::string_view field, const google::protobuf::Timestamp& timestamp);
  void NotNegative(absl::string_view field, int value);
  void PageSize(int page_size) { NotNegative("page_size", page_size); }
  // Whether an open enum holds a value that this server knows.
  void Enum(absl::string_view field, bool known, int value);
  void Key(absl::string_view field, bool present, const v1::ArticleKey& key);
  void Article(absl::string_view field, bool present, const v1::Article& article, size_t max_body_bytes);

  // OK, or INVALID_ARGUMENT with all that was found.
  absl::Status Result(absl::string_view reason) const;

 private:
  std::vector<FieldViolation> violations_;
};

}  // namespace gisa

#endif  // GISA_SERVER_FIELD_CHECKS_H_
