#include "tests/support/process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace gisa {
namespace {

// In the child, between fork and exec, where only async-signal-safe functions may be called.
void Redirect(int target, const char* path, int flags) {
  const int fd = open(path, flags, 0600);
  if (fd < 0 || dup2(fd, target) < 0) _exit(126);
  close(fd);
}

int ResultOf(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status); }

}  // namespace

Process::Process(const std::vector<std::string>& argv, const std::string& in, const std::string& out,
                 const std::string& err) {
  std::vector<char*> arguments;
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_ = fork();
  if (pid_ < 0) std::abort();
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    Redirect(STDIN_FILENO, in.c_str(), O_RDONLY);
    Redirect(STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC);
    Redirect(STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
}

Process::~Process() {
  if (HasEnded()) return;
  Signal(SIGKILL);
  Wait();
}

void Process::Signal(int signal) const { kill(pid_, signal); }

int Process::Wait() {
  int status = 0;
  while (!reaped_) {
    if (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    reaped_ = true;
    result_ = ResultOf(status);
  }
  return result_;
}

bool Process::HasEnded() {
  int status = 0;
  if (!reaped_ && waitpid(pid_, &status, WNOHANG) == pid_) {
    reaped_ = true;
    result_ = ResultOf(status);
  }
  return reaped_;
}

}  // namespace gisa
