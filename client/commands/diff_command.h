#ifndef GISA_CLIENT_COMMANDS_DIFF_COMMAND_H_
#define GISA_CLIENT_COMMANDS_DIFF_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// gisa diff
void AddDiffCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_DIFF_COMMAND_H_
