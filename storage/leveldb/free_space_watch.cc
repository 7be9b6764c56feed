#include "storage/leveldb/free_space_watch.h"

#include <sys/statvfs.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

constexpr absl::Duration kRetryDelay = absl::Seconds(5);

}  // namespace

uint64_t FreeBytesAt(const std::string& path) {
  struct statvfs stats = {};
  if (statvfs(path.c_str(), &stats) != 0) return UINT64_MAX;
  return static_cast<uint64_t>(stats.f_bavail) * stats.f_frsize;
}

absl::Status FreeSpaceWatch::Check() {
  if (options_.min_free_bytes == 0) return absl::OkStatus();
  const absl::Time now = absl::Now();
  if (now < next_look_) return status_;
  next_look_ = now + options_.interval;

  const uint64_t free = options_.free_bytes();
  const uint64_t enough = options_.min_free_bytes + options_.min_free_bytes / 10;
  if (status_.ok() && free < options_.min_free_bytes) {
    const std::string detail = absl::StrCat(free, " bytes are free, of which ", options_.min_free_bytes,
                                            " are kept; more is stored once ", enough, " are free");
    status_ = WithRetryDelay(MakeError(absl::StatusCode::kResourceExhausted, "DISK_FULL",
                                       absl::StrCat("the disk of the archive is almost full: ", detail)),
                             kRetryDelay);
    Tell(true, "free space is low; ingests are refused", detail);
  } else if (!status_.ok() && free >= enough) {
    status_ = absl::OkStatus();
    Tell(false, "there is space again; ingests go on", absl::StrCat(free, " bytes are free"));
  }
  return status_;
}

void FreeSpaceWatch::Tell(bool is_trouble, std::string message, std::string detail) const {
  if (options_.on_event) options_.on_event({is_trouble, std::move(message), std::move(detail)});
}

}  // namespace gisa
