#ifndef GISA_CLIENT_COMMANDS_DUPS_COMMAND_H_
#define GISA_CLIENT_COMMANDS_DUPS_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// gisa dups
void AddDupsCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_DUPS_COMMAND_H_
