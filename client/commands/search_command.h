#ifndef GISA_CLIENT_COMMANDS_SEARCH_COMMAND_H_
#define GISA_CLIENT_COMMANDS_SEARCH_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// `gisa search`. Finds articles by the words in them. `session` outlives `app`.
void AddSearchCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_SEARCH_COMMAND_H_
