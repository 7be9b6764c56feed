#ifndef GISA_SERVER_PORT_FILE_H_
#define GISA_SERVER_PORT_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace gisa {

// The file that tells scripts which port a server on port 0 got: the number and a line end.

// Removes what a server before may have left, so that nobody takes its port for the new one.
absl::Status RemovePortFile(const std::string& path);

// Writes the file as a whole: a reader sees all of it or no file.
absl::Status WritePortFile(const std::string& path, int port);

}  // namespace gisa

#endif  // GISA_SERVER_PORT_FILE_H_
