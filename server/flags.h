#ifndef GISA_SERVER_FLAGS_H_
#define GISA_SERVER_FLAGS_H_

#include <cstddef>
#include <string>
#include <variant>

#include "server/log.h"
#include "server/options.h"

namespace gisa {

// What `gisad serve` was asked to do.
struct ServeCommand {
  ServerOptions server;
  std::string data_dir;
  // Whether a write is answered only when it is on disk.
  bool sync = true;
  size_t block_cache_bytes = 64 << 20;
  size_t index_cache_bytes = 256 << 20;
  size_t write_buffer_bytes = 64 << 20;
  size_t min_free_bytes = size_t{1} << 30;
  LogLevel log_level = LogLevel::kInfo;
};

// What `gisad compact` was asked to do.
struct CompactCommand {
  std::string data_dir;
};

// Reads the command line, the environment and the config file. Returns the exit code instead when that is all: 0 after
// --help and --version, 2 after a usage error; what there is to say has then been printed.
std::variant<ServeCommand, CompactCommand, int> ParseCommandLine(int argc, const char* const* argv);

}  // namespace gisa

#endif  // GISA_SERVER_FLAGS_H_
