#ifndef GISA_CLIENT_COMMANDS_EXPORT_FLAGS_H_
#define GISA_CLIENT_COMMANDS_EXPORT_FLAGS_H_

#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gisa/v1/archive_service.pb.h"

namespace gisa {

// Which articles `list` and `export` go through, and in which order.
struct ExportFlags {
  std::vector<std::string> oids;
  std::string published_after;
  std::string published_before;
  v1::ExportOrder order = v1::EXPORT_ORDER_UNSPECIFIED;  // by key
};

// `flags` outlives `command`.
void AddExportFlags(CLI::App& command, ExportFlags& flags);

// Times without a zone are in `zone`, and without a time of day the day's beginning. INVALID_ARGUMENT: not a time.
absl::StatusOr<v1::ExportRequest> MakeExportRequest(const ExportFlags& flags, v1::ArticleView view,
                                                    absl::TimeZone zone);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_EXPORT_FLAGS_H_
