#ifndef GISA_CLIENT_COMMANDS_DELETE_COMMAND_H_
#define GISA_CLIENT_COMMANDS_DELETE_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// `gisa delete`. Takes an article down. `session` outlives `app`.
void AddDeleteCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_DELETE_COMMAND_H_
