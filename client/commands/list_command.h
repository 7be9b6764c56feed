#ifndef GISA_CLIENT_COMMANDS_LIST_COMMAND_H_
#define GISA_CLIENT_COMMANDS_LIST_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// `gisa list`. Lists articles, or the revisions of one. `session` outlives `app`.
void AddListCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_LIST_COMMAND_H_
