#include <fcntl.h>

#include <csignal>
#include <cstdio>

#include "client/commands/cli.h"
#include "storage/base/mutex_checks.h"

namespace {

// Were a standard stream closed, the next file or socket would take its number, and what is printed would end up there.
void KeepStandardStreamsTaken() {
  for (const int fd : {0, 1, 2}) {
    if (fcntl(fd, F_GETFD) == -1) open("/dev/null", O_RDWR);
  }
}

}  // namespace

int main(int argc, char** argv) {
  gisa::StopDeadlockDetection();
  KeepStandardStreamsTaken();
  // A reader of the output that goes away is told by the write, so that an ingest goes on without it.
  std::signal(SIGPIPE, SIG_IGN);
  gisa::Console console(stdout, stderr);
  return static_cast<int>(gisa::RunGisa(argc, argv, console));
}
