#ifndef GISA_TESTS_SUPPORT_PROCESS_H_
#define GISA_TESTS_SUPPORT_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace gisa {

// A child process. It is killed when this goes, and by the kernel when the thread that made it ends: that is the main
// thread, so that no child outlives this program however that ends.
//
// Not thread-safe, but that Signal may be called from any thread while nobody waits.
class Process {
 public:
  // Runs argv[0] with standard input from a file, and standard output and error into files. Aborts when it cannot.
  Process(const std::vector<std::string>& argv, const std::string& in, const std::string& out, const std::string& err);
  ~Process();

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }

  void Signal(int signal) const;

  // Waits for the end. The exit code, or minus the signal that ended it.
  int Wait();

  // Whether it has ended.
  bool HasEnded();

 private:
  pid_t pid_ = -1;
  bool reaped_ = false;
  int result_ = 0;
};

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_PROCESS_H_
