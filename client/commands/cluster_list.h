#ifndef GISA_CLIENT_COMMANDS_CLUSTER_LIST_H_
#define GISA_CLIENT_COMMANDS_CLUSTER_LIST_H_

#include <cstdint>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "client/commands/exit_code.h"
#include "client/commands/session.h"
#include "gisa/v1/archive_service.pb.h"

namespace gisa {

// `gisa dups --clusters`: what ran everywhere.
struct ClusterFlags {
  int32_t min_size = 0;
  std::string since;
  v1::ClusterOrder order = v1::CLUSTER_ORDER_UNSPECIFIED;
  int32_t members = 0;
};

// Adds its options, which only go with `clusters`.
void AddClusterFlags(CLI::App& command, CLI::Option* clusters, ClusterFlags& flags);

// Lists at most `limit` clusters.
absl::StatusOr<ExitCode> ListClusters(const ClusterFlags& flags, uint64_t limit, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_CLUSTER_LIST_H_
