#ifndef GISA_CLIENT_COMMANDS_INGEST_COMMAND_H_
#define GISA_CLIENT_COMMANDS_INGEST_COMMAND_H_

#include "CLI/CLI.hpp"
#include "client/commands/session.h"

namespace gisa {

// `gisa ingest`. Stores articles out of files, folders and standard input. `session` outlives `app`.
void AddIngestCommand(CLI::App& app, Session& session);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_INGEST_COMMAND_H_
