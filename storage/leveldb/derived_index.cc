#include "storage/leveldb/derived_index.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

bool IsOld(const absl::Status& error) { return ErrorReason(error) == "SCHEMA_TOO_OLD"; }

}  // namespace

bool IsUnusable(const absl::Status& error) { return IsOld(error) || ErrorReason(error) == "DATA_CORRUPTED"; }

void TellOfRebuild(absl::string_view name, const absl::Status& error, const EventSink& on_event) {
  if (!on_event) return;
  const std::string why = error.ok() ? "it is ahead of the records" : std::string(error.message());
  on_event({!IsOld(error), absl::StrCat("the ", name, " is built anew"), why});
}

}  // namespace gisa
