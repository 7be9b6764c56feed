#ifndef GISA_SERVER_LIBRARY_LOGS_H_
#define GISA_SERVER_LIBRARY_LOGS_H_

#include "server/log.h"

namespace gisa {

// Sends what gRPC and protobuf would print on standard error to `logger`, at level debug: they speak of what the server
// reports in its own words. `logger` outlives the process's use of both libraries.
void RouteLibraryLogs(const Logger* logger);

}  // namespace gisa

#endif  // GISA_SERVER_LIBRARY_LOGS_H_
