#ifndef GISA_CLIENT_COMMANDS_STATS_COMMAND_H_
#define GISA_CLIENT_COMMANDS_STATS_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// `gisa stats`. Shows how much the archive holds. `session` outlives `app`.
void AddStatsCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_STATS_COMMAND_H_
