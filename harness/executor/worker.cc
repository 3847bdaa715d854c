// SPDX-License-Identifier: MIT
#include "harness/executor/worker.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "harness/executor/stopwatch.h"

namespace msyncspec {
namespace {

constexpr int kBodyThrew = 70;  // EX_SOFTWARE

constexpr absl::Duration kPollStep = absl::Milliseconds(5);  // where there are no pidfds
constexpr absl::Duration kTermPatience = absl::Milliseconds(50);
constexpr absl::Duration kKillPatience = absl::Seconds(5);  // for an exit that takes its time

// Makes a fresh child die with its parent.
void DieWith(pid_t parent) {
  // SIGTERM rather than SIGKILL: where a file has a name for a moment, that moment can be shielded.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
}

// Makes a fresh child die with its parent, alone, and without a core file.
void BecomeWorker(pid_t parent) {
  setpgid(0, 0);
  for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGPIPE, SIGALRM}) {
    std::signal(signal, SIG_DFL);
  }
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is an error of ftruncate, not an end
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  DieWith(parent);
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
}

}  // namespace

absl::StatusOr<Worker> Worker::Start(absl::FunctionRef<void()> body) {
  fflush(nullptr);  // what is buffered belongs to the parent alone
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) return absl::ResourceExhaustedError(absl::StrCat("fork: ", strerror(errno)));
  if (pid == 0) {
    BecomeWorker(parent);
    try {
      body();
    } catch (...) {
      _exit(kBodyThrew);
    }
    _exit(0);
  }
  setpgid(pid, pid);  // both sides ask, so that neither needs to wait for the other
  return Worker(pid, static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
}

Worker::Worker(Worker&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      pidfd_(std::exchange(other.pidfd_, -1)),
      end_(other.end_) {}

Worker::~Worker() {
  if (pid_ > 0 && !end_.has_value()) Kill();
  if (pidfd_ >= 0) close(pidfd_);
}

std::optional<WorkerEnd> Worker::Wait(absl::Duration patience) {
  const Stopwatch waited;
  while (!end_.has_value()) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      end_ = WIFSIGNALED(status) ? WorkerEnd{.signal = WTERMSIG(status)}
                                 : WorkerEnd{.exit_status = WEXITSTATUS(status)};
      break;
    }
    const absl::Duration left = patience - waited.Elapsed();
    if (left <= absl::ZeroDuration()) return std::nullopt;
    if (pidfd_ >= 0) {
      pollfd ready = {.fd = pidfd_, .events = POLLIN, .revents = 0};
      const int milliseconds =
          static_cast<int>(std::max<int64_t>(1, absl::ToInt64Milliseconds(left)));
      poll(&ready, 1, milliseconds);  // a signal to the parent says nothing about the worker
    } else {
      absl::SleepFor(std::min(left, kPollStep));
    }
  }
  return end_;
}

Errno ContinueInChild() {
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) return static_cast<Errno>(errno);
  if (pid == 0) {
    DieWith(parent);
    return Errno::kOk;
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFSIGNALED(status)) {
    std::signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
  }
  _exit(WEXITSTATUS(status));
}

bool Worker::IsDying() const {
  std::ifstream status(absl::StrCat("/proc/", pid_, "/status"));
  constexpr uint64_t kKilled = uint64_t{1} << (SIGKILL - 1);
  for (std::string line; std::getline(status, line);) {
    absl::string_view digits = line;
    uint64_t pending = 0;
    if (!absl::ConsumePrefix(&digits, "SigPnd:")) continue;
    return absl::SimpleHexAtoi(absl::StripAsciiWhitespace(digits), &pending) &&
           (pending & kKilled) != 0;
  }
  return false;
}

bool Worker::Kill() {
  // First in a way that a worker may put off for the moment in which it would leave something.
  // It is not reaped meanwhile, so that its number stays its own.
  kill(pid_, SIGTERM);
  absl::SleepFor(kTermPatience);
  kill(-pid_, SIGKILL);
  kill(pid_, SIGKILL);
  return Wait(kKillPatience).has_value();
}

}  // namespace msyncspec
