#ifndef GISA_CLIENT_COMMANDS_GET_COMMAND_H_
#define GISA_CLIENT_COMMANDS_GET_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// `gisa get`. Shows one article. `session` outlives `app`.
void AddGetCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_GET_COMMAND_H_
