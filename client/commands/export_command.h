#ifndef GISA_CLIENT_COMMANDS_EXPORT_COMMAND_H_
#define GISA_CLIENT_COMMANDS_EXPORT_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// `gisa export`. Writes all articles, with their bodies, as JSON Lines. `session` outlives `app`.
void AddExportCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_EXPORT_COMMAND_H_
