#ifndef GISA_CLIENT_COMMANDS_CLI_H_
#define GISA_CLIENT_COMMANDS_CLI_H_

#include "client/commands/console.h"
#include "client/commands/exit_code.h"

namespace gisa {

// Runs `gisa` with the arguments of main(). What goes wrong has been printed when it returns.
ExitCode RunGisa(int argc, const char* const* argv, Console& console);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_CLI_H_
