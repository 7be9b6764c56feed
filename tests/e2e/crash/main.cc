// crash: kills a real gisad at random moments, under load, and checks after each restart that everything that it has
// acknowledged is there, and nothing half-written.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/e2e/crash/change_feed.h"
#include "tests/e2e/crash/checker.h"
#include "tests/e2e/crash/report.h"
#include "tests/e2e/crash/writer.h"
#include "tests/support/binaries.h"
#include "tests/support/temp_dir.h"

namespace gisa::crash {
namespace {

constexpr int kUnaryWriters = 4;
constexpr int kStreamWriters = 2;

class CrashTest {
 public:
  explicit CrashTest(uint64_t seed) : random_(seed) {
    for (int i = 0; i < kUnaryWriters + kStreamWriters; ++i) {
      writers_.push_back(std::make_unique<Writer>(absl::StrCat("w", i), random_(), &report_));
    }
  }

  void RunRound() {
    std::vector<std::thread> threads;
    for (size_t i = 0; i < writers_.size(); ++i) {
      threads.emplace_back([this, i] {
        if (i < kUnaryWriters) {
          writers_[i]->WriteUnary(server_.address());
        } else {
          writers_[i]->WriteStream(server_.address());
        }
      });
    }
    SleepUpTo(absl::Milliseconds(150));
    if (random_() % 8 == 0) {  // in the middle of an orderly stop
      server_.Signal(SIGTERM);
      SleepUpTo(absl::Milliseconds(40));
    }
    server_.Kill();
    for (std::thread& thread : threads) thread.join();
    if (random_() % 4 == 0) server_.KillWhileStarting(RandomDelay(absl::Milliseconds(60)));
    const std::string copy = copies_ / "copy";
    CopyRecords(server_.data_dir(), copy);
    const absl::Time begin = absl::Now();
    server_.Restart();
    longest_start_ = std::max(longest_start_, absl::Now() - begin);
    Checker(server_.address(), writers_, &report_).CheckAll();
    CheckChangeFeed(copy, writers_, &report_);
  }

  // Stops in order, and checks once more.
  void Finish() {
    report_.Expect(server_.Terminate() == 0, "the server did not stop in order");
    server_.Restart();
    Checker(server_.address(), writers_, &report_).CheckAll();
  }

  uint64_t Versions() const {
    uint64_t versions = 0;
    for (const auto& writer : writers_) {
      for (const auto& [aid, history] : writer->ledger().histories) versions += history.versions.size();
    }
    return versions;
  }

  absl::Duration longest_start() const { return longest_start_; }
  int failures() const { return report_.failures(); }

 private:
  absl::Duration RandomDelay(absl::Duration most) { return most * (static_cast<double>(random_() % 1000) / 1000); }
  void SleepUpTo(absl::Duration most) { absl::SleepFor(RandomDelay(most)); }

  std::mt19937_64 random_;
  Report report_;
  const TempDir copies_;
  // Buffers so small that they are flushed and merged all the time.
  Gisad server_{{"--write-buffer-bytes=1MiB", "--min-free-bytes=0", "--log-level=error"}};
  std::vector<std::unique_ptr<Writer>> writers_;
  absl::Duration longest_start_;
};

int Run(int rounds, uint64_t seed) {
  std::cout << "seed " << seed << std::endl;
  CrashTest test(seed);
  for (int round = 1; round <= rounds && test.failures() == 0; ++round) {
    test.RunRound();
    if (round % 10 == 0) std::cout << "round " << round << ": " << test.Versions() << " versions" << std::endl;
  }
  if (test.failures() == 0) test.Finish();
  std::cout << test.Versions() << " versions, longest start " << absl::FormatDuration(test.longest_start()) << ", "
            << test.failures() << " promises broken" << std::endl;
  return test.failures() == 0 ? 0 : 1;
}

}  // namespace
}  // namespace gisa::crash

int main(int argc, char** argv) {
  int rounds = 20;
  uint64_t seed = std::random_device()();
  CLI::App app("Kills gisad again and again and checks what is left.", "crash");
  app.add_option("--rounds", rounds, "How many times to kill it")->capture_default_str();
  app.add_option("--seed", seed, "Makes the same articles and moments again; the machine's own timing differs");
  CLI11_PARSE(app, argc, argv);
  return gisa::crash::Run(rounds, seed);
}
